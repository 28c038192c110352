//! What can be set about the cloud on this machine.

use std::path::PathBuf;

use http::Uri;
use tokio::net::TcpListener;

use super::cms::CmsSettings;
use crate::backend::Place;
use crate::clock::Clock;
use crate::pool::{PoolSettings, TokenLifetimes};

/// The cloud's parts, as far as they can be chosen.
pub struct StackSettings {
    /// The gate's binary: the very one that is packaged.
    pub gate: PathBuf,
    /// The built site.
    pub site: PathBuf,
    /// How many instances of the gate may run at once.
    pub instances: usize,
    /// How long tokens live. Short ones let renewal be watched.
    pub token_lifetimes: TokenLifetimes,
    /// Whether the pool gives a new refresh token with every renewal.
    pub refresh_rotation: bool,
    /// How long the old one still works then, in seconds, at most 60.
    pub rotation_grace_seconds: u64,
    /// PBKDF2-HMAC-SHA512 iterations for the pool's passwords; tests lower them.
    pub password_iterations: u32,
    /// Where the pool keeps its people, keys and refresh tokens from one start to the next; without it, in memory.
    pub pool_state: Option<PathBuf>,
    /// The time of the pool, the bucket and the CDN. The gate reads the machine's own.
    pub clock: Clock,
    /// The CMS beside the gate; without it, the API's origin answers with what reaches it.
    pub cms: Option<CmsSettings>,
    /// Changes the gate's configuration before it is written.
    pub adjust_gate: Box<dyn Fn(&mut serde_json::Value) + Send + Sync>,
}

impl StackSettings {
    /// The cloud as `make up` starts it.
    #[must_use]
    pub fn new(gate: impl Into<PathBuf>, site: impl Into<PathBuf>) -> StackSettings {
        StackSettings {
            gate: gate.into(),
            site: site.into(),
            instances: 4,
            token_lifetimes: TokenLifetimes::default(),
            refresh_rotation: true,
            rotation_grace_seconds: 60,
            password_iterations: PoolSettings::RECOMMENDED_ITERATIONS,
            pool_state: None,
            clock: Clock::system(),
            cms: None,
            adjust_gate: Box::new(|_| {}),
        }
    }
}

/// Where everything listens.
pub struct StackListeners {
    /// The site, behind the CDN.
    pub site: TcpListener,
    /// The user pool with its hosted UI.
    pub pool: TcpListener,
    /// The API's origin.
    pub api: ApiOrigin,
    /// CloudFront's own API alone.
    pub cdn_api: TcpListener,
    /// AWS's endpoint: the APIs of everything that the project needs of AWS.
    pub bucket_api: TcpListener,
}

/// What stands behind `/api/*`.
pub enum ApiOrigin {
    /// The origin that answers with what reached it.
    Here(TcpListener),
    /// Any other.
    Elsewhere(Uri),
    /// The CMS's own API, as a process that listens there. It needs the CMS's settings.
    Backend(Place),
}

impl StackListeners {
    /// Ports that the operating system chooses.
    ///
    /// # Errors
    /// When there is none left.
    pub async fn anywhere() -> std::io::Result<StackListeners> {
        let free = || TcpListener::bind("127.0.0.1:0");
        Ok(StackListeners {
            site: free().await?,
            pool: free().await?,
            api: ApiOrigin::Here(free().await?),
            cdn_api: free().await?,
            bucket_api: free().await?,
        })
    }

    /// The same, with a port for the CMS's own API.
    ///
    /// # Errors
    /// When there is none left.
    pub async fn anywhere_with_backend() -> std::io::Result<StackListeners> {
        Ok(StackListeners { api: ApiOrigin::Backend(Place::take(0)?), ..StackListeners::anywhere().await? })
    }
}
