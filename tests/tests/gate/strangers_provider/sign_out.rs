//! Signing out.

use gate::log::Event;
use gate::reason::Reason;
use serde_json::json;

use super::cookies::Cookies;
use super::gate::Gate;
use super::person::{Person, session};
use super::provider::{CLIENT, Provider};

#[tokio::test]
async fn signing_out_revokes_the_refresh_token_and_ends_the_providers_session() {
    let provider = Provider::start().await;
    let gate = Gate::start(&provider.config(CLIENT)).await;
    let mut person = Person::new();
    let mut browser = session(&gate, &mut person, "reader", "/").await;
    let refresh = browser.value("__Host-refresh-token").to_owned();

    let sign_out = gate.open("/auth/sign-out", &browser).await;
    assert_eq!(sign_out.status(), Some(303), "{sign_out:?}");
    assert!(sign_out.location().starts_with(&provider.url("/logout?")));
    browser.keep(&sign_out);
    assert!(browser.names().is_empty());
    gate.logged(Event::SignOut, Reason::SignedOut).await;
    let form = [("grant_type", "refresh_token"), ("client_id", CLIENT), ("refresh_token", &refresh)];
    assert_eq!(provider.ask_for_tokens(&form).await, (400, json!("invalid_grant")));

    let confirmation = person.open(sign_out.location()).await.page();
    let landed = person.fill_in(&confirmation, &[("logout", "yes")]).await.at_gate();
    assert_eq!(landed, "/auth/signed-out");
    assert_eq!(gate.open(&landed, &browser).await.status(), Some(200));

    let sign_in = gate.open("/", &Cookies::default()).await;
    assert!(person.open(sign_in.location()).await.page().is_of_sign_in(), "who signed out is asked again");
}
