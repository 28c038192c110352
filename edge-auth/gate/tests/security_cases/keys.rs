//! Cases 6, 7 and 16: which keys the gate knows, and when it asks for them.

use serde_json::json;

use crate::fixture::*;

#[test]
fn case_06_kids_that_name_no_key_make_no_storm_of_fetches() {
    let mut fixture = Fixture::new();
    for kid in ["../../dev/null", "__proto__", "constructor", "x"] {
        for claims in [id_claims(&ada(), NOW), access_claims(&ada(), NOW)] {
            let token = ID_KEY.sign(&with(ID_KEY.header(), "kid", kid).to_string(), &claims.to_string());
            let cookies = fixture.session_of("ada", &[("id", &token), ("access", &token)]);
            fixture.ask(Ask::page("/private").cookies(&cookies)).assert_refused();
            fixture.ask(Ask::fetch("GET", "/api/me").cookies(&cookies)).assert_status(401);
            fixture.ask(Ask::new("GET", "/api/me").bearer(&token)).assert_status(401);
        }
    }
    assert_eq!(fixture.pool.key_calls(), 1);
}

#[test]
fn case_06_a_kid_that_can_be_no_key_is_worth_no_fetch() {
    let mut fixture = Fixture::new();
    for header in [json!({ "alg": "RS256" }), json!({ "alg": "RS256", "kid": "k".repeat(10 * 1024) })] {
        let token = ID_KEY.sign(&header.to_string(), &id_claims(&ada(), NOW).to_string());
        let cookies = fixture.session_of("ada", &[("id", &token)]);
        fixture.ask(Ask::page("/private").cookies(&cookies)).assert_sign_in();
    }
    assert!(fixture.pool.calls.is_empty());
}

#[test]
fn case_07_a_thousand_random_kids_cause_one_fetch_a_cool_down() {
    let mut fixture = Fixture::new();
    for number in 0..1_000 {
        let header = json!({ "alg": "RS256", "kid": format!("random-{number}") }).to_string();
        let input = format!("{}.{}", encode(header), encode(access_claims(&ada(), NOW).to_string()));
        let token = format!("{input}.{}", encode("signature"));
        fixture.ask(Ask::new("GET", "/api/me").bearer(&token)).assert_status(401);
    }
    assert_eq!(fixture.pool.key_calls(), 1);
    fixture.now += 10;
    let token = STRANGER.token(&access_claims(&ada(), NOW));
    fixture.ask(Ask::new("GET", "/api/me").bearer(&token)).assert_status(401);
    assert_eq!(fixture.pool.key_calls(), 2);
}

#[test]
fn case_07_a_key_that_really_rotated_works_at_once_and_within_the_cool_down() {
    let mut fixture = Fixture::new();
    fixture.pool.keys = vec![ACCESS_KEY.jwk(), STRANGER.jwk()];
    let token = STRANGER.token(&id_claims(&ada(), NOW));
    let cookies = fixture.session_of("ada", &[("id", &token)]);
    for _ in 0..3 {
        fixture.ask(Ask::page("/private").cookies(&cookies)).assert_forwarded();
    }
    assert_eq!(fixture.pool.key_calls(), 1);
    // The old key is gone from the JWKS, and so is what it has signed.
    let cookies = fixture.session_of("ada", &[("id", &id_token(&ada(), NOW))]);
    fixture.ask(Ask::page("/private").cookies(&cookies)).assert_sign_in();
}

#[test]
fn case_07_a_rotated_key_works_for_a_session_that_is_nearly_over_as_well() {
    let mut fixture = Fixture::new();
    fixture.pool.keys = vec![ACCESS_KEY.jwk(), STRANGER.jwk()];
    let token = STRANGER.token(&id_claims(&ada(), NOW - LIFETIME + 100));
    let refresh = fixture.pool.refresh_token(&ada());
    let cookies = fixture.session_of("ada", &[("id", &token), ("refresh", &refresh)]);
    fixture.ask(Ask::page("/private").cookies(&cookies)).assert_forwarded();
}

#[test]
fn case_07_a_fetch_that_fails_replaces_no_keys() {
    for (status, body) in [(500, ""), (200, "<html>"), (200, r#"{"keys":[]}"#), (302, "")] {
        let mut fixture = Fixture::new();
        fixture.pool.script = Some(Box::new(move |call| call.form.is_none().then(|| answered(status, body))));
        let token = STRANGER.token(&id_claims(&ada(), NOW));
        let cookies = fixture.session_of("ada", &[("id", &token)]);
        let answer = fixture.ask(Ask::page("/private").cookies(&cookies));
        answer.assert_refused().assert_status(503);
        assert!(answer.set_cookies().is_empty() && answer.headers("retry-after").len() == 1);
        let cookies = fixture.session(&ada(), NOW);
        fixture.ask(Ask::page("/private").cookies(&cookies)).assert_forwarded();
    }
}

#[test]
fn case_63_nobody_is_sent_away_while_the_keys_cannot_be_fetched() {
    let mut fixture = Fixture::new();
    fixture.pool.script = Some(Box::new(|call| call.form.is_none().then(|| answered(500, ""))));
    let id = STRANGER.token(&id_claims(&ada(), NOW));
    let access = STRANGER.token(&access_claims(&ada(), NOW));
    let cookies = fixture.session_of("ada", &[("id", &id)]);
    for _ in 0..3 {
        let answer = fixture.ask(Ask::page("/private").cookies(&cookies));
        answer.assert_refused().assert_status(503);
        assert!(answer.set_cookies().is_empty());
        fixture.ask(Ask::new("GET", "/api/me").bearer(&access)).assert_status(503);
    }
    assert_eq!(fixture.pool.key_calls(), 1);
}

#[test]
fn case_07_tokens_of_a_sign_in_under_a_new_key_are_accepted_in_the_cool_down() {
    let mut fixture = Fixture::new();
    let token = STRANGER.token(&access_claims(&ada(), NOW));
    fixture.ask(Ask::new("GET", "/api/me").bearer(&token)).assert_status(401);
    fixture.pool.id_key = &STRANGER;
    fixture.pool.keys.push(STRANGER.jwk());
    fixture.signed_in(&ada());
    assert_eq!(fixture.pool.key_calls(), 2);
}

#[test]
fn case_16_a_key_that_cannot_be_trusted_is_not_used() {
    let twin = with(STRANGER.jwk(), "kid", ID_KEY.kid);
    for keys in [
        vec![with(ID_KEY.jwk(), "use", "enc"), ACCESS_KEY.jwk()],
        vec![with(ID_KEY.jwk(), "e", encode([1])), ACCESS_KEY.jwk()],
        vec![with(ID_KEY.jwk(), "e", encode([2])), ACCESS_KEY.jwk()],
        vec![with(ID_KEY.jwk(), "n", encode([0xff; 128])), ACCESS_KEY.jwk()],
        vec![ID_KEY.jwk(), twin, ACCESS_KEY.jwk()],
    ] {
        let mut config = config();
        config["user_pool"]["jwks"]["keys"] = keys.clone().into();
        let mut fixture = Fixture::of(config);
        fixture.pool.keys = keys;
        let cookies = fixture.session_of("ada", &[("id", &id_token(&ada(), NOW))]);
        for _ in 0..2 {
            fixture.ask(Ask::page("/private").cookies(&cookies)).assert_sign_in();
        }
        assert_eq!(fixture.pool.key_calls(), 1);
    }
}
