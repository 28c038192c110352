//! Cases 44 to 47: what reaches the origin.

use serde_json::Value;

use crate::fixture::*;

fn cookie_lines(answer: &Answer) -> Vec<String> {
    answer.assert_forwarded().headers("cookie").into_iter().map(str::to_owned).collect()
}

#[test]
fn case_44_auth_cookies_are_gone_and_others_stay_byte_for_byte() {
    for layout in LAYOUTS {
        let mut fixture = Fixture::with_layout(layout);
        let session = fixture.session(&ada(), NOW);
        let others = "theme=\"dark; blue\"; a=1;;  b = 2 ;c=%20é; empty=; flag";
        for url in ["/private", "/api/me", "/admin/", "/public/a", "/open/a"] {
            for line in [format!("{session}; {others}"), format!("{others}; {session}")] {
                let answer = fixture.ask(Ask::page(url).cookies(&line));
                assert_eq!(cookie_lines(&answer), [others], "{url}");
            }
            let answer = fixture.ask(Ask::page(url).cookies(&session).cookies(others).cookies("x=y"));
            assert_eq!(cookie_lines(&answer), [others, "x=y"], "{url}");
        }
    }
}

#[test]
fn case_44_every_cookie_of_the_gate_is_gone_whatever_the_layout() {
    for layout in LAYOUTS {
        let mut fixture = Fixture::with_layout(layout);
        let ours = [
            "__Host-id-token=a",
            "__Host-id-token-1=a",
            "__Host-refresh-token-2=a",
            "__Host-sign-in-3=a",
            "CognitoIdentityServiceProvider.1example23456789.ada.refreshToken=a",
            "CognitoIdentityServiceProvider.1example23456789.LastAuthUser=ada",
            "CognitoIdentityServiceProvider.another-client.ada.idToken=a",
            "\u{2000}__Host-id-token=a",
            "\t__Host-access-token =a",
            "__Host-id-token",
        ];
        let line = format!("a=1; {}; b=2", ours.join("; "));
        assert_eq!(cookie_lines(&fixture.ask(Ask::page("/public/a").cookies(&line))), ["a=1; b=2"]);
        let answer = fixture.ask(Ask::page("/public/a").cookies(ours[0]));
        assert_eq!(answer.assert_forwarded().json["headers"].get("cookie"), None);
    }
}

#[test]
fn case_45_a_viewers_own_word_does_not_pass_as_ours() {
    let mut fixture = Fixture::new();
    let session = fixture.session(&ada(), NOW);
    for url in ["/private", "/api/me", "/admin/", "/public/a", "/open/a"] {
        let ask = Ask::page(url)
            .cookies(&session)
            .header("Authorization", "Basic YWRtaW46YWRtaW4=")
            .header("X-Auth-User", "admin")
            .header("X_Auth_User", "admin")
            .header("X-AUTH_User", "admin")
            .header("x-auth-", "admin");
        let answer = fixture.ask(ask);
        let headers = answer.assert_forwarded().json["headers"].as_object().unwrap();
        assert!(!headers.keys().any(|name| name.replace('_', "-").starts_with("x-auth-")), "{headers:?}");
        let authorization = answer.headers("authorization");
        assert!(!authorization.iter().any(|value| value.starts_with("Basic")), "{url}");
        assert_eq!(
            authorization.len(),
            usize::from(url.starts_with("/api/") || url.starts_with("/open/")),
            "{url}"
        );
    }
}

#[test]
fn case_45_an_api_gets_the_very_token_that_was_checked() {
    for layout in LAYOUTS {
        let mut fixture = Fixture::with_layout(layout);
        let session = fixture.session(&ada(), NOW);
        let answer = fixture.ask(Ask::fetch("GET", "/api/me").cookies(&session));
        assert_eq!(answer.headers("authorization"), [format!("Bearer {}", access_token(&ada(), NOW))]);
    }
}

#[test]
fn case_45_an_api_clients_own_bearer_token_decides_alone() {
    let mut fixture = Fixture::new();
    let session = fixture.session(&ada(), NOW);
    let own = access_token(&bob(), NOW);
    for header in [format!("Bearer {own}"), format!("bearer {own}"), format!("BEARER   {own} ")] {
        let ask = Ask::new("GET", "/api/me").header("Authorization", &header).cookies(&session);
        assert_eq!(fixture.ask(ask).headers("authorization"), [format!("Bearer {own}")]);
    }
    let forged = STRANGER.sign(&ACCESS_KEY.header().to_string(), &access_claims(&bob(), NOW).to_string());
    for bearer in [forged.as_str(), "", "x", "null", &id_token(&bob(), NOW)] {
        let answer = fixture.ask(Ask::new("GET", "/api/me").bearer(bearer).cookies(&session));
        assert_eq!(answer.assert_refused().status(), 401, "{bearer}");
        assert_eq!(answer.header("www-authenticate"), "Bearer error=\"invalid_token\"");
        fixture.ask(Ask::new("GET", "/open/a").bearer(bearer)).assert_refused().assert_status(401);
    }
    let twice = Ask::new("GET", "/api/me").bearer(&own).bearer(&own);
    fixture.ask(twice).assert_refused().assert_status(401);
}

