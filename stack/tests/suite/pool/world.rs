//! A pool with a clock that stands still until it is moved.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, UNIX_EPOCH};

use aws_lc_rs::rsa::PublicKeyComponents;
use aws_lc_rs::signature::RSA_PKCS1_2048_8192_SHA256;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use reqwest::StatusCode;
use serde_json::{Value, json};
use stack::clock::Clock;
use stack::pool::{Client, Pool, PoolSettings, RunningPool};
use tokio::net::TcpListener;

pub(crate) const SITE: &str = "http://localhost:8080";
pub(crate) const CALLBACK: &str = "http://localhost:8080/auth/callback";
pub(crate) const CLIENT: &str = PoolSettings::LOCAL_CLIENT_ID;
pub(crate) const SECRET_CLIENT: &str = "confidential";
pub(crate) const SECRET: &str = "its secret";

/// RFC 7636 appendix B.
pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub(crate) const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

pub(crate) struct World {
    pub(crate) pool: RunningPool,
    clock: Arc<AtomicU64>,
    http: reqwest::Client,
}

/// Two clients, one with a secret; passwords that are quick to check.
pub(crate) fn settings() -> PoolSettings {
    let mut settings = PoolSettings::local(SITE);
    settings.password_iterations = 100;
    let confidential = Client {
        client_id: SECRET_CLIENT.to_owned(),
        client_secret: Some(SECRET.to_owned()),
        ..settings.clients[0].clone()
    };
    settings.clients.push(confidential);
    settings
}

impl World {
    pub(crate) async fn start() -> Self {
        Self::with(settings()).await
    }

    pub(crate) async fn with(mut settings: PoolSettings) -> Self {
        let clock = Arc::new(AtomicU64::new(1_800_000_000));
        let hands = Arc::clone(&clock);
        settings.clock =
            Clock::from_fn(move || UNIX_EPOCH + Duration::from_secs(hands.load(Ordering::SeqCst)));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let pool = Pool::start(settings, listener).await.unwrap();
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { pool, clock, http }
    }

    pub(crate) fn now(&self) -> u64 {
        self.clock.load(Ordering::SeqCst)
    }

    pub(crate) fn pass(&self, seconds: u64) {
        self.clock.fetch_add(seconds, Ordering::SeqCst);
    }

    pub(crate) async fn post(&self, path: &str, form: &[(&str, &str)]) -> (StatusCode, Value) {
        self.post_as(None, path, form).await
    }

    pub(crate) async fn post_as(
        &self,
        basic: Option<(&str, &str)>,
        path: &str,
        form: &[(&str, &str)],
    ) -> (StatusCode, Value) {
        let mut request = self.http.post(format!("{}{path}", self.pool.base_url())).form(form);
        if let Some((user, password)) = basic {
            request = request.basic_auth(user, Some(password));
        }
        let response = request.send().await.unwrap();
        let (status, body) = (response.status(), response.bytes().await.unwrap());
        (status, serde_json::from_slice(&body).unwrap_or(Value::Null))
    }

    pub(crate) async fn redeem(&self, code: &str) -> (StatusCode, Value) {
        self.post("/oauth2/token", &code_form(code)).await
    }

    pub(crate) async fn refresh(&self, token: &str) -> (StatusCode, Value) {
        let form = [("grant_type", "refresh_token"), ("client_id", CLIENT), ("refresh_token", token)];
        self.post("/oauth2/token", &form).await
    }

    pub(crate) async fn user_info(&self, access_token: &str) -> (StatusCode, Value) {
        let url = format!("{}/oauth2/userInfo", self.pool.base_url());
        let response = self.http.get(url).bearer_auth(access_token).send().await.unwrap();
        let (status, body) = (response.status(), response.bytes().await.unwrap());
        (status, serde_json::from_slice(&body).unwrap_or(Value::Null))
    }

    pub(crate) async fn json(&self, url: &str) -> Value {
        self.http.get(url).send().await.unwrap().json().await.unwrap()
    }

    /// The header and claims of a token whose signature holds under the published keys.
    pub(crate) async fn verified(&self, token: &str) -> Option<(Value, Value)> {
        let decode = |text: &str| BASE64_URL_SAFE_NO_PAD.decode(text).unwrap();
        let parts: Vec<&str> = token.split('.').collect();
        let header: Value = serde_json::from_slice(&decode(parts[0])).unwrap();
        let jwks = self.json(&self.pool.jwks_uri()).await;
        let keys = jwks["keys"].as_array().unwrap();
        let key = keys.iter().find(|key| key["kid"] == header["kid"])?;
        let [n, e] = ["n", "e"].map(|name| decode(key[name].as_str().unwrap()));
        let signed = format!("{}.{}", parts[0], parts[1]);
        PublicKeyComponents { n, e }
            .verify(&RSA_PKCS1_2048_8192_SHA256, signed.as_bytes(), &decode(parts[2]))
            .unwrap();
        Some((header, serde_json::from_slice(&decode(parts[1])).unwrap()))
    }
}

pub(crate) fn code_form(code: &str) -> [(&str, &str); 5] {
    [
        ("grant_type", "authorization_code"),
        ("client_id", CLIENT),
        ("code", code),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
    ]
}

pub(crate) fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_else(|| panic!("no {name} in {value}"))
}

/// A refusal of the token endpoint: 400 and this error.
pub(crate) fn refused(answer: &(StatusCode, Value), error: &str) {
    assert_eq!(*answer, (StatusCode::BAD_REQUEST, json!({ "error": error })));
}
