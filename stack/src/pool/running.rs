//! A pool that is being served, and what tests may do to it.

use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::fault::Fault;
use super::request_counts::TokenRequests;
use super::server::{Pool, PoolError};
use super::signing_key::{KeyError, KeyRing};
use super::token::{Grant, TokenSet};

/// How long a stop waits for answers that are under way.
const STOP_WITHIN: Duration = Duration::from_secs(5);

/// Tokens could not be issued.
#[derive(Debug, thiserror::Error)]
pub enum IssueError {
    /// There is no such user.
    #[error("user {0:?}: expected the name or address of a user of the pool")]
    User(String),
    /// There is no such app client.
    #[error("client id {0:?}: expected one of the pool's app clients")]
    Client(String),
    /// Signing failed.
    #[error(transparent)]
    Key(#[from] KeyError),
}

/// A pool that answers until it is stopped or dropped.
pub struct RunningPool {
    pool: Pool,
    server: JoinHandle<()>,
    keeper: JoinHandle<()>,
    stopper: watch::Sender<bool>,
}

impl RunningPool {
    pub(crate) fn serve(pool: Pool, listener: TcpListener, stopper: watch::Sender<bool>) -> Self {
        let (router, stopping) = (pool.router(), pool.clone());
        let server = tokio::spawn(async move {
            let serving = axum::serve(listener, router);
            let served = serving.with_graceful_shutdown(async move { stopping.stopped().await }).await;
            if let Err(error) = served {
                tracing::error!(error = &error as &dyn std::error::Error, "the user pool stopped");
            }
        });
        let keeper = tokio::spawn(pool.clone().keep_state());
        Self { pool, server, keeper, stopper }
    }

    /// Where the hosted UI is, without a slash at the end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        self.pool.base_url()
    }

    /// The claim `iss`.
    #[must_use]
    pub fn issuer(&self) -> &str {
        self.pool.issuer()
    }

    /// Where the public keys are.
    #[must_use]
    pub fn jwks_uri(&self) -> String {
        format!("{}/.well-known/jwks.json", self.issuer())
    }

    /// The JWKS as it is published now: what a deployment bakes into the gate's package.
    #[must_use]
    pub fn jwks(&self) -> serde_json::Value {
        serde_json::json!({ "keys": self.pool.state().keys.published() })
    }

    /// Signs with new keys from now on; the old public ones stay published.
    ///
    /// # Errors
    /// If keys cannot be made.
    pub async fn rotate_keys(&self) -> Result<(), PoolError> {
        let fresh = tokio::task::spawn_blocking(KeyRing::generate).await??;
        let mut state = self.pool.state();
        state.keys = fresh.after(&state.keys);
        self.pool.keep();
        Ok(())
    }

    /// Signs with new keys from now on; the old ones are gone at once, as after a leak.
    ///
    /// # Errors
    /// If keys cannot be made.
    pub async fn replace_keys(&self) -> Result<(), PoolError> {
        let fresh = tokio::task::spawn_blocking(KeyRing::generate).await??;
        self.pool.state().keys = fresh;
        self.pool.keep();
        Ok(())
    }

    /// The code in the newest mail to this address.
    #[must_use]
    pub fn latest_code_for(&self, email: &str) -> Option<String> {
        self.pool.state().mailbox.latest_to(email).map(|mail| mail.code.clone())
    }

    /// Tokens for a user (by name or address) as a sign-in at this moment would give them, with all the client's
    /// scopes, without a browser.
    ///
    /// # Errors
    /// If there is no such user or client, or signing fails.
    pub fn issue_tokens(
        &self,
        login: &str,
        client_id: &str,
        nonce: Option<&str>,
    ) -> Result<TokenSet, IssueError> {
        let settings = self.pool.settings();
        let client = settings.client(client_id).ok_or_else(|| IssueError::Client(client_id.to_owned()))?;
        let now = self.pool.now();
        let mut state = self.pool.state();
        let user = state.users.known_as(login).ok_or_else(|| IssueError::User(login.to_owned()))?;
        let grant = Grant::new(client_id, &user.username, client.allowed_scopes.clone(), now);
        let mut tokens = self.pool.mint(&state).tokens(&grant, user, nonce)?;
        let expires_at = now + settings.token_lifetimes.refresh_seconds;
        tokens.refresh_token = Some(state.refresh_tokens.issue(grant, expires_at, now));
        self.pool.keep();
        Ok(tokens)
    }

    /// Requests to the token endpoint so far.
    #[must_use]
    pub fn token_requests(&self) -> TokenRequests {
        self.pool.counts().token()
    }

    /// Requests for the JWKS so far.
    #[must_use]
    pub fn jwks_requests(&self) -> u64 {
        self.pool.counts().jwks()
    }

    /// Requests to the revocation endpoint so far.
    #[must_use]
    pub fn revoke_requests(&self) -> u64 {
        self.pool.counts().revoke()
    }

    /// Makes the token, JWKS and revocation endpoints fail, or work again.
    pub fn set_fault(&self, fault: Option<Fault>) {
        self.pool.set_fault(fault);
    }

    /// Stops answering, frees the port, and writes the state file if there is one.
    pub async fn stop(mut self) {
        let _nobody_waits = self.stopper.send(true);
        if tokio::time::timeout(STOP_WITHIN, &mut self.server).await.is_err() {
            self.server.abort();
        }
        let _given_up = self.keeper.await;
    }
}
