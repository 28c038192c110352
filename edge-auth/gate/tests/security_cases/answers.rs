//! Cases 59 to 61: how the gate answers. What every answer has in common is held by the fixture.

use crate::fixture::*;

#[test]
fn case_59_every_auth_answer_is_no_store() {
    let mut fixture = Fixture::new();
    let mut browser = fixture.signed_in(&ada());
    for url in [
        "callback",
        "callback?error=x",
        "callback?code=x&state=y",
        "session",
        "sign-in",
        "signed-out",
        "sign-out",
    ] {
        for method in ["GET", "HEAD", "PUT"] {
            let ask = Ask::new(method, &format!("/auth/{url}")).cookies(&browser.cookies(NOW));
            let answer = fixture.ask(ask);
            assert_eq!(answer.header("cache-control"), "no-store");
            assert_eq!(answer.header("strict-transport-security"), "max-age=31536000");
            assert!(method != "HEAD" || answer.body().is_empty());
        }
    }
    let session = browser.ask(&mut fixture, Ask::fetch("GET", "/auth/session")).document();
    assert_eq!(session["user"]["username"], "ada");
    assert_eq!(session["groups"], serde_json::json!(["editors"]));
    assert_eq!(session["expires_at"], "2027-01-15T09:00:00Z");
}

#[test]
fn case_60_a_page_has_its_status_its_language_a_way_on_and_the_requests_id() {
    let mut fixture = Fixture::new();
    let cookies = fixture.session(&bob(), NOW);
    for (ask, status) in [
        (Ask::page("/admin/"), 403),
        (Ask::page("/%00"), 400),
        (Ask::page("/private").instead("Host", "evil.example"), 400),
        (Ask::page("/auth/callback"), 400),
        (Ask::new("DELETE", "/auth/sign-in"), 405),
    ] {
        for (language, lang) in [("de-CH, en;q=0.5", "de"), ("fr", "en")] {
            let answer = fixture.ask(ask.clone().header("Accept-Language", language).cookies(&cookies));
            answer.assert_status(status);
            assert_eq!(answer.header("content-type"), "text/html; charset=utf-8");
            assert!(answer.body().contains(&format!("<html lang=\"{lang}\">")));
            assert!(answer.body().contains("4TyzHTaYWb1GX1qTfsHhEqV6HUDd_BzoBZnwfnvQc_1oF26ClkoUSEQ=="));
            // On a host that is none of ours there is nowhere to lead to.
            assert_eq!(answer.body().contains("href="), answer.reason() != "unknown_host");
        }
    }
}

#[test]
fn case_60_a_program_gets_a_problem_document() {
    let mut fixture = Fixture::new();
    let cookies = fixture.session(&bob(), NOW);
    for (ask, status, kind) in [
        (Ask::fetch("GET", "/api/me"), 401, "no-session"),
        (Ask::fetch("GET", "/private"), 401, "no-session"),
        (Ask::fetch("GET", "/auth/session"), 401, "no-session"),
        (Ask::fetch("GET", "/admin/x.json").cookies(&cookies), 403, "not-in-group"),
        (Ask::fetch("GET", "/%00"), 400, "unsafe-path"),
    ] {
        let answer = fixture.ask(ask);
        assert_eq!((answer.status(), answer.header("content-type")), (status, "application/problem+json"));
        let document = answer.document();
        assert_eq!(document["type"], format!("urn:parapet:problem:{kind}"));
        assert_eq!(document["status"], status);
        assert!(document["request_id"].as_str().is_some_and(|id| id.starts_with("4TyzHTaYWb1G")));
        assert_eq!(answer.headers("www-authenticate").len(), usize::from(status == 401));
    }
}

#[test]
fn case_60_who_would_rather_have_html_gets_a_page_with_a_way_to_sign_in() {
    let mut fixture = Fixture::new();
    for ask in [
        Ask::page("/api/me"),
        Ask::new("POST", "/private").navigating(),
        Ask::fetch("GET", "/private").instead("Accept", "text/html, application/json;q=0.9"),
        Ask::page("/private").header("Sec-Purpose", "prefetch"),
    ] {
        let answer = fixture.ask(ask.clone());
        assert_eq!(
            (answer.status(), answer.header("content-type")),
            (401, "text/html; charset=utf-8"),
            "{ask:?}"
        );
        assert!(answer.body().contains("/auth/sign-in?to="), "{}", answer.body());
    }
    for accept in ["application/json", "*/*", "application/json, text/html;q=0.9", "text/html;q=0"] {
        let answer = fixture.ask(Ask::fetch("GET", "/private").instead("Accept", accept));
        assert_eq!(answer.header("content-type"), "application/problem+json", "{accept}");
    }
}

