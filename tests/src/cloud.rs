//! The running cloud, as a test starts it and looks into it.

mod provider;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use serde_json::Value;
use stack::api_origin::SeenRequest;
use stack::clock::Clock;
use stack::local::{Cms, CmsSettings, Stack, StackError, StackListeners, StackSettings};
use stack::pool::{IssueError, PoolError, PoolSettings, RunningPool, TokenSet};

use crate::SignInAt;
use crate::strangers_provider::{ProviderError, StrangersProvider};
pub use provider::EndedSession;

/// How long the gate's log may take to come through its pipe.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why there is no cloud.
#[derive(Debug, thiserror::Error)]
pub enum CloudError {
    /// Something that is built is not there.
    #[error("{0} is missing; `make build` makes it")]
    NotBuilt(PathBuf),
    /// No port is left.
    #[error("no port is left for the cloud")]
    Port(#[from] std::io::Error),
    /// A part did not start.
    #[error("the cloud did not start")]
    Start(#[from] StackError),
    /// The pool gives no tokens.
    #[error("the user pool gives no tokens")]
    Tokens(#[from] IssueError),
    /// The gate never wrote a line.
    #[error("expected the gate to log {0}")]
    NoEvent(String),
    /// A request did not get through.
    #[error("a request to the user pool")]
    Request(#[from] reqwest::Error),
    /// The keys do not rotate.
    #[error("the user pool's keys")]
    Keys(#[from] PoolError),
    /// The stranger's provider does not do what it is told.
    #[error(transparent)]
    Provider(#[from] ProviderError),
}

/// The whole cloud on ports of its own. It ends when it is dropped.
pub struct Cloud {
    stack: Stack,
    /// How far the pool's clock is behind, in seconds.
    behind: Arc<AtomicU64>,
    /// Where people sign in instead of at the pool.
    stranger: Option<StrangersProvider>,
}

impl Cloud {
    /// Starts the gate with everything around it but the CMS: a few pages to read, and an API that answers with what
    /// reached it. The gate also logs what it begins; `EDGE_AUTH_BINARY` puts another build of it in the place of the
    /// packaged one.
    ///
    /// # Errors
    /// If something is not built or does not start.
    pub async fn start() -> Result<Cloud, CloudError> {
        Cloud::with(SignInAt::UserPool).await
    }

    /// The same, with a gate that sends people to sign in there.
    ///
    /// # Errors
    /// If something is not built or does not start.
    pub async fn with(at: SignInAt) -> Result<Cloud, CloudError> {
        Cloud::start_on(StackListeners::anywhere().await?, at, None).await
    }

    /// Everything with the CMS behind the gate: its API as a process, its functions on their triggers, and data that is
    /// gone with this value. `BACKEND_BINARY` and `FUNCTIONS_DIR` put other builds in the place of the packaged ones.
    ///
    /// # Errors
    /// If something is not built or does not start.
    pub async fn cms() -> Result<Cloud, CloudError> {
        Cloud::cms_with(|_| {}).await
    }

    /// The same, with what `adjust` changes about the CMS.
    ///
    /// # Errors
    /// If something is not built or does not start.
    pub async fn cms_with(adjust: impl FnOnce(&mut CmsSettings)) -> Result<Cloud, CloudError> {
        let chosen = |variable: &str, usual: &str| match std::env::var_os(variable) {
            Some(path) => Ok(path.into()),
            None => built(usual),
        };
        let backend: PathBuf = chosen("BACKEND_BINARY", "dist/backend/backend")?;
        let functions: PathBuf = chosen("FUNCTIONS_DIR", "dist/functions")?;
        let mut cms = CmsSettings::new(backend, functions);
        // Whoever waits for a retry waits long enough.
        cms.first_retry_after = Duration::from_millis(100);
        adjust(&mut cms);
        let listeners = StackListeners::anywhere_with_backend().await?;
        Cloud::start_on(listeners, SignInAt::UserPool, Some(cms)).await
    }

    async fn start_on(
        listeners: StackListeners,
        at: SignInAt,
        cms: Option<CmsSettings>,
    ) -> Result<Cloud, CloudError> {
        let gate = match std::env::var_os("EDGE_AUTH_BINARY") {
            Some(gate) => gate.into(),
            None => built("dist/edge-auth/edge-auth")?,
        };
        let site = if cms.is_some() {
            built("dist/site/admin/index.html")?;
            built("dist/site")?
        } else {
            fixture_site()
        };
        let (stranger, user_pool) = match at {
            SignInAt::UserPool => (None, None),
            SignInAt::StrangersProvider => {
                let site = format!("http://localhost:{}", listeners.site.local_addr()?.port());
                let stranger = StrangersProvider::start(&site).await?;
                let user_pool = provider::configuration(&stranger).await?;
                (Some(stranger), Some(user_pool))
            }
        };
        let behind = Arc::new(AtomicU64::new(0));
        let (lag, clock) = (Arc::clone(&behind), Clock::system());
        let settings = StackSettings {
            clock: Clock::from_fn(move || clock.now() - Duration::from_secs(lag.load(Ordering::Relaxed))),
            cms,
            // A hash that is slow on purpose is most of what a sign-in costs here, and not what is tested.
            password_iterations: 100,
            adjust_gate: Box::new(move |config| {
                config["log"] = "debug".into();
                if let Some(user_pool) = &user_pool {
                    config["user_pool"] = user_pool.clone();
                }
            }),
            ..StackSettings::new(gate, site)
        };
        let stack = Stack::start(settings, listeners).await?;
        Ok(Cloud { stack, behind, stranger })
    }

    /// The CMS, where the cloud was started with it.
    #[must_use]
    pub fn running_cms(&self) -> Option<&Cms> {
        self.stack.cms()
    }

    /// The whole stack, for what is not named here.
    #[must_use]
    pub fn stack(&self) -> &Stack {
        &self.stack
    }

    /// An access token as the gate would put it in, for the API behind the gate.
    ///
    /// # Errors
    /// If there is no such user.
    pub fn access_token(&self, login: &str) -> Result<String, CloudError> {
        Ok(self.pool().issue_tokens(login, PoolSettings::LOCAL_CLIENT_ID, None)?.access_token)
    }

    /// The address of a page of the site.
    #[must_use]
    pub fn page(&self, path: &str) -> String {
        format!("{}{path}", self.stack.site_url())
    }

    /// The site's origin, such as `http://localhost:8080`.
    #[must_use]
    pub fn site(&self) -> &str {
        self.stack.site_url()
    }

    /// The user pool.
    #[must_use]
    pub fn pool(&self) -> &RunningPool {
        self.stack.pool()
    }

    /// Requests that came to the gate so far.
    #[must_use]
    pub fn requests(&self) -> u64 {
        self.stack.function().counts().invocations
    }

    /// What reached the API's origin at a path, oldest first.
    #[must_use]
    pub fn reached_api(&self, path: &str) -> Vec<SeenRequest> {
        let seen = self.stack.api().map(stack::api_origin::RunningApiOrigin::seen).unwrap_or_default();
        seen.into_iter().filter(|request| request.path == path).collect()
    }

    /// Tokens of a user of the pool whose ID and access token ended an hour ago; the refresh token still works.
    ///
    /// # Errors
    /// If there is no such user.
    pub fn ended_tokens(&self, login: &str) -> Result<TokenSet, CloudError> {
        self.behind.store(7_200, Ordering::Relaxed);
        let tokens = self.pool().issue_tokens(login, PoolSettings::LOCAL_CLIENT_ID, None);
        self.behind.store(0, Ordering::Relaxed);
        Ok(tokens?)
    }

    /// The gate's log lines of one kind so far, such as `sign_in`.
    #[must_use]
    pub fn events(&self, event: &str) -> Vec<Value> {
        let lines = self.stack.function().log_tail();
        lines.iter().filter_map(|line| read(&line.text)).filter(|line| line["event"] == event).collect()
    }

    /// Waits for the gate's log line of a kind, for a reason.
    ///
    /// # Errors
    /// If it does not come.
    pub async fn event(&self, event: &str, reason: &str) -> Result<Value, CloudError> {
        let mut log = self.stack.function().logs();
        let line = tokio::time::timeout(PATIENCE, async {
            loop {
                let line = read(&log.next_line().await.text);
                if let Some(line) = line.filter(|line| line["event"] == event && line["reason"] == reason) {
                    return line;
                }
            }
        });
        line.await.map_err(|_| CloudError::NoEvent(format!("{event} for {reason}")))
    }
}

fn read(line: &str) -> Option<Value> {
    serde_json::from_str(line).ok()
}

/// A few pages of every audience, for whoever tries the gate without the CMS.
#[must_use]
pub fn fixture_site() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/site")
}

fn built(path: &str) -> Result<PathBuf, CloudError> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    if path.exists() { Ok(path) } else { Err(CloudError::NotBuilt(path)) }
}
