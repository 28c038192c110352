//! The whole cloud on this machine: one call starts all of it, on the listeners that it is given.
//!
//! People get it from `make up`, tests in-process on port 0: it is the same either way.

mod aws_endpoint;
mod banner;
mod bucket_policy;
mod cms;
mod edge_function;
mod first_site;
mod gate_package;
mod ports;
mod settings;
mod site;

use std::collections::HashMap;
use std::sync::Arc;

pub use aws_endpoint::{AwsEndpoint, AwsServices};
pub use banner::Banner;
pub use bucket_policy::BucketPolicyError;
pub use cms::{Cms, CmsError, CmsSettings};
pub use first_site::{ApiError, FirstSiteError};
pub use ports::{PortError, Ports};
pub use settings::{ApiOrigin, StackListeners, StackSettings};
pub use site::{Site, SiteError};

use crate::api_origin::RunningApiOrigin;
use crate::backend;
use crate::bucket::Bucket;
use crate::cdn::{CdnError, CdnSettings, OriginTarget, RunningCdn};
use crate::function_host::{FunctionHost, HostSettings};
use crate::pool::{Pool, PoolSettings, RunningPool};
use cms::Prepared;
use edge_function::EdgeFunction;
use gate_package::GatePackage;

/// The running cloud. It ends when it is stopped or dropped, with every process and file it made.
pub struct Stack {
    site_url: String,
    cdn: RunningCdn,
    pool: RunningPool,
    function: Arc<FunctionHost>,
    api: Option<RunningApiOrigin>,
    bucket: Bucket,
    aws_endpoint: AwsEndpoint,
    cms: Option<Cms>,
    package: GatePackage,
}