#[test]
fn case_60_a_service_workers_navigation_is_a_persons() {
    let mut fixture = Fixture::new();
    fixture.ask(Ask::page("/guide/").instead("Sec-Fetch-Dest", "empty")).assert_sign_in();
}

#[test]
fn case_60_a_page_in_a_frame_may_be_shown_there_and_leads_out_of_it() {
    let mut config = config();
    config["response_headers"]["x-frame-options"] = "DENY".into();
    let mut fixture = Fixture::of(config);
    let answer = fixture.ask(Ask::page("/private").instead("Sec-Fetch-Dest", "iframe"));
    assert_eq!((answer.status(), answer.header("x-frame-options")), (401, "SAMEORIGIN"));
    assert!(answer.header("content-security-policy").ends_with("frame-ancestors 'self'"));
    assert!(answer.body().contains("target=\"_top\""));
    let page = fixture.ask(Ask::page("/auth/callback"));
    assert_eq!(page.header("x-frame-options"), "DENY");
    assert!(!page.body().contains("target="));
}

#[test]
fn case_60_what_a_viewer_sends_is_escaped() {
    let mut fixture = Fixture::new();
    for odd in ["/\"><script>alert(1)</script>", "/'onmouseover='x", "/<img src=x>", "/&lt;script&gt;"] {
        for ask in [
            Ask::page(odd).instead("Sec-Fetch-Dest", "iframe"),
            Ask::page(&format!("/a?{}", odd.trim_start_matches('/'))).instead("Sec-Fetch-Dest", "iframe"),
            Ask::page(&format!("/auth/callback?error={}", odd.trim_start_matches('/'))),
        ] {
            let answer = fixture.ask(ask);
            assert!(answer.status() >= 400);
            assert!(
                !answer.body().contains("<script") && !answer.body().contains("<img"),
                "{}",
                answer.body()
            );
        }
        let mut event = Ask::page("/auth/callback").event();
        event["Records"][0]["cf"]["config"]["requestId"] = odd.into();
        let answer = fixture.ask_event(&event);
        assert!(!answer.body().contains("<script") && !answer.body().contains("<img"), "{}", answer.body());
    }
}

#[test]
fn case_60_a_site_may_not_loosen_a_pages_policy() {
    let mut config = config();
    config["response_headers"]["content-security-policy"] = "default-src *".into();
    config["response_headers"]["referrer-policy"] = "same-origin".into();
    let answer = Fixture::of(config).ask(Ask::page("/auth/callback"));
    assert_eq!(answer.header("referrer-policy"), "same-origin");
    assert!(answer.header("content-security-policy").starts_with("default-src 'none'"));
}

#[test]
fn case_61_without_cookies_a_page_says_so() {
    for layout in LAYOUTS {
        let mut fixture = Fixture::with_layout(layout);
        let mut browser = Browser::default();
        browser.takes_no_cookies = true;
        let answer = browser.open(&mut fixture, "/private");
        answer.assert_refused().assert_status(400);
        assert!(answer.body().contains("Cookies are switched off"));
        // The first trip may have been begun elsewhere; of the second it is certain that its cookie was set.
        assert_eq!((browser.trips, fixture.pool.calls.len()), (2, 0));
    }
}

#[test]
fn case_61_where_only_other_cookies_are_kept_there_is_no_loop_either() {
    let mut fixture = Fixture::new();
    let mut browser = Browser::default();
    browser.plant("theme", "dark");
    browser.takes_no_cookies = true;
    let answer = browser.open(&mut fixture, "/private");
    answer.assert_refused().assert_status(400);
    assert!(answer.body().contains("Cookies are switched off"));
    assert_eq!(browser.trips, 2);
}

#[test]
fn case_61_a_sign_in_begun_elsewhere_begins_again_by_itself() {
    let mut fixture = Fixture::new();
    let callback = Browser::default().callback(&mut fixture, "/private?a=b");
    let mut browser = Browser::default();
    let answer = browser.ask(&mut fixture, Ask::page(&callback));
    answer.assert_refused().assert_status(400);
    assert!(!answer.body().contains("Cookies are switched off"));
    let landed = browser.follow(&mut fixture, answer);
    assert_eq!((landed.assert_forwarded().uri(), browser.trips), ("/private", 1));
}
