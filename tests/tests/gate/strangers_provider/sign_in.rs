//! Signing in, and what must not work.

use gate::log::Event;
use gate::reason::Reason;
use serde_json::json;
use url::Url;

use super::cookies::Cookies;
use super::gate::Gate;
use super::person::{Person, session};
use super::provider::{CLIENT, Provider};

const NAMES: [&str; 3] = ["__Host-access-token", "__Host-id-token", "__Host-refresh-token"];

#[tokio::test]
async fn an_editor_signs_in_to_a_deep_link_and_is_known() {
    let provider = Provider::start().await;
    let gate = Gate::start(&provider.config(CLIENT)).await;
    let browser = session(&gate, &mut Person::new(), "editor", "/guide/?chapter=2&of=a%20b").await;
    assert_eq!(browser.names(), NAMES);

    assert_eq!(gate.open("/guide/?chapter=2", &browser).await.uri(), "/guide/index.html");
    let document = gate.call("GET", "/auth/session", &browser).await.json();
    assert_eq!((&document["user"]["username"], &document["groups"]), (&json!("editor"), &json!(["editors"])));
    assert_eq!(document["user"]["email"], "editor@example.com");
    assert_eq!(gate.open("/admin/entries/7", &browser).await.uri(), "/admin/index.html");

    let access = browser.value("__Host-access-token");
    let call = gate.call("GET", "/api/entries", &browser).await;
    assert_eq!(call.headers("authorization"), [format!("Bearer {access}")]);
    assert!(gate.call_with_bearer("/api/entries", access).await.is_forwarded());
    let refused = gate.call_with_bearer("/api/entries", browser.value("__Host-id-token")).await;
    assert_eq!(refused.status(), Some(401), "an ID token is no bearer token");
}

#[tokio::test]
async fn a_reader_is_not_let_into_a_group_that_they_are_not_in() {
    let provider = Provider::start().await;
    let gate = Gate::start(&provider.config(CLIENT)).await;
    let browser = session(&gate, &mut Person::new(), "reader", "/").await;
    assert!(gate.open("/", &browser).await.is_forwarded());
    assert_eq!(gate.open("/admin/", &browser).await.status(), Some(403));
    assert_eq!(gate.call("GET", "/auth/session", &browser).await.json()["groups"], json!([]));
}

#[tokio::test]
async fn a_client_with_a_secret_signs_in() {
    let provider = Provider::start().await;
    let gate = Gate::start(&provider.config_with_secret()).await;
    let browser = session(&gate, &mut Person::new(), "reader", "/").await;
    assert!(gate.open("/", &browser).await.is_forwarded());
}

#[tokio::test]
async fn who_is_known_to_the_provider_comes_straight_back() {
    let provider = Provider::start().await;
    let gate = Gate::start(&provider.config(CLIENT)).await;
    let mut person = Person::new();
    session(&gate, &mut person, "reader", "/").await;

    let mut browser = Cookies::default();
    let sign_in = gate.open("/guide/", &browser).await;
    browser.keep(&sign_in);
    let callback = person.open(sign_in.location()).await.at_gate();
    let back = gate.open(&callback, &browser).await;
    assert_eq!((back.status(), back.location()), (Some(303), "/guide/"));
}

/// A code that was issued for one code challenge comes with the state of another attempt of the same browser: the
/// gate sends the verifier of that attempt, and the provider sees that it is the wrong one (RFC 7636 section 4.6).
#[tokio::test]
async fn the_code_of_another_attempt_is_refused() {
    let provider = Provider::start().await;
    let gate = Gate::start(&provider.config(CLIENT)).await;
    let mut browser = Cookies::default();
    let (one, other) = (gate.open("/one/", &browser).await, gate.open("/other/", &browser).await);
    browser.keep(&one);
    browser.keep(&other);

    let callback = Person::new().sign_in(one.location(), "reader").await;
    let mixed = callback.replace(&one.location_parameter("state"), &other.location_parameter("state"));
    assert_ne!(mixed, callback);
    let refused = gate.open(&mixed, &browser).await;
    assert_eq!(refused.status(), Some(400), "{refused:?}");
    browser.keep(&refused);
    assert!(NAMES.iter().all(|name| !browser.names().contains(name)));
    gate.logged(Event::Refusal, Reason::InvalidGrant).await;
}

#[tokio::test]
async fn the_provider_refuses_a_wrong_verifier_and_a_missing_one() {
    let provider = Provider::start().await;
    let gate = Gate::start(&provider.config(CLIENT)).await;
    for verifier in [Some("A".repeat(43)), None] {
        let sign_in = gate.open("/", &Cookies::default()).await;
        let callback = Person::new().sign_in(sign_in.location(), "reader").await;
        let callback = Url::parse(&format!("http://localhost:8080{callback}")).unwrap();
        let (_, code) = callback.query_pairs().find(|(name, _)| name == "code").unwrap();
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("client_id", CLIENT),
            ("redirect_uri", "http://localhost:8080/auth/callback"),
            ("code", &code),
        ];
        form.extend(verifier.as_deref().map(|verifier| ("code_verifier", verifier)));
        assert_eq!(provider.ask_for_tokens(&form).await, (400, json!("invalid_grant")));
    }
}

#[tokio::test]
async fn who_gives_up_gets_a_page_with_a_way_to_try_again() {
    let provider = Provider::start().await;
    let gate = Gate::start(&provider.config(CLIENT)).await;
    let (mut person, mut browser) = (Person::new(), Cookies::default());
    let sign_in = gate.open("/guide/", &browser).await;
    browser.keep(&sign_in);
    let page = person.open(sign_in.location()).await.page();
    let callback = person.open(&page.cancel_link()).await.at_gate();
    let declined = gate.open(&callback, &browser).await;
    assert_eq!(declined.status(), Some(403), "{declined:?}");
    assert!(declined.body().contains("/auth/sign-in?to="));
    browser.keep(&declined);
    assert!(browser.names().is_empty());
}
