//! Cases 19 to 31: from a page without a session to a session.

use crate::fixture::*;

/// The callback's address with its `state` changed.
fn with_state(url: &str, change: impl Fn(&str) -> String) -> String {
    let (rest, state) = url.split_once("state=").unwrap();
    format!("{rest}state={}", change(state))
}

fn flipped(text: &str, at: usize) -> String {
    let other = if text.as_bytes()[at] == b'A' { "B" } else { "A" };
    let mut text = text.to_owned();
    text.replace_range(at..=at, other);
    text
}

fn cut(text: &str, length: usize) -> String {
    text.chars().take(length).collect()
}

#[test]
fn case_19_callback_without_its_cookie_makes_no_exchange() {
    let mut fixture = Fixture::new();
    let url = Browser::default().callback(&mut fixture, "/private");
    for cookies in ["", "theme=dark", "__Host-sign-in-0=", "__Host-sign-in-1=AAAA"] {
        let answer = fixture.ask(Ask::page(&url).cookies(cookies));
        answer.assert_refused().assert_status(400);
    }
    assert!(fixture.pool.calls.is_empty());
}

#[test]
fn case_20_somebody_elses_code_and_state_are_refused() {
    let mut fixture = Fixture::new();
    let (mut mallory, mut victim) = (Browser::default(), Browser::default());
    let of_mallory = mallory.callback(&mut fixture, "/private");
    victim.ask(&mut fixture, Ask::page("/private"));
    let answer = victim.ask(&mut fixture, Ask::page(&of_mallory));
    answer.assert_refused().assert_status(400);
    assert!(fixture.pool.calls.is_empty());
    // With a session of one's own the page is all there is to have, and the session stays one's own.
    let mut victim = fixture.signed_in(&ada());
    let before = victim.clone();
    let calls = fixture.pool.calls.len();
    victim.ask(&mut fixture, Ask::page(&of_mallory)).assert_refused().assert_status(303);
    assert_eq!((victim.cookies(NOW), fixture.pool.calls.len()), (before.cookies(NOW), calls));
}

#[test]
fn case_20_another_browsers_code_under_ones_own_state_is_refused_by_pkce() {
    let mut fixture = Fixture::new();
    let (mut mallory, mut victim) = (Browser::default(), Browser::default());
    let of_mallory = mallory.callback(&mut fixture, "/private");
    let of_victim = victim.callback(&mut fixture, "/private");
    let code = of_mallory.split(['=', '&']).nth(1).unwrap();
    let state = of_victim.split_once("state=").unwrap().1;
    let answer = victim.ask(&mut fixture, Ask::page(&format!("/auth/callback?code={code}&state={state}")));
    answer.assert_refused().assert_status(400);
    assert_eq!((fixture.pool.token_calls(), answer.reason()), (1, "invalid_grant"));
}

#[test]
fn case_20_a_sign_in_of_another_host_is_refused() {
    let mut config = config();
    config["hosts"] = serde_json::json!([HOST, "other.example.com"]);
    let mut fixture = Fixture::of(config);
    let mut browser = Browser::default();
    let url = browser.callback(&mut fixture, "/private");
    let ask = Ask::page(&url).instead("Host", "other.example.com").cookies(&browser.cookies(NOW));
    fixture.ask(ask).assert_refused().assert_status(400);
    assert!(fixture.pool.calls.is_empty());
}

#[test]
fn case_21_a_state_that_is_not_ours_is_400() {
    let mut fixture = Fixture::new();
    let mut browser = Browser::default();
    let url = browser.callback(&mut fixture, "/private");
    let flips = [0, 1, 15, 16, 17, 40, 60];
    let mut states: Vec<String> = flips.map(|at| with_state(&url, |state| flipped(state, at))).to_vec();
    states.push(with_state(&url, |state| flipped(state, state.len() - 2)));
    states.push(with_state(&url, |state| cut(state, state.len() - 1)));
    states.push(with_state(&url, |state| cut(state, 20)));
    states.push(with_state(&url, |state| format!("{state}A")));
    states.push(with_state(&url, |state| format!("{state}%3D")));
    for state in ["", "%", "*", "%00", "é", "eyJhIjoxfQ", "null"] {
        states.push(with_state(&url, |_| state.to_owned()));
    }
    states.push(with_state(&url, |state| format!("{state}&state={state}")));
    states.push(url.split_once("&state=").unwrap().0.to_owned());
    states.push(url.replace("code=", "cod="));
    states.push(url.replace("code=", "code=x&code="));
    states.push("/auth/callback".to_owned());
    for url in states {
        let answer = fixture.ask(Ask::page(&url).cookies(&browser.cookies(NOW)));
        assert_eq!(answer.assert_refused().status(), 400, "{url}");
    }
    assert!(fixture.pool.calls.is_empty());
    browser.ask(&mut fixture, Ask::page(&url)).assert_status(303);
}

