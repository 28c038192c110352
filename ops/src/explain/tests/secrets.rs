//! What must not be repeated, and what a terminal must not be told.

use gate::reason::Reason;
use proptest::prelude::*;
use serde_json::json;

use super::super::*;
use super::ground::*;

#[test]
fn a_sign_in_shows_where_to_and_none_of_its_secrets() {
    let explanation = explained(&asked("/guide/?draft=hidden", &[]));
    let answer = answered(&explanation);
    let location = answer.location.as_deref().unwrap();
    assert!(
        location
            .starts_with("https://login.example.com/oauth2/authorize?response_type=code&client_id=1example")
    );
    assert!(location.contains("&state=…&nonce=…&code_challenge=…&code_challenge_method=S256"), "{location}");
    assert_eq!(answer.set_cookies, ["__Host-sign-in-0"]);
    assert_eq!(explanation.request, "GET docs.example.com/guide/?draft=…");
}

#[test]
fn a_callback_of_another_browser_is_told() {
    let explanation = explained(&asked("/auth/callback?code=c&state=AAAA", &[]));
    assert!(about(&explanation, "state").contains("not sealed by these keys"));
    let begun_by = |address: &str| {
        let event = asked(address, &[]).event().unwrap();
        let gate = Gate::new(config());
        let mut random = Unshown;
        let mut moment = GateMoment { now: UnixTime(1_800_000_000), random: &mut random };
        let request = event::read(&event).unwrap();
        let Step::Decided(decision) = gate.decide(request, &mut Memory::new(config().jwks), &mut moment)
        else {
            panic!()
        };
        let gate::decision::Outcome::Answer(response) = decision.outcome else { panic!() };
        let of = |name: &str| response.headers().iter().find(|(listed, _)| listed == name).unwrap().1.clone();
        let state = of("location").split("state=").nth(1).unwrap().split('&').next().unwrap().to_owned();
        (state, of("set-cookie").split(';').next().unwrap().to_owned())
    };
    let (state, cookie) = begun_by("/guide/");
    let callback = format!("/auth/callback?code=secret-code&state={state}");
    let explanation = explained(&asked(&callback, &[]));
    assert!(about(&explanation, "sign-in attempt").contains("no cookie of it"));
    assert_eq!(answered(&explanation).reason, Some(Reason::UnknownAttempt));
    // Only of the second attempt it is certain that this browser was given a cookie.
    let (second, _) = begun_by("/auth/sign-in?to=/guide/&second=1");
    let explanation = explained(&asked(&format!("/auth/callback?code=secret-code&state={second}"), &[]));
    assert_eq!(answered(&explanation).reason, Some(Reason::CookiesOff));
    let explanation = explained(&asked(&callback, std::slice::from_ref(&cookie)));
    assert!(about(&explanation, "sign-in attempt").contains("young enough"));
    assert!(about(&explanation, "state").contains("leads to /guide/"));
    let Outcome::Exchange(plan) = &explanation.outcome else { panic!("{explanation:?}") };
    assert!(
        plan.sends.contains(&"grant_type=authorization_code".to_owned())
            && plan.sends.contains(&"code".to_owned())
    );
    let told = serde_json::to_string(&explanation).unwrap();
    for secret in ["secret-code", &state, cookie.split('=').nth(1).unwrap()] {
        assert!(!told.contains(secret), "{told}");
    }
    let late = Moment::from_unix(NOW + 601);
    let event = asked(&callback, &[cookie]).event().unwrap();
    let explanation = explain(config(), &event, late).unwrap();
    assert!(about(&explanation, "sign-in attempt").contains("older than ten minutes"));
}

#[test]
fn no_explanation_repeats_a_token() {
    let forged = sign(STRANGERS, "k1", &id_claims());
    let access = sign(POOLS, "k1", &access_claims());
    let mut asked = asked(
        "/api/x?access_token=query-secret",
        &[
            format!("__Host-id-token={forged}"),
            format!("__Host-access-token={access}"),
            "__Host-refresh-token=opaque-secret".to_owned(),
        ],
    );
    for bearer in [None, Some(format!("Authorization: Bearer {forged}"))] {
        asked.headers.extend(bearer);
        let told = serde_json::to_string(&explained(&asked)).unwrap();
        for secret in [
            &*forged,
            &*access,
            "opaque-secret",
            "query-secret",
            "ada@example.com",
            forged.rsplit('.').next().unwrap(),
        ] {
            assert!(!told.contains(secret), "{told}");
        }
    }
}

#[test]
fn what_is_no_event_is_refused() {
    for text in [
        "",
        "{}",
        "[]",
        "{\"Records\":[]}",
        "{\"Records\":[{\"cf\":{\"config\":{\"eventType\":\"origin-request\"},\"request\":{\"headers\":{},\"method\":\"GET\",\"uri\":\"/\"}}}]}",
    ] {
        assert!(
            matches!(explain(config(), text, Moment::from_unix(NOW)), Err(ExplainError::NoEvent(_))),
            "{text}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn anything_is_explained_on_lines_that_a_terminal_bears(
        path in "/.{0,30}", header in "[ -~\\x1b\\u{202e}]{0,30}", cookie in "[a-zA-Z_-]{1,16}=[ -~]{0,30}", method in "[A-Z]{1,8}",
    ) {
        let event = json!({ "Records": [{ "cf": { "config": {}, "request": {
            "headers": {
                "host": [{ "key": "Host", "value": "docs.example.com" }],
                "accept": [{ "key": "Accept", "value": header }],
                "cookie": [{ "key": "Cookie", "value": cookie }],
            },
            "method": method, "querystring": "a=b", "uri": path,
        } } }] });
        let explanation = explain(config(), &event.to_string(), Moment::from_unix(NOW)).unwrap();
        for finding in &explanation.findings {
            for line in std::iter::once(&finding.says).chain(&finding.details) {
                prop_assert!(!line.chars().any(|c| c.is_control() || c == '\u{202e}'), "{line:?}");
            }
        }
    }
}
