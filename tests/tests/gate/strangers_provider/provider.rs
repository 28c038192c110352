//! The provider, and the configuration of a gate before it.

use serde_json::{Value, json};
use tests::strangers_provider::StrangersProvider;

use super::config::config;
use super::event::HOST;

/// A client without a secret.
pub(super) const CLIENT: &str = tests::strangers_provider::CLIENT;
/// A client whose first tokens are good for seconds.
pub(super) const BRIEF_CLIENT: &str = "2brief23456789";
/// A client that has a secret.
const CONFIDENTIAL_CLIENT: &str = "3confidential456789";
const CLIENT_SECRET: &str = "1a2b3c4d5e6f7g8h9i0jclientsecret";

pub(super) struct Provider(StrangersProvider);

impl Provider {
    pub(super) async fn start() -> Self {
        Self(
            StrangersProvider::start(&format!("http://{HOST}"))
                .await
                .unwrap_or_else(|error| panic!("{error}")),
        )
    }

    pub(super) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.0.domain())
    }

    /// The configuration of a gate before this provider, which must ask for the keys.
    pub(super) fn config(&self, client: &str) -> Value {
        config(self.0.issuer(), self.0.domain(), &json!({ "keys": [] }), client)
    }

    /// The same, for the client that has a secret.
    pub(super) fn config_with_secret(&self) -> Value {
        let mut config = self.config(CONFIDENTIAL_CLIENT);
        config["user_pool"]["client_secret"] = json!(CLIENT_SECRET);
        config
    }

    /// The same, for a gate that has the keys and cannot ask for others.
    pub(super) async fn config_with_keys(&self) -> Value {
        let mut config = self.config(CLIENT);
        let keys = reqwest::get(config["user_pool"]["jwks_uri"].as_str().unwrap()).await.unwrap();
        config["user_pool"]["jwks"] = keys.json().await.unwrap();
        config["user_pool"]["jwks_uri"] = json!(self.url("/nowhere"));
        config
    }

    /// Sends the token endpoint a form; the status and the `error` of its answer.
    pub(super) async fn ask_for_tokens(&self, form: &[(&str, &str)]) -> (u16, Value) {
        let request = reqwest::Client::new().post(self.url("/oauth2/token")).form(form);
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        (status, response.json::<Value>().await.unwrap()["error"].clone())
    }
}
