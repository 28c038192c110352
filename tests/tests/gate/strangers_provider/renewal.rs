//! Sessions that go on, and such that do not.

use super::answer::Answer;
use super::cookies::Cookies;
use super::gate::Gate;
use super::person::{Person, session};
use super::provider::{BRIEF_CLIENT, CLIENT, Provider};

const REFRESH: &str = "__Host-refresh-token";
const CALL: &str = "/api/entries?draft=1";

#[tokio::test]
async fn a_session_about_to_end_is_renewed_with_rotation() {
    let provider = Provider::start().await;
    let gate = Gate::start(&provider.config(BRIEF_CLIENT)).await;
    let mut browser = session(&gate, &mut Person::new(), "editor", "/").await;
    // More than half of the tokens' life has to be over.
    let renewal = loop {
        let answer = gate.call("POST", CALL, &browser).await;
        if !answer.is_forwarded() {
            break answer;
        }
    };
    let mut without_refresh_token = browser.clone();
    without_refresh_token.forget(REFRESH);
    assert!(gate.call("POST", CALL, &without_refresh_token).await.is_forwarded(), "it was still alive");
    is_renewal(&gate, &renewal, &mut browser).await;
}

#[tokio::test]
async fn a_session_that_has_ended_is_renewed_with_rotation() {
    let provider = Provider::start().await;
    let gate = Gate::start(&provider.config(BRIEF_CLIENT)).await;
    let mut browser = session(&gate, &mut Person::new(), "editor", "/").await;
    let mut without_refresh_token = browser.clone();
    without_refresh_token.forget(REFRESH);
    while gate.call("GET", "/auth/session", &without_refresh_token).await.status() == Some(200) {}
    is_renewed(&gate, &mut browser).await;
}

/// A browser puts cookies away that have outlived their tokens: only the refresh token is left.
#[tokio::test]
async fn a_session_of_which_the_refresh_token_is_left_is_renewed_again_and_again() {
    let provider = Provider::start().await;
    let gate = Gate::start(&provider.config(CLIENT)).await;
    let mut browser = session(&gate, &mut Person::new(), "editor", "/").await;
    for _ in 0..3 {
        browser = Cookies::of([(REFRESH, browser.value(REFRESH))]);
        is_renewed(&gate, &mut browser).await;
    }
}

#[tokio::test]
async fn a_client_with_a_secret_renews() {
    let provider = Provider::start().await;
    let gate = Gate::start(&provider.config_with_secret()).await;
    let mut browser = session(&gate, &mut Person::new(), "editor", "/").await;
    browser = Cookies::of([(REFRESH, browser.value(REFRESH))]);
    is_renewed(&gate, &mut browser).await;
}

/// The provider takes a refresh token that comes a second time for a theft, and revokes all that came of the sign-in
/// (RFC 9700 section 4.14.2).
#[tokio::test]
async fn a_revoked_refresh_token_leads_to_one_sign_in() {
    let provider = Provider::start().await;
    let gate = Gate::start(&provider.config(CLIENT)).await;
    let mut person = Person::new();
    let browser = session(&gate, &mut person, "editor", "/").await;
    let stale = Cookies::of([(REFRESH, browser.value(REFRESH))]);
    let mut renewed = stale.clone();
    is_renewed(&gate, &mut renewed).await;

    for mut browser in [stale, Cookies::of([(REFRESH, renewed.value(REFRESH))])] {
        let sign_in = gate.open("/guide/", &browser).await;
        assert_eq!(sign_in.status(), Some(302), "{sign_in:?}");
        browser.keep(&sign_in);
        let callback = person.open(sign_in.location()).await.at_gate();
        let back = gate.open(&callback, &browser).await;
        assert_eq!((back.status(), back.location()), (Some(303), "/guide/"));
        browser.keep(&back);
        assert!(gate.open("/guide/", &browser).await.is_forwarded());
    }
}

/// One renewal, then the session goes on without another.
async fn is_renewed(gate: &Gate, browser: &mut Cookies) {
    let renewal = gate.call("POST", CALL, browser).await;
    is_renewal(gate, &renewal, browser).await;
}

/// It leads back to the same URL, with other tokens, which are good there.
async fn is_renewal(gate: &Gate, renewal: &Answer, browser: &mut Cookies) {
    assert_eq!(renewal.status(), Some(307), "{renewal:?}\n{}", gate.output());
    assert_eq!(renewal.location(), CALL);
    let before = browser.clone();
    browser.keep(renewal);
    assert!(browser.values().all(|value| before.values().all(|earlier| earlier != value)));
    assert!(gate.call("POST", CALL, browser).await.is_forwarded());
    assert_eq!(gate.call("GET", "/auth/session", browser).await.json()["user"]["username"], "editor");
}
