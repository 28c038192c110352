//! The provider's keys: one for ID tokens, another for access tokens.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use super::cookies::Cookies;
use super::gate::Gate;
use super::person::{Person, session};
use super::provider::{CLIENT, Provider};

#[tokio::test]
async fn keys_that_are_not_baked_in_are_fetched() {
    let provider = Provider::start().await;
    let config = provider.config(CLIENT);
    assert!(config["user_pool"]["jwks"]["keys"].as_array().unwrap().is_empty());
    let browser = session(&Gate::start(&config).await, &mut Person::new(), "reader", "/").await;
    assert_eq!(
        (kid(&browser, "__Host-id-token"), kid(&browser, "__Host-access-token")),
        ("id".into(), "access".into())
    );
    // Another instance meets the tokens before it has any key.
    let another = Gate::start(&config).await;
    assert!(another.open("/", &browser).await.is_forwarded());
    assert!(another.call_with_bearer("/api/", browser.value("__Host-access-token")).await.is_forwarded());
}

#[tokio::test]
async fn keys_that_are_baked_in_are_enough() {
    let provider = Provider::start().await;
    let gate = Gate::start(&provider.config_with_keys().await).await;
    let browser = session(&gate, &mut Person::new(), "reader", "/").await;
    assert!(gate.open("/", &browser).await.is_forwarded());
}

fn kid(browser: &Cookies, name: &str) -> String {
    let header = browser.value(name).split('.').next().unwrap();
    let header: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).unwrap()).unwrap();
    header["kid"].as_str().unwrap().to_owned()
}
