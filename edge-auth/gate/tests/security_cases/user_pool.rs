//! Cases 63 and 64 as far as they are the gate's: what the user pool may answer, and a clock that is wrong. How long
//! the shell waits is tested with the binary.

use gate::pool_call::{CallFailure, PoolAnswer};

use crate::fixture::*;

/// What a user pool may answer when it is not itself.
fn failures() -> Vec<PoolAnswer> {
    let tokens = r#"{"id_token":"a.b.c","access_token":"a.b.c","refresh_token":"#;
    vec![
        PoolAnswer::Failed(CallFailure::TimedOut),
        PoolAnswer::Failed(CallFailure::Connection),
        PoolAnswer::Failed(CallFailure::Certificate),
        PoolAnswer::Failed(CallFailure::TooLong),
        PoolAnswer::Failed(CallFailure::Protocol),
        answered(200, ""),
        answered(200, "<!doctype html><h1>Sorry</h1>"),
        answered(200, tokens),
        answered(200, "{}"),
        answered(200, "null"),
        answered(200, r#"{"id_token":"a.b.c","access_token":"a.b.c"}"#),
        answered(200, r#"{"id_token":"a;b","access_token":"a\r\nb"}"#),
        answered(200, r#"{"id_token":["a"],"access_token":{}}"#),
        answered(200, r#"{"error":"invalid_grant"}"#),
        answered(204, ""),
        answered(301, ""),
        answered(302, r#"{"id_token":"a.b.c","access_token":"a.b.c"}"#),
        answered(404, "Not Found"),
        answered(400, "<html>"),
        answered(400, r#"{"error":{"code":1}}"#),
        answered(500, r#"{"error":"server_error"}"#),
        answered(503, ""),
        PoolAnswer::Answered { status: 200, body: vec![0xff; 70_000] },
    ]
}

#[test]
fn case_63_whatever_the_pool_answers_a_callback_is_a_page_and_no_session() {
    for failure in failures() {
        let mut fixture = Fixture::new();
        let mut browser = Browser::default();
        let begun = browser.ask(&mut fixture, Ask::page("/private"));
        let url = fixture.pool.authorize(begun.location());
        let scripted = failure.clone();
        fixture.pool.script = Some(Box::new(move |_| Some(scripted.clone())));
        let answer = browser.ask(&mut fixture, Ask::page(&url));
        assert_eq!(answer.assert_refused().status(), 503, "{failure:?}");
        assert!(
            answer.body().contains("/auth/sign-in?to=%2Fprivate") && answer.headers("retry-after").len() == 1
        );
        assert_eq!(answer.log.as_ref().unwrap()["level"], "error");
        assert!(browser.names().len() == 1, "the attempt may still be finished");
    }
}

#[test]
fn case_63_a_client_that_is_set_up_wrongly_is_told_apart() {
    for error in ["invalid_client", "unauthorized_client", "unsupported_grant_type"] {
        let mut fixture = Fixture::new();
        let cookies = fixture.session(&ada(), NOW - LIFETIME);
        let body = format!(r#"{{"error":"{error}"}}"#);
        fixture.pool.script = Some(Box::new(move |_| Some(answered(400, &body))));
        let answer = fixture.ask(Ask::page("/private").cookies(&cookies));
        answer.assert_refused().assert_status(500);
        assert!(answer.set_cookies().is_empty());
        assert!(answer.log.unwrap()["detail"].as_str().unwrap().contains(error));
    }
}

#[test]
fn case_63_signing_out_works_without_the_pool() {
    for failure in failures() {
        let mut fixture = Fixture::new();
        let mut browser = fixture.signed_in(&ada());
        fixture.pool.script = Some(Box::new(move |_| Some(failure.clone())));
        let answer = browser.ask(&mut fixture, Ask::page("/auth/sign-out"));
        answer.assert_status(303);
        assert!(browser.names().is_empty());
    }
}

#[test]
fn case_63_tokens_too_long_for_a_browser_or_an_answer_are_refused() {
    let mut fixture = Fixture::new();
    let refresh = fixture.pool.refresh_token(&ada());
    let cookies = fixture.session_of("ada", &[("refresh", &refresh)]);
    let long = "r".repeat(16_000);
    let (id, access) = (id_token(&ada(), NOW), access_token(&ada(), NOW));
    let body = format!(r#"{{"id_token":"{id}","access_token":"{access}","refresh_token":"{long}"}}"#);
    fixture.pool.script = Some(Box::new(move |_| Some(answered(200, &body))));
    let answer = fixture.ask(Ask::page("/private").cookies(&cookies));
    answer.assert_refused().assert_status(500);
    assert_eq!(answer.reason(), "session_too_long");
}

#[test]
fn case_64_a_clock_a_day_behind_says_so_and_fails_closed() {
    for layout in LAYOUTS {
        let mut fixture = Fixture::with_layout(layout);
        let cookies = fixture.session(&ada(), NOW);
        fixture.now -= 86_400;
        let page = fixture.ask(Ask::page("/private").cookies(&cookies));
        assert_eq!(page.assert_sign_in().reason(), "clock_wrong");
        assert_ne!(page.log.unwrap()["level"], "debug", "an operator sees it");
        let api = fixture.ask(Ask::fetch("GET", "/api/me").cookies(&cookies));
        assert_eq!((api.assert_refused().status(), api.reason()), (401, "clock_wrong"));
        let bearer = fixture.ask(Ask::new("GET", "/api/me").bearer(&access_token(&ada(), NOW)));
        assert_eq!((bearer.assert_refused().status(), bearer.reason()), (401, "not_yet_valid"));
    }
}

#[test]
fn case_64_a_sign_in_under_a_wrong_clock_is_a_page_that_says_so() {
    for (ahead, behind) in [(0, 86_400), (86_400, 0)] {
        let mut fixture = Fixture::new();
        let mut browser = Browser::default();
        let begun = browser.ask(&mut fixture, Ask::page("/private"));
        let url = fixture.pool.authorize(begun.location());
        let issued_at = NOW + behind - ahead;
        let nonce = begun.parameter("nonce");
        let (id, access) = (
            ID_KEY.token(&with(id_claims(&ada(), issued_at), "nonce", nonce)),
            access_token(&ada(), issued_at),
        );
        let body = format!(r#"{{"id_token":"{id}","access_token":"{access}"}}"#);
        fixture.pool.script = Some(Box::new(move |_| Some(answered(200, &body))));
        let answer = browser.ask(&mut fixture, Ask::page(&url));
        answer.assert_refused().assert_status(503);
        assert_eq!(
            (answer.reason(), &answer.log.as_ref().unwrap()["level"]),
            ("clock_wrong", &"error".into())
        );
        assert!(answer.body().contains("A clock is wrong"));
    }
}

#[test]
fn case_64_a_clock_that_makes_fresh_tokens_old_does_not_go_round_in_circles() {
    let mut fixture = Fixture::new();
    let cookies = fixture.session(&ada(), NOW);
    // The pool issues tokens by a clock that is 58 minutes behind this one.
    fixture.now += LIFETIME - 120;
    fixture.pool.script = Some(Box::new(|_| {
        let (id, access) = (id_token(&ada(), NOW), access_token(&ada(), NOW));
        Some(answered(200, &format!(r#"{{"id_token":"{id}","access_token":"{access}"}}"#)))
    }));
    let answer = fixture.ask(Ask::page("/private").cookies(&cookies));
    assert_eq!(answer.assert_forwarded().reason(), "clock_wrong");
}
