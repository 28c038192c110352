//! Cases 54 to 56: a session goes on with its refresh token, or does not.

use gate::pool_call::{CallFailure, PoolAnswer};

use crate::fixture::*;

#[test]
fn case_54_a_bad_signature_beside_a_good_refresh_token_renews_nothing() {
    for layout in LAYOUTS {
        for issued_at in [NOW, NOW - LIFETIME, NOW - LIFETIME + 100] {
            let mut fixture = Fixture::with_layout(layout);
            let refresh = fixture.pool.refresh_token(&ada());
            let bad = (forged(&id_claims(&ada(), issued_at)), forged(&access_claims(&ada(), issued_at)));
            let old = (id_token(&ada(), NOW - LIFETIME), access_token(&ada(), NOW - LIFETIME));
            for (id, access) in [(&bad.0, &bad.1), (&bad.0, &old.1), (&old.0, &bad.1)] {
                let cookies =
                    fixture.session_of("ada", &[("id", id), ("access", access), ("refresh", &refresh)]);
                fixture
                    .ask(Ask::fetch("GET", "/api/me").cookies(&cookies))
                    .assert_refused()
                    .assert_status(401);
                if id == &bad.0 {
                    let page = fixture.ask(Ask::page("/private").cookies(&cookies));
                    assert_eq!(page.assert_sign_in().reason(), "bad_signature");
                    assert_eq!(fixture.user_of(&[&cookies]), None);
                }
            }
            assert!(fixture.pool.calls.is_empty());
        }
    }
}

#[test]
fn case_55_invalid_grant_is_one_trip_to_sign_in() {
    for layout in LAYOUTS {
        let mut fixture = Fixture::with_layout(layout);
        let mut browser = fixture.signed_in(&ada());
        let refresh = browser.value(&fixture.cookie_name("refresh", "ada")).to_owned();
        fixture.pool.revoke(&refresh);
        fixture.now += LIFETIME;
        // A script is told, and may not end the session: another of its requests may have renewed it.
        let told = browser.ask(&mut fixture, Ask::fetch("GET", "/api/me"));
        assert_eq!((told.status(), told.set_cookies().len()), (401, 0));
        browser.open(&mut fixture, "/private").assert_forwarded();
        assert_eq!(browser.trips, 2);
        // The pool said once that the token is no good; nobody asks it again.
        assert_eq!(fixture.pool.token_calls(), 3);
    }
}

#[test]
fn case_55_on_another_instance_it_is_one_trip_as_well() {
    for layout in LAYOUTS {
        let mut fixture = Fixture::with_layout(layout);
        let mut browser = fixture.signed_in(&ada());
        fixture.pool.script = Some(Box::new(|call| {
            call.form.as_ref().is_some_and(|form| form.contains("refresh_token")).then(invalid_grant)
        }));
        fixture.now += LIFETIME;
        let answer = browser.ask(&mut fixture, Ask::page("/private"));
        answer.assert_sign_in();
        fixture.restart();
        browser.follow(&mut fixture, answer).assert_forwarded();
        assert_eq!(browser.trips, 2);
    }
}

