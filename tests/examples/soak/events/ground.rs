//! What the run stands on: a user pool, sessions at it, and one instance of the gate.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use anyhow::{Context, ensure};
use serde_json::{Value, json};
use stack::clock::Clock;
use stack::function_host::{FunctionHost, HostSettings};
use stack::pool::{Pool, PoolSettings, RunningPool, TokenLifetimes, TokenSet};
use tempfile::TempDir;
use tokio::net::TcpListener;

use super::event::HOST;
use tests::process;

const CLIENT: &str = PoolSettings::LOCAL_CLIENT_ID;
/// So many that the gate, which remembers 256, has long forgotten each when it comes again.
const SESSIONS: usize = 5_000;
/// Longer than any run, in seconds.
const DAY: u64 = 86_400;

/// Everything, until it is dropped.
pub(super) struct Ground {
    pub(super) host: FunctionHost,
    pub(super) sessions: Sessions,
    task_root: TempDir,
    _pool: RunningPool,
}

/// Sessions of the pool's people.
pub(super) struct Sessions {
    /// Alive, each of one sign-in more.
    pub(super) living: Vec<Session>,
    /// Of somebody who is in the group `editors`, alive.
    pub(super) editor: Session,
    /// Whose tokens ended a while ago.
    pub(super) ended: Session,
}

impl Sessions {
    /// Those of a reader, who is in no group.
    pub(super) fn living_cookies(&self) -> String {
        self.living.first().map(Session::cookies).unwrap_or_default()
    }
}

/// The tokens of a session.
pub(super) struct Session {
    pub(super) id: String,
    pub(super) access: String,
    pub(super) refresh: String,
}

impl Session {
    fn of(tokens: TokenSet) -> anyhow::Result<Session> {
        let id = tokens.id_token.context("the pool gave no ID token")?;
        let refresh = tokens.refresh_token.context("the pool gave no refresh token")?;
        Ok(Session { id, access: tokens.access_token, refresh })
    }

    /// As a browser sends it.
    pub(super) fn cookies(&self) -> String {
        format!(
            "__Host-id-token={}; __Host-access-token={}; __Host-refresh-token={}; theme=dark",
            self.id, self.access, self.refresh
        )
    }
}

impl Ground {
    /// Starts the pool, signs everything, and takes the gate on.
    pub(super) async fn prepare() -> anyhow::Result<Ground> {
        let behind = Arc::new(AtomicU64::new(0));
        let pool = pool(&behind).await?;
        let issue = |user: &str| Session::of(pool.issue_tokens(user, CLIENT, None)?);
        let living = (0..SESSIONS).map(|_| issue("reader")).collect::<Result<_, _>>()?;
        let editor = issue("editor")?;
        behind.store(2 * DAY, Ordering::Relaxed);
        let ended = issue("editor")?;
        behind.store(0, Ordering::Relaxed);
        let task_root = TempDir::new()?;
        fs::write(task_root.path().join("edge-auth.json"), config(&pool).to_string())?;
        let settings = HostSettings { instances: 1, ..HostSettings::new(binary()?, task_root.path()) };
        let host = FunctionHost::start(settings).await?;
        Ok(Ground { host, sessions: Sessions { living, editor, ended }, task_root, _pool: pool })
    }

    /// The instance's process: the one that runs in its folder.
    pub(super) fn process(&self) -> anyhow::Result<u32> {
        let processes = process::running_in(self.task_root.path())?;
        processes.first().copied().context("the instance is gone")
    }
}

/// A pool whose clock is behind by so many seconds.
async fn pool(behind: &Arc<AtomicU64>) -> anyhow::Result<RunningPool> {
    let (lag, clock) = (Arc::clone(behind), Clock::system());
    let settings = PoolSettings {
        clock: Clock::from_fn(move || clock.now() - Duration::from_secs(lag.load(Ordering::Relaxed))),
        token_lifetimes: TokenLifetimes { id_seconds: DAY, access_seconds: DAY, ..TokenLifetimes::default() },
        // The same session is renewed again and again.
        refresh_rotation: false,
        password_iterations: 100,
        ..PoolSettings::local(&format!("http://{HOST}"))
    };
    Ok(Pool::start(settings, TcpListener::bind("127.0.0.1:0").await?).await?)
}

/// The binary that is deployed, or the one that `EDGE_AUTH_BINARY` names.
fn binary() -> anyhow::Result<PathBuf> {
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).join("../dist/edge-auth/edge-auth");
    let path = std::env::var_os("EDGE_AUTH_BINARY").map_or(built, PathBuf::from);
    ensure!(path.is_file(), "{} is missing: make it with `make build`", path.display());
    Ok(path)
}

/// The package's example, before this pool, with its keys baked in.
fn config(pool: &RunningPool) -> Value {
    json!({
        "hosts": [HOST],
        "user_pool": {
            "issuers": [pool.issuer()],
            "jwks_uri": pool.jwks_uri(),
            "jwks": pool.jwks(),
            "domain": pool.base_url(),
            "client_id": CLIENT,
            "scopes": ["openid", "email", "profile"],
        },
        "cookies": { "layout": "host", "sealing_keys": ["c2VhbGluZyBrZXkgb2YgdGhlIGxvbmcgcnVuIHRlc3Q"] },
        "session": { "renew_within_seconds": 300 },
        "routes": [
            { "path": "/public/*", "kind": "site", "access": "public" },
            { "path": "/api/*", "kind": "api", "access": "signed-in" },
            { "path": "/admin/*", "kind": "app", "access": { "groups": ["editors"] }, "entry": "/admin/index.html" },
            { "path": "/*", "kind": "site", "access": "signed-in" },
        ],
        "log": "info",
    })
}
