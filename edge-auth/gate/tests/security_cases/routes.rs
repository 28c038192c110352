//! Cases 38 to 43: a path is what its origin will take it for.

use crate::fixture::*;

#[test]
fn case_38_no_spelling_makes_a_protected_path_public() {
    let mut fixture = Fixture::new();
    for url in [
        "/public/../private",
        "/public/%2e%2e/private",
        "/public/%2E%2e/private",
        "/public/.%2e/private",
        "/public%2f..%2fprivate",
        "/public%2F%2e%2e%2Fprivate",
        "/public/..;/private",
        "/public/..;x=y/private",
        "/public/%2e%2e;/private",
        "//public",
        "//public/a",
        "/public//../private",
        "/./public/a",
        "/public/./../private",
        "/public/..\\private",
        "/public\\..\\private",
        "/public/%5c../private",
        "/public/%252e%252e/private",
        "/%252e%252e/public/a",
        "/public/%25%32%65/private",
        "/public/..%00/private",
        "/public/%00",
        "/public/..%0d%0a/private",
        "/public/..%09/private",
        "/public/%c0%ae%c0%ae/private",
        "/public/%ff",
        "/public/%",
        "/public/%2",
        "/public/%zz",
        "/public/%u002e%u002e/private",
        "/Public/a",
        "/PUBLIC/a",
        "/public",
        "/publicx/a",
        "/public%20/a",
        "/public;/a",
        "/public\u{2f}..\u{2f}private",
        "public/a",
        "",
        "*",
        "http://cms.example.com/public/a",
        "/private/../public/a",
    ] {
        let answer = fixture.ask(Ask::page(url));
        answer.assert_refused();
        assert!([302, 400].contains(&answer.status()), "{url}: {}", answer.status());
    }
}

#[test]
fn case_38_and_nobody_signed_in_gets_past_the_groups_by_spelling() {
    let mut fixture = Fixture::new();
    let cookies = fixture.session(&bob(), NOW);
    for url in [
        "/admin/",
        "/admin/index.html",
        "/%61dmin/",
        "/public/../admin/",
        "/x/%2e%2e/admin/",
        "//admin/",
        "/admin%2f",
        "/x;/../admin/",
        "/admin/%2e",
        "/./admin/",
    ] {
        let answer = fixture.ask(Ask::page(url).cookies(&cookies));
        answer.assert_refused();
        assert!([400, 403].contains(&answer.status()), "{url}: {}", answer.status());
    }
}

#[test]
fn case_39_rules_look_at_no_query_and_not_past_a_number_sign() {
    let mut fixture = Fixture::new();
    for url in ["/private?/public/a", "/private?x=/../public/a", "/?path=/public/"] {
        fixture.ask(Ask::page(url)).assert_sign_in();
    }
    for url in ["/public/a%23/../private", "/public/%3f/../private"] {
        fixture.ask(Ask::page(url)).assert_refused().assert_status(400);
    }
    for url in ["/private%23/public/a", "/private#/public/"] {
        fixture.ask(Ask::page(url)).assert_sign_in();
    }
    fixture.ask(Ask::page("/public/a?x=/private&y=%23&z=../..")).assert_forwarded();
}

#[test]
fn a_path_with_several_readings_passes_where_all_are_decided_alike() {
    let mut fixture = Fixture::new();
    let cookies = fixture.session(&bob(), NOW);
    for (url, uri) in [
        ("/public/tags/c%23/", "/public/tags/c%23/index.html"),
        ("/public//a", "/public//a"),
        ("/public/a;b=c/d", "/public/a%3Bb%3Dc/d"),
        ("/public/a%5cb", "/public/a%5Cb"),
        ("/public/100%2525", "/public/100%2525"),
        ("/open/vhosts/%2f/permissions", "/open/vhosts/%2F/permissions"),
    ] {
        assert_eq!(fixture.ask(Ask::page(url)).uri(), uri);
    }
    let answer = fixture.ask(Ask::page("/api/vhosts/%2F/permissions").cookies(&cookies));
    assert_eq!(answer.uri(), "/api/vhosts/%2F/permissions");
    for url in ["/admin;x/", "/x%2F..%2Fadmin/", "/admin%2F", "/admin%5Cx", "/admin%252Fx"] {
        fixture.ask(Ask::page(url).cookies(&cookies)).assert_refused().assert_status(400);
    }
}

#[test]
fn case_40_no_header_changes_what_is_asked_for() {
    let mut fixture = Fixture::new();
    for (name, value) in [
        ("X-Forwarded-Uri", "/public/a"),
        ("X-Original-URL", "/public/a"),
        ("X-Rewrite-URL", "/public/a"),
        ("X-Forwarded-Path", "/public/a"),
        ("X-Forwarded-Prefix", "/public"),
        ("Referer", "https://cms.example.com/public/a"),
        ("X-Forwarded-For", "127.0.0.1"),
        ("X-Real-IP", "127.0.0.1"),
        ("User-Agent", "ELB-HealthChecker/2.0"),
        ("User-Agent", "GoogleHC/1.0"),
        ("User-Agent", "kube-probe/1.29"),
        ("User-Agent", "Amazon-Route53-Health-Check-Service"),
        ("X-Amzn-Trace-Id", "Root=1"),
    ] {
        for url in ["/private", "/admin/"] {
            fixture.ask(Ask::page(url).instead(name, value)).assert_sign_in();
        }
        fixture.ask(Ask::fetch("GET", "/api/me").instead(name, value)).assert_refused().assert_status(401);
    }
}