#[test]
fn case_45_on_a_page_a_bearer_token_is_nothing() {
    let mut fixture = Fixture::new();
    let own = access_token(&ada(), NOW);
    fixture.ask(Ask::page("/private").bearer(&own)).assert_sign_in();
    let session = fixture.session(&ada(), NOW);
    let answer = fixture.ask(Ask::page("/private").bearer(&own).cookies(&session));
    assert!(answer.assert_forwarded().headers("authorization").is_empty());
}

#[test]
fn case_46_no_claim_makes_a_second_header() {
    for layout in LAYOUTS {
        for odd in ["a\r\nX-Admin: 1", "a\nSet-Cookie: x=y", "a\0b", "ünï", "a; Path=/x", "a=b", "a,b", "😈"]
        {
            let mut fixture = Fixture::with_layout(layout);
            let person = Person::new(odd, odd, &["editors", odd]);
            let mut browser = fixture.signed_in(&person);
            let answer = browser.open(&mut fixture, "/api/me");
            let headers = answer.assert_forwarded().json["headers"].to_string();
            assert!(!headers.to_ascii_lowercase().contains("x-admin"));
            let document = browser.ask(&mut fixture, Ask::fetch("GET", "/auth/session"));
            assert_eq!(document.assert_status(200).document()["user"]["username"], odd);
        }
    }
}

#[test]
fn case_47_what_is_read_only_comes_back_untouched() {
    let mut fixture = Fixture::new();
    let session = fixture.session(&ada(), NOW);
    for (method, url) in
        [("GET", "/private/"), ("POST", "/api/entries"), ("GET", "/admin/x"), ("PUT", "/private")]
    {
        let ask = Ask::fetch(method, url)
            .header("Content-Length", "4")
            .header("Transfer-Encoding", "chunked")
            .header("Via", "1.1 another proxy")
            .header("X-Forwarded-For", "198.51.100.1")
            .header("Accept-Encoding", "br,gzip")
            .body("text")
            .cookies(&session);
        // The fixture compares method, address, body and read-only headers with what was asked.
        let answer = fixture.ask(ask);
        for (name, count) in [("via", 2), ("host", 1), ("content-length", 1), ("x-forwarded-for", 2)] {
            assert_eq!(answer.assert_forwarded().headers(name).len(), count, "{name}");
        }
    }
}

#[test]
fn paths_are_rewritten_as_their_routes_ask() {
    let mut fixture = Fixture::new();
    let session = fixture.session(&ada(), NOW);
    for (url, uri) in [
        ("/", "/index.html"),
        ("/guide/", "/guide/index.html"),
        ("/guide/a.html?x=/", "/guide/a.html"),
        ("/public/", "/public/index.html"),
        ("/admin/posts/12", "/admin/index.html"),
        ("/admin/users/ana@example.com", "/admin/index.html"),
        ("/api/", "/api/"),
    ] {
        let answer = fixture.ask(Ask::page(url).cookies(&session));
        assert_eq!(answer.uri(), uri);
        assert_eq!(
            answer.json["querystring"],
            Value::from(url.split_once('?').map_or("", |(_, query)| query))
        );
    }
}

#[test]
fn a_public_api_is_read_without_a_session_and_as_somebody_with_one() {
    let mut fixture = Fixture::new();
    let cookies = fixture.session(&ada(), NOW);
    for method in ["GET", "HEAD", "OPTIONS"] {
        let answer = fixture.ask(Ask::fetch(method, "/open/a?q=x"));
        assert!(answer.assert_forwarded().headers("authorization").is_empty());
        assert_eq!(fixture.ask(Ask::fetch(method, "/open/a").cookies(&cookies)).bearer_user(), "ada");
        let own = Ask::new(method, "/open/a").bearer(&access_token(&bob(), NOW));
        assert_eq!(fixture.ask(own).bearer_user(), "bob");
    }
    for method in ["POST", "PUT", "PATCH", "DELETE"] {
        fixture.ask(Ask::fetch(method, "/open/a")).assert_refused().assert_status(401);
        assert_eq!(fixture.ask(Ask::fetch(method, "/open/a").cookies(&cookies)).bearer_user(), "ada");
    }
}