#[test]
fn case_55_a_timeout_or_5xx_is_503_and_the_session_is_kept() {
    for layout in LAYOUTS {
        for failure in [
            PoolAnswer::Failed(CallFailure::TimedOut),
            PoolAnswer::Failed(CallFailure::Connection),
            answered(500, "oops"),
            answered(503, r#"{"error":"invalid_grant"}"#),
            answered(429, r#"{"error":"slow_down"}"#),
            answered(200, "<html>"),
        ] {
            let mut fixture = Fixture::with_layout(layout);
            let mut browser = fixture.signed_in(&ada());
            fixture.now += LIFETIME;
            let before = browser.cookies(fixture.now);
            fixture.pool.script = Some(Box::new(move |_| Some(failure.clone())));
            let session = Ask::fetch("GET", "/auth/session");
            for ask in
                [Ask::page("/private"), Ask::fetch("GET", "/api/me"), Ask::fetch("POST", "/api/me"), session]
            {
                let answer = browser.ask(&mut fixture, ask);
                answer.assert_refused().assert_status(503);
                assert!(answer.header("retry-after").parse::<u64>().is_ok());
                assert!(answer.set_cookies().is_empty());
            }
            assert_eq!(browser.cookies(fixture.now), before);
            fixture.pool.script = None;
            browser.open(&mut fixture, "/private").assert_forwarded();
            assert_eq!(browser.trips, 1);
        }
    }
}

#[test]
fn case_55_a_living_session_goes_on_whatever_the_pool_answers() {
    for layout in LAYOUTS {
        for failure in [answered(500, ""), invalid_grant(), PoolAnswer::Failed(CallFailure::TimedOut)] {
            let mut fixture = Fixture::with_layout(layout);
            let mut browser = fixture.signed_in(&ada());
            fixture.now += LIFETIME - 100;
            fixture.pool.script = Some(Box::new(move |_| Some(failure.clone())));
            for _ in 0..3 {
                let page = browser.ask(&mut fixture, Ask::page("/private"));
                page.assert_forwarded();
                assert!(page.log.is_none_or(|line| line.get("status").is_none()), "nobody was answered 503");
                assert_eq!(browser.ask(&mut fixture, Ask::fetch("GET", "/api/me")).bearer_user(), "ada");
            }
            assert_eq!(fixture.pool.token_calls(), 2, "the pool is left alone for a while");
        }
    }
}

#[test]
fn case_55_a_public_api_stays_open_when_a_session_ends_or_the_pool_is_down() {
    for layout in LAYOUTS {
        for failure in [invalid_grant(), answered(500, ""), PoolAnswer::Failed(CallFailure::TimedOut)] {
            let mut fixture = Fixture::with_layout(layout);
            let cookies = fixture.session(&ada(), NOW - LIFETIME);
            fixture.pool.script = Some(Box::new(move |_| Some(failure.clone())));
            let answer = fixture.ask(Ask::fetch("GET", "/open/a").cookies(&cookies));
            assert!(answer.assert_forwarded().headers("authorization").is_empty());
        }
        let mut fixture = Fixture::with_layout(layout);
        fixture.ask(Ask::new("GET", "/open/a")).assert_forwarded();
        let cookies = fixture.session(&ada(), NOW);
        assert_eq!(fixture.ask(Ask::fetch("GET", "/open/a").cookies(&cookies)).bearer_user(), "ada");
    }
}

#[test]
fn case_56_rotated_refresh_tokens_are_stored() {
    for layout in LAYOUTS {
        let mut fixture = Fixture::with_layout(layout);
        fixture.pool.rotates = true;
        let mut browser = fixture.signed_in(&ada());
        for _ in 0..5 {
            fixture.now += LIFETIME;
            let answer = browser.ask(&mut fixture, Ask::page("/private?a=b"));
            assert_eq!((answer.status(), answer.location()), (307, "/private?a=b"));
            browser.ask(&mut fixture, Ask::page("/private?a=b")).assert_forwarded();
        }
        assert_eq!(browser.trips, 1);
    }
}

#[test]
fn case_56_two_renewals_at_once_both_succeed() {
    for layout in LAYOUTS {
        for order in [[0, 1], [1, 0]] {
            let mut fixture = Fixture::with_layout(layout);
            (fixture.pool.rotates, fixture.pool.has_grace) = (true, true);
            let mut browser = fixture.signed_in(&ada());
            fixture.now += LIFETIME;
            let cookies = browser.cookies(fixture.now);
            let answers = ["/one", "/two"].map(|url| fixture.ask(Ask::page(url).cookies(&cookies)));
            for position in order {
                answers[position].assert_status(307);
                browser.store(&answers[position], fixture.now);
                browser.open(&mut fixture, "/private").assert_forwarded();
            }
            fixture.now += LIFETIME;
            browser.open(&mut fixture, "/private").assert_forwarded();
            assert_eq!(browser.trips, 1);
        }
    }
}

/// Without a grace, the first of several tabs uses the refresh token up.
#[test]
fn case_56_a_tab_that_comes_too_late_leaves_the_renewed_session_alone() {
    for layout in LAYOUTS {
        for order in [[0, 1], [1, 0]] {
            let mut fixture = Fixture::with_layout(layout);
            (fixture.pool.rotates, fixture.pool.has_grace) = (true, false);
            let mut browser = fixture.signed_in(&ada());
            fixture.now += LIFETIME;
            let cookies = browser.cookies(fixture.now);
            let answers = ["/one", "/two"].map(|url| fixture.ask(Ask::page(url).cookies(&cookies)));
            answers[0].assert_status(307);
            answers[1].assert_sign_in();
            order.iter().for_each(|&position| browser.store(&answers[position], fixture.now));
            for url in ["/one", "/two"] {
                browser.ask(&mut fixture, Ask::page(url)).assert_forwarded();
            }
        }
    }
}

#[test]
fn case_56_a_renewal_leads_to_the_same_url_once_and_not_again() {
    for layout in LAYOUTS {
        for age in [LIFETIME - 300, LIFETIME - 1, LIFETIME, LIFETIME * 10] {
            let mut fixture = Fixture::with_layout(layout);
            let mut browser = fixture.signed_in(&ada());
            fixture.now += age;
            let ask = Ask::fetch("POST", "/api/me?a=%20b");
            let answer = browser.ask(&mut fixture, ask.clone());
            assert_eq!((answer.status(), answer.location()), (307, "/api/me?a=%20b"));
            browser.ask(&mut fixture, ask).assert_forwarded();
            browser.ask(&mut fixture, Ask::page("/private")).assert_forwarded();
            assert_eq!(fixture.pool.token_calls(), 2);
        }
        let mut fixture = Fixture::with_layout(layout);
        let mut browser = fixture.signed_in(&ada());
        fixture.now += LIFETIME - 301;
        browser.ask(&mut fixture, Ask::page("/private")).assert_forwarded();
    }
}