#[test]
fn case_40_no_such_header_reaches_an_origin_that_might_believe_it() {
    let mut fixture = Fixture::new();
    let mut ask = Ask::page("/public/a");
    let names =
        ["X-Forwarded-Uri", "X-Original-URL", "X_Original_URL", "X-Rewrite-URL", "X-HTTP-Method-Override"];
    for name in names {
        ask = ask.header(name, "/private");
    }
    let answer = fixture.ask(ask);
    let left = answer.assert_forwarded().json["headers"].to_string();
    assert!(!left.contains("/private"), "{left}");
}

#[test]
fn case_41_what_is_open_for_reading_is_open_for_nothing_else() {
    let mut fixture = Fixture::new();
    for method in ["GET", "HEAD"] {
        fixture.ask(Ask::new(method, "/public/a").navigating()).assert_forwarded();
    }
    for method in ["POST", "PUT", "DELETE", "PATCH", "get", "Get", "TRACE", "CONNECT", "PROPFIND", ""] {
        fixture.ask(Ask::new(method, "/public/a")).assert_refused().assert_status(401);
    }
}

#[test]
fn case_41_a_method_override_has_no_effect() {
    let mut fixture = Fixture::new();
    for name in ["X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override"] {
        fixture.ask(Ask::new("POST", "/public/a").header(name, "GET")).assert_refused().assert_status(401);
        fixture.ask(Ask::new("POST", "/private").header(name, "GET")).assert_refused().assert_status(401);
        let answer = fixture.ask(Ask::page("/public/a").header(name, "DELETE"));
        assert_eq!(answer.assert_forwarded().json["method"], "GET");
        assert!(answer.headers(&name.to_ascii_lowercase()).is_empty());
    }
    fixture.ask(Ask::new("POST", "/public/a?_method=GET")).assert_refused().assert_status(401);
}

#[test]
fn case_42_what_only_resembles_an_endpoint_is_an_ordinary_path() {
    let mut fixture = Fixture::new();
    let cookies = fixture.session(&ada(), NOW);
    for url in [
        "/auth/sign-outs",
        "/AUTH/sign-out",
        "/auth/Sign-Out",
        "/auth/callback/x",
        "/auth/callback/",
        "/auth/sign-out.html",
        "/auth/sign-out;x",
        "/auth",
        "/auth/",
        "/x/auth/session",
    ] {
        fixture.ask(Ask::page(url)).assert_sign_in();
        let answer = fixture.ask(Ask::page(url).cookies(&cookies));
        assert_eq!(answer.assert_forwarded().json["headers"].get("cookie"), None);
    }
    assert!(fixture.pool.calls.is_empty());
}

#[test]
fn case_42_an_endpoint_takes_its_methods_alone() {
    let mut fixture = Fixture::new();
    let cookies = fixture.session(&ada(), NOW);
    for (endpoint, allow) in [
        ("callback", "GET, HEAD"),
        ("session", "GET, HEAD"),
        ("sign-in", "GET, HEAD"),
        ("sign-out", "GET, HEAD, POST"),
        ("signed-out", "GET, HEAD"),
    ] {
        for method in ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"] {
            let answer = fixture.ask(Ask::fetch(method, &format!("/auth/{endpoint}")).cookies(&cookies));
            if method == "POST" && endpoint == "sign-out" {
                answer.assert_status(303);
            } else {
                assert_eq!((answer.status(), answer.header("allow")), (405, allow), "{method} {endpoint}");
                assert!(answer.set_cookies().is_empty());
            }
        }
    }
}

#[test]
fn case_43_an_encoded_letter_decides_like_the_letter() {
    let mut fixture = Fixture::new();
    for url in ["/%70ublic/a", "/publi%63/a", "/%70%75%62%6c%69%63/%61"] {
        assert_eq!(fixture.ask(Ask::page(url)).uri(), "/public/a");
    }
    for url in ["/%70rivate", "/%61dmin/", "/%61pi/me"] {
        let answer = fixture.ask(Ask::page(url));
        assert!([302, 401].contains(&answer.assert_refused().status()), "{url}");
    }
}

#[test]
fn what_no_route_names_is_refused() {
    let mut config = config();
    config["routes"].as_array_mut().unwrap().pop();
    let mut fixture = Fixture::of(config);
    let cookies = fixture.session(&ada(), NOW);
    for url in ["/", "/private", "/publi", "/adminx"] {
        fixture.ask(Ask::page(url).cookies(&cookies)).assert_refused().assert_status(403);
    }
}