#[test]
fn case_21_a_cookie_that_was_changed_is_no_attempt() {
    let mut fixture = Fixture::new();
    let mut browser = Browser::default();
    let url = browser.callback(&mut fixture, "/private");
    let (name, value) =
        browser.cookies(NOW).split_once('=').map(|(n, v)| (n.to_owned(), v.to_owned())).unwrap();
    for at in 0..value.len() - 1 {
        let answer = fixture.ask(Ask::page(&url).cookies(&format!("{name}={}", flipped(&value, at))));
        assert_eq!(answer.assert_refused().status(), 400, "{at}");
    }
    assert!(fixture.pool.calls.is_empty());
}

/// The comparisons themselves are `subtle`'s and the cipher's own; what can be seen from outside is that the place of
/// a difference makes none.
#[test]
fn case_24_where_a_difference_is_makes_no_difference() {
    let mut fixture = Fixture::new();
    let mut browser = Browser::default();
    let url = browser.callback(&mut fixture, "/private");
    let bodies: Vec<String> = (0..40)
        .map(|at| {
            let url = with_state(&url, |state| flipped(state, at));
            fixture.ask(Ask::page(&url).cookies(&browser.cookies(NOW))).body().to_owned()
        })
        .collect();
    assert!(bodies.iter().all(|body| *body == bodies[0]));
}

#[test]
fn case_25_the_same_code_and_state_again_land_on_the_page() {
    for layout in LAYOUTS {
        let mut fixture = Fixture::with_layout(layout);
        let mut browser = Browser::default();
        let url = browser.callback(&mut fixture, "/private?a=b");
        for _ in 0..3 {
            let answer = browser.ask(&mut fixture, Ask::page(&url));
            assert_eq!((answer.status(), answer.location()), (303, "/private?a=b"));
        }
        assert_eq!(fixture.pool.token_calls(), 1);
        browser.open(&mut fixture, "/private?a=b").assert_forwarded();
        // Long after, with the session gone, it is an old address like any other: a page, no loop.
        let answer = Browser::default().ask(&mut fixture, Ask::page(&url));
        answer.assert_refused().assert_status(400);
    }
}

#[test]
fn case_28_challenge_and_verifier_are_both_sent_and_match() {
    let mut fixture = Fixture::new();
    let mut browser = Browser::default();
    let answer = browser.ask(&mut fixture, Ask::page("/private"));
    let (challenge, nonce) = (answer.parameter("code_challenge"), answer.parameter("nonce"));
    assert_eq!(answer.parameter("code_challenge_method"), "S256");
    assert_eq!(answer.parameter("scope"), "openid email profile");
    assert!(challenge.len() == 43 && nonce.len() >= 22, "{challenge} {nonce}");
    let url = fixture.pool.authorize(answer.location());
    browser.ask(&mut fixture, Ask::page(&url)).assert_status(303);
    let form = fixture.pool.last_form();
    let verifier = &form["code_verifier"];
    assert!((43..=128).contains(&verifier.len()));
    assert_eq!(encode(ring::digest::digest(&ring::digest::SHA256, verifier.as_bytes())), challenge);
    assert_eq!(form["redirect_uri"], "https://cms.example.com/auth/callback");
    // Neither is ever used again, and neither is in the other's place.
    let next = Browser::default().ask(&mut fixture, Ask::page("/private"));
    assert_ne!(next.parameter("code_challenge"), challenge);
    assert_ne!(next.parameter("nonce"), nonce);
    assert!(!next.location().contains(verifier.as_str()));
}

