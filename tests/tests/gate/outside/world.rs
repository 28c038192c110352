//! A user pool of the test's own, with a clock that can be set.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use stack::clock::Clock;
use stack::pool::{Client, Pool, PoolSettings, RunningPool, TokenSet};
use tokio::net::TcpListener;

use super::config::config;
use super::event::HOST;

pub(crate) const CLIENT: &str = PoolSettings::LOCAL_CLIENT_ID;

/// A client that has a secret.
pub(crate) const SECRET_CLIENT: &str = "4confidential56789";
pub(crate) const CLIENT_SECRET: &str = "1a2b3c4d5e6f7g8h9i0jclientsecret";

/// How long the tokens of a session that is about to end were issued ago, in seconds: of their hour, some is left.
const ALMOST_AN_HOUR: i64 = 3_500;
const TWO_HOURS: i64 = 7_200;

pub(crate) struct World {
    pub(crate) pool: RunningPool,
    ahead: Arc<AtomicI64>,
}

impl World {
    pub(crate) async fn start() -> Self {
        Self::with(|_| {}).await
    }

    pub(crate) async fn with_id(pool: &str) -> Self {
        Self::with(|settings| settings.pool_id = format!("local_{pool}")).await
    }

    /// A pool that is set up otherwise.
    pub(crate) async fn with(adjust: impl FnOnce(&mut PoolSettings)) -> Self {
        let mut settings = PoolSettings::local(&format!("http://{HOST}"));
        settings.password_iterations = 100;
        adjust(&mut settings);
        let secret = Some(CLIENT_SECRET.to_owned());
        let confidential = Client {
            client_id: SECRET_CLIENT.to_owned(),
            client_secret: secret,
            ..settings.clients[0].clone()
        };
        settings.clients.push(confidential);
        let ahead = Arc::new(AtomicI64::new(0));
        let (hands, system) = (Arc::clone(&ahead), Clock::system());
        settings.clock = Clock::from_fn(move || {
            let ahead = hands.load(Ordering::SeqCst);
            let by = Duration::from_secs(ahead.unsigned_abs());
            if ahead < 0 { system.now() - by } else { system.now() + by }
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        Self { pool: Pool::start(settings, listener).await.unwrap(), ahead }
    }

    /// Sets the pool's clock, in seconds ahead of the right time.
    pub(crate) fn set_clock_ahead(&self, seconds: i64) {
        self.ahead.store(seconds, Ordering::SeqCst);
    }

    /// The configuration of a gate before this pool, with the pool's keys baked in.
    pub(crate) fn config(&self) -> Value {
        config(self.pool.issuer(), self.pool.base_url(), &self.pool.jwks(), CLIENT)
    }

    /// The same, for a gate that reaches the pool at another address.
    pub(crate) fn config_through(&self, domain: &str) -> Value {
        config(self.pool.issuer(), domain, &self.pool.jwks(), CLIENT)
    }

    /// The same, without keys: the gate must ask for them.
    pub(crate) fn config_without_keys(&self, domain: &str) -> Value {
        config(self.pool.issuer(), domain, &json!({ "keys": [] }), CLIENT)
    }

    pub(crate) fn tokens(&self, user: &str) -> TokenSet {
        self.pool.issue_tokens(user, CLIENT, None).unwrap()
    }

    /// Tokens that are still alive, but due for renewal.
    pub(crate) fn ending_tokens(&self, user: &str) -> TokenSet {
        self.tokens_issued_before(ALMOST_AN_HOUR, user)
    }

    /// Tokens that have expired, with a refresh token that has not.
    pub(crate) fn ended_tokens(&self, user: &str) -> TokenSet {
        self.tokens_issued_before(TWO_HOURS, user)
    }

    fn tokens_issued_before(&self, seconds: i64, user: &str) -> TokenSet {
        let ahead = self.ahead.fetch_sub(seconds, Ordering::SeqCst);
        let tokens = self.tokens(user);
        self.set_clock_ahead(ahead);
        tokens
    }
}
