//! Cases 57 and 58: who asks, and from which site.

use crate::fixture::*;

#[test]
fn case_57_images_scripts_and_prefetches_without_a_session_are_401_without_a_cookie() {
    let mut fixture = Fixture::new();
    let asks = [
        Ask::new("GET", "/logo.png").header("Sec-Fetch-Dest", "image"),
        Ask::new("GET", "/app.js").header("Sec-Fetch-Dest", "script"),
        Ask::new("GET", "/app.css").header("Sec-Fetch-Dest", "style"),
        Ask::new("GET", "/font.woff2").header("Sec-Fetch-Dest", "font"),
        Ask::new("GET", "/favicon.ico").header("Accept", "image/avif,image/webp,*/*;q=0.8"),
        Ask::new("GET", "/favicon.ico").header("Accept", "*/*"),
        Ask::new("GET", "/picture").header("Accept", "image/avif,image/webp,*/*;q=0.8"),
        Ask::new("GET", "/style").header("Accept", "text/css,*/*;q=0.1"),
        Ask::new("GET", "/app.js").header("Accept", "*/*"),
        Ask::page("/private").header("Sec-Purpose", "prefetch;prerender"),
        Ask::page("/private").header("Purpose", "prefetch"),
        Ask::page("/private").header("X-Moz", "prefetch"),
        Ask::page("/auth/sign-in?to=/private").header("Sec-Purpose", "prefetch"),
        Ask::page("/private").instead("Sec-Fetch-Dest", "iframe"),
        Ask::fetch("GET", "/private"),
        Ask::new("GET", "/private").header("X-Requested-With", "XMLHttpRequest"),
    ];
    for ask in asks {
        let answer = fixture.ask(ask.clone());
        assert_eq!(answer.assert_refused().status(), 401, "{ask:?}");
        assert!(answer.set_cookies().is_empty());
    }
}

#[test]
fn case_57_a_prefetch_neither_signs_out_nor_uses_a_code() {
    let mut fixture = Fixture::new();
    let mut browser = fixture.signed_in(&ada());
    let begun = browser.ask(&mut fixture, Ask::page("/auth/sign-in?to=/x"));
    let url = fixture.pool.authorize(begun.location());
    let calls = fixture.pool.calls.len();
    for url in [url.as_str(), "/auth/sign-out"] {
        let answer = browser.ask(&mut fixture, Ask::page(url).header("Sec-Purpose", "prefetch"));
        answer.assert_refused();
        assert!(answer.status() >= 400 && answer.set_cookies().is_empty());
    }
    assert_eq!(fixture.pool.calls.len(), calls);
}

#[test]
fn case_58_a_cross_site_sign_out_is_refused() {
    for method in ["GET", "POST"] {
        for (name, value) in [
            ("Sec-Fetch-Site", "cross-site"),
            ("Sec-Fetch-Site", "same-site"),
            ("Sec-Fetch-Site", "anything"),
            ("Origin", "https://evil.example"),
            ("Origin", "null"),
            ("Origin", "http://cms.example.com"),
        ] {
            let mut fixture = Fixture::new();
            let mut browser = fixture.signed_in(&ada());
            let before = (browser.cookies(NOW), fixture.pool.calls.len());
            let answer = browser.ask(&mut fixture, Ask::new(method, "/auth/sign-out").header(name, value));
            assert_eq!(answer.assert_refused().status(), 403, "{method} {name}: {value}");
            assert_eq!((browser.cookies(NOW), fixture.pool.calls.len()), before);
            assert!(answer.body().contains("href=\"/auth/sign-out\""), "the person may still want to");
        }
    }
}

#[test]
fn case_58_a_cross_site_unsafe_call_is_refused_with_a_session_living_or_ended() {
    let mut fixture = Fixture::new();
    let (cookies, old) = (fixture.session(&ada(), NOW), fixture.session(&ada(), NOW - LIFETIME));
    let own = format!("https://{HOST}");
    for method in ["POST", "PUT", "DELETE", "PATCH"] {
        for url in ["/api/entries", "/private", "/admin/x", "/open/a"] {
            for ask in [
                Ask::new(method, url).header("Sec-Fetch-Site", "cross-site"),
                Ask::new(method, url).header("Sec-Fetch-Site", "same-site"),
                Ask::new(method, url).header("Sec-Fetch-Site", "cross-site").header("Origin", &own),
                Ask::new(method, url).header("Origin", "https://evil.example"),
                Ask::new(method, url).header("Origin", "https://cms.example.com.evil.example"),
                Ask::new(method, url).header("Origin", "null"),
                Ask::new(method, url).header("Origin", &own).header("Origin", "https://evil.example"),
            ] {
                for cookies in [&cookies, &old] {
                    let answer = fixture.ask(ask.clone().cookies(cookies));
                    assert_eq!(answer.assert_refused().status(), 403, "{ask:?}");
                }
            }
            fixture.ask(Ask::new(method, url).header("Origin", &own).cookies(&cookies)).assert_forwarded();
            fixture.ask(Ask::new(method, url).cookies(&cookies)).assert_forwarded();
        }
    }
    assert!(fixture.pool.calls.is_empty());
}

#[test]
fn case_58_an_api_client_with_a_token_of_its_own_is_of_no_site() {
    let mut fixture = Fixture::new();
    let ask = Ask::new("POST", "/api/entries").header("Origin", "https://partner.example");
    fixture.ask(ask.bearer(&access_token(&ada(), NOW))).assert_forwarded();
}