#[test]
fn case_28_the_authorization_request_hands_on_what_it_may() {
    let mut fixture = Fixture::new();
    let url = "/auth/sign-in?to=/a&idp=Corporate%20SSO&lang=de&login_hint=ada%40example.com&prompt=none&client_id=x";
    let answer = fixture.ask(Ask::page(url));
    answer.assert_sign_in();
    assert_eq!(answer.parameter("identity_provider"), "Corporate SSO");
    assert_eq!(answer.parameter("lang"), "de");
    assert_eq!(answer.parameter("login_hint"), "ada@example.com");
    assert_eq!(answer.parameter("client_id"), CLIENT);
    assert!(!answer.location().contains("prompt"));
}

#[test]
fn case_29_the_id_token_is_verified_before_any_cookie_is_set() {
    let forgeries: [(Forgery, u16); 8] = [
        (|claims| with(claims, "iss", "https://evil.example"), 503),
        (|claims| with(claims, "aud", "other"), 503),
        (|claims| with(claims, "token_use", "access"), 503),
        (|claims| with(claims, "exp", NOW), 503),
        (|claims| with(claims, "sub", "sub-of-bob"), 503),
        (|claims| with(claims, "nonce", "another"), 400),
        (|claims| without(claims, "nonce"), 400),
        (|claims| without(claims, "exp"), 503),
    ];
    for layout in LAYOUTS {
        for (number, (forge, status)) in forgeries.into_iter().enumerate() {
            let mut fixture = Fixture::with_layout(layout);
            fixture.pool.forge = Some(forge);
            let mut browser = Browser::default();
            let url = browser.callback(&mut fixture, "/private");
            let answer = browser.ask(&mut fixture, Ask::page(&url));
            assert_eq!(answer.assert_refused().status(), status, "{number}");
        }
        let mut fixture = Fixture::with_layout(layout);
        fixture.pool.id_key = &STRANGER;
        let mut browser = Browser::default();
        let url = browser.callback(&mut fixture, "/private");
        browser.ask(&mut fixture, Ask::page(&url)).assert_refused().assert_status(503);
    }
}

#[test]
fn case_30_a_code_on_an_ordinary_page_passes_through() {
    let mut fixture = Fixture::new();
    let cookies = fixture.session(&ada(), NOW);
    let answer = fixture.ask(Ask::page("/private?code=x&state=y&error=z").cookies(&cookies));
    assert_eq!(answer.assert_forwarded().json["querystring"], "code=x&state=y&error=z");
    fixture.ask(Ask::page("/public/a?code=x&state=y")).assert_forwarded();
    assert!(fixture.pool.calls.is_empty());
}

#[test]
fn case_31_an_error_at_the_callback_is_a_page_and_no_redirect() {
    let mut fixture = Fixture::new();
    let mut browser = Browser::default();
    let url = browser.callback(&mut fixture, "/private");
    let state = url.split_once("state=").unwrap().1.to_owned();
    for (error, status) in [
        ("access_denied", 403),
        ("server_error", 400),
        ("invalid_request", 400),
        ("%3Cscript%3Ealert(1)%3C%2Fscript%3E", 400),
        ("", 400),
    ] {
        for rest in [
            format!("&state={state}"),
            "&state=x".to_owned(),
            String::new(),
            format!("&state={state}&code=x"),
        ] {
            let url = format!(
                "/auth/callback?error={error}&error_description=%3Cb%3Etold%20by%20evil%3C/b%3E{rest}"
            );
            let answer = fixture.ask(Ask::page(&url).cookies(&browser.cookies(NOW)));
            assert_eq!(answer.assert_refused().status(), status, "{url}");
            assert!(!answer.body().contains("evil") && !answer.body().contains("http-equiv"));
            assert!(answer.body().contains("href=\"/auth/sign-in?to="));
        }
    }
    assert!(fixture.pool.calls.is_empty());
}

#[test]
fn case_31_after_an_error_the_attempt_is_over_and_the_way_on_leads_to_the_page() {
    let mut fixture = Fixture::new();
    let mut browser = Browser::default();
    let url = browser.callback(&mut fixture, "/private?a=b");
    let state = url.split_once("state=").unwrap().1;
    let answer =
        browser.ask(&mut fixture, Ask::page(&format!("/auth/callback?error=access_denied&state={state}")));
    assert!(answer.body().contains("/auth/sign-in?to=%2Fprivate%3Fa%3Db"));
    assert!(browser.names().is_empty());
    let answer = browser.open(&mut fixture, "/auth/sign-in?to=%2Fprivate%3Fa%3Db");
    assert_eq!(answer.assert_forwarded().json["querystring"], "a=b");
}