/// Why the cloud did not start.
#[derive(Debug, thiserror::Error)]
pub enum StackError {
    /// The user pool did not.
    #[error("the user pool did not start")]
    Pool(#[from] crate::pool::PoolError),
    /// The gate's package could not be put together.
    #[error("the gate's package could not be put together")]
    Package(#[source] std::io::Error),
    /// The site's files could not be loaded.
    #[error("the site could not be loaded into the bucket")]
    Files(#[from] crate::bucket::FolderError),
    /// The function host did not start.
    #[error("the function host did not start")]
    Function(#[from] crate::function_host::HostError),
    /// The CDN did not start.
    #[error("the CDN did not start")]
    Cdn(#[from] CdnError),
    /// The site's template cannot be served.
    #[error("infra/site.yaml cannot be served")]
    Template(#[from] SiteError),
    /// The CMS does not run.
    #[error("the CMS did not start")]
    Cms(#[from] cms::CmsError),
    /// A port is held for the CMS's API, and there is no CMS.
    #[error("expected the CMS's settings beside a port for its API")]
    NoCms,
    /// A listener is of no use.
    #[error("a listener cannot be served")]
    Listener(#[from] std::io::Error),
}

impl Stack {
    /// Starts everything. When it returns, everything answers.
    ///
    /// # Errors
    /// A [`StackError`] that names the part which did not start.
    pub async fn start(settings: StackSettings, listeners: StackListeners) -> Result<Stack, StackError> {
        let site_url = format!("http://localhost:{}", listeners.site.local_addr()?.port());
        let endpoint = format!("http://{}", listeners.bucket_api.local_addr()?);
        let site = Site::with_uploads_to(&endpoint)?;
        let cms = match settings.cms {
            Some(cms) => Some(Prepared::new(cms, &site, &site_url, endpoint, settings.clock.clone()).await?),
            None => None,
        };
        let pool_settings = PoolSettings {
            clock: settings.clock.clone(),
            token_lifetimes: settings.token_lifetimes,
            refresh_rotation: settings.refresh_rotation,
            rotation_grace_seconds: settings.rotation_grace_seconds,
            password_iterations: settings.password_iterations,
            post_authentication: cms.as_ref().and_then(Prepared::post_authentication),
            state_file: settings.pool_state.or_else(|| cms.as_ref().map(Prepared::pool_state)),
            ..PoolSettings::local(&site_url)
        };
        let pool = Pool::start(pool_settings, listeners.pool).await?;
        let package =
            GatePackage::new(&site_url, &pool, &settings.adjust_gate).map_err(StackError::Package)?;
        let host = HostSettings {
            instances: settings.instances,
            ..HostSettings::new(&settings.gate, package.folder())
        };
        let function = Arc::new(FunctionHost::start(host).await?);
        let bucket = match &cms {
            Some(cms) => cms.site_bucket.clone(),
            None => Bucket::with_settings(site.bucket_settings(settings.clock.clone())),
        };
        bucket.load_folder(&settings.site, &site.prefix)?;
        let (api, api_uri, place) = match listeners.api {
            ApiOrigin::Here(listener) => {
                let api = RunningApiOrigin::start(listener)?;
                let uri = backend::uri(api.addr());
                (Some(api), uri, None)
            }
            ApiOrigin::Elsewhere(uri) => (None, uri, None),
            ApiOrigin::Backend(place) => (None, backend::uri(place.address()), Some(place)),
        };
        let origins = HashMap::from([
            (site::SITE_ORIGIN.to_owned(), OriginTarget::Bucket(bucket.clone())),
            (site::API_ORIGIN.to_owned(), OriginTarget::Http(api_uri)),
        ]);
        let cdn = CdnSettings {
            function: Some(Arc::new(EdgeFunction::new(Arc::clone(&function)))),
            clock: settings.clock,
            ..CdnSettings::new(site.distribution.clone(), origins)
        };
        let cdn = RunningCdn::start(cdn, listeners.site, listeners.cdn_api)?;
        let aws_endpoint = match &cms {
            Some(cms) => AwsEndpoint::serve(cms.services.clone(), &cdn, listeners.bucket_api)?,
            None => AwsEndpoint::start(bucket.clone(), &cdn, listeners.bucket_api)?,
        };
        let cms = match cms {
            Some(cms) => Some(cms.start(&site, &site_url, &pool, &package, place).await?),
            None if place.is_some() => return Err(StackError::NoCms),
            None => None,
        };
        Ok(Stack { site_url, cdn, pool, function, api, bucket, aws_endpoint, cms, package })
    }

    /// Where readers and editors open the site, such as `http://localhost:8080`.
    #[must_use]
    pub fn site_url(&self) -> &str {
        &self.site_url
    }

    /// The CDN.
    #[must_use]
    pub fn cdn(&self) -> &RunningCdn {
        &self.cdn
    }

    /// The user pool.
    #[must_use]
    pub fn pool(&self) -> &RunningPool {
        &self.pool
    }

    /// The gate, as the function host runs it.
    #[must_use]
    pub fn function(&self) -> &FunctionHost {
        &self.function
    }

    /// The API origin, unless it is another one.
    #[must_use]
    pub fn api(&self) -> Option<&RunningApiOrigin> {
        self.api.as_ref()
    }

    /// The bucket.
    #[must_use]
    pub fn bucket(&self) -> &Bucket {
        &self.bucket
    }

    /// The API of the bucket and of the distribution, for deployments.
    #[must_use]
    pub fn aws_endpoint(&self) -> &AwsEndpoint {
        &self.aws_endpoint
    }

    /// The CMS, if there is one.
    #[must_use]
    pub fn cms(&self) -> Option<&Cms> {
        self.cms.as_ref()
    }

    /// The folder with the gate's `edge-auth.json`.
    #[must_use]
    pub fn package(&self) -> &std::path::Path {
        self.package.folder()
    }

    /// Stops everything and waits until it is gone.
    pub async fn stop(self) {
        let Stack { cdn, pool, function, api, aws_endpoint, cms, .. } = self;
        cdn.stop().await;
        if let Some(cms) = cms {
            cms.stop().await;
        }
        aws_endpoint.stop().await;
        if let Some(api) = api {
            api.stop().await;
        }
        // The CDN held the only other reference.
        if let Some(function) = Arc::into_inner(function) {
            function.stop().await;
        }
        pool.stop().await;
    }
}
