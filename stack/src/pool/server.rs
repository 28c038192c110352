//! The pool as a server: its state, its router, its start.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::UNIX_EPOCH;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::{Notify, watch};

use super::fault::Fault;
use super::refresh_token::Rotation;
use super::request_counts::RequestCounts;
use super::running::RunningPool;
use super::settings::{PoolSettings, SettingsError};
use super::signing_key::KeyError;
use super::state::State;
use super::state_file::{self, StateFileError};
use super::token::Mint;
use super::{oauth, ui};

/// The pool could not start.
#[derive(Debug, thiserror::Error)]
pub enum PoolError {
    /// The settings, with everything that is wrong in them.
    #[error("user pool settings: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Settings(Vec<SettingsError>),
    /// The listener has no address.
    #[error("the user pool's listener")]
    Listener(#[from] std::io::Error),
    /// The signing keys.
    #[error("the user pool's signing keys")]
    Key(#[from] KeyError),
    /// The state file.
    #[error(transparent)]
    StateFile(#[from] StateFileError),
    /// Work in the background was given up.
    #[error("the user pool's background work was given up")]
    Background(#[from] tokio::task::JoinError),
}

/// A user pool. [`Pool::start`] is the way to one.
#[derive(Clone)]
pub struct Pool(Arc<Inner>);

struct Inner {
    settings: PoolSettings,
    base_url: String,
    issuer: String,
    state: Mutex<State>,
    changed: Notify,
    counts: RequestCounts,
    fault: Mutex<Option<Fault>>,
    stop: watch::Receiver<bool>,
}

impl Pool {
    /// Serves a pool on a listener, which tells its address.
    ///
    /// # Errors
    /// If the settings are unsound, the state file cannot be used, or keys cannot be made.
    pub async fn start(settings: PoolSettings, listener: TcpListener) -> Result<RunningPool, PoolError> {
        let problems = settings.problems();
        if !problems.is_empty() {
            return Err(PoolError::Settings(problems));
        }
        let address = listener.local_addr()?;
        let (settings, state) = tokio::task::spawn_blocking(move || {
            let kept = settings.state_file.as_deref().map(state_file::read).transpose()?.flatten();
            let state = State::new(kept, &settings)?;
            Ok::<_, PoolError>((settings, state))
        })
        .await??;
        let (stopper, stop) = watch::channel(false);
        let pool = Self(Arc::new(Inner::new(settings, address, state, stop)));
        pool.keep();
        Ok(RunningPool::serve(pool, listener, stopper))
    }

    /// Every route of the pool.
    pub fn router(&self) -> Router {
        oauth::router(self.settings()).merge(ui::router()).fallback(ui::not_found).with_state(self.clone())
    }

    /// Where the hosted UI is, without a slash at the end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.0.base_url
    }

    /// The claim `iss`.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.0.issuer
    }

    pub(crate) fn settings(&self) -> &PoolSettings {
        &self.0.settings
    }

    /// Seconds since the Unix epoch.
    pub(crate) fn now(&self) -> u64 {
        self.0.settings.clock.now().duration_since(UNIX_EPOCH).map_or(0, |age| age.as_secs())
    }

    /// The state, held still. A panic elsewhere leaves it usable: no change to it spans more than one statement.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Has the state file written, soon.
    pub(crate) fn keep(&self) {
        self.0.changed.notify_one();
    }

    /// Writes the state file after changes until the pool stops, and once more then.
    pub(crate) async fn keep_state(self) {
        let Some(path) = self.settings().state_file.clone() else { return };
        let mut stopping = false;
        while !stopping {
            tokio::select! {
                () = self.0.changed.notified() => {}
                () = self.stopped() => stopping = true,
            }
            let text = state_file::text(&self.state()).map_err(StateFileError::from);
            let path = path.clone();
            let written = tokio::task::spawn_blocking(move || state_file::write(&path, &text?)).await;
            if let Ok(Err(error)) = written {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "the user pool's state was not kept"
                );
            }
        }
    }

    pub(crate) fn counts(&self) -> &RequestCounts {
        &self.0.counts
    }

    pub(crate) fn fault(&self) -> Option<Fault> {
        *self.0.fault.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn set_fault(&self, fault: Option<Fault>) {
        *self.0.fault.lock().unwrap_or_else(PoisonError::into_inner) = fault;
    }

    /// Waits until the pool is told to stop, or its owner is gone.
    pub(crate) async fn stopped(&self) {
        let mut stop = self.0.stop.clone();
        let _owner_gone = stop.wait_for(|&stop| stop).await;
    }

    pub(crate) fn rotation(&self) -> Rotation {
        let settings = self.settings();
        Rotation { enabled: settings.refresh_rotation, grace_seconds: settings.rotation_grace_seconds }
    }

    pub(crate) fn mint<'a>(&'a self, state: &'a State) -> Mint<'a> {
        let lifetimes = self.settings().token_lifetimes;
        Mint { keys: &state.keys, issuer: self.issuer(), lifetimes, now: self.now() }
    }
}

impl Inner {
    fn new(settings: PoolSettings, address: SocketAddr, state: State, stop: watch::Receiver<bool>) -> Self {
        let base_url = format!("http://{address}");
        let issuer = format!("{base_url}/{}", settings.pool_id);
        let (changed, counts, fault) = (Notify::new(), RequestCounts::default(), Mutex::new(None));
        Self { settings, base_url, issuer, state: Mutex::new(state), changed, counts, fault, stop }
    }
}
