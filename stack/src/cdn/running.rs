//! Starting a distribution on two listeners, one for viewers and one for the API, and stopping it.

use std::{collections::HashMap, fmt, io, net::SocketAddr, sync::Arc, time::Duration};

use http::HeaderName;
use tokio::net::TcpListener;

use super::{
    CdnStats, Distribution, DistributionProblem, OriginTarget, ViewerRequestFunction, api::Api,
    behavior::Behaviors, cache::Cache, edge::Edge, flight::Flights, freshness::ErrorTtls,
    invalidations::Invalidations, origin::OriginClient, request_id::Ids, stats::Counters,
};
use crate::{clock::Clock, http_server::HttpServer, viewer_request::DistributionName};

/// What a CDN is made of.
#[derive(Clone)]
pub struct CdnSettings {
    /// The distribution that it serves.
    pub distribution: Distribution,
    /// Where each origin stands, by its id in the distribution.
    pub origins: HashMap<String, OriginTarget>,
    /// The function, called by the behaviors that associate it.
    pub function: Option<Arc<dyn ViewerRequestFunction>>,
    /// Says how old what is in the cache is.
    pub clock: Clock,
    /// Memory for the cache, in bytes.
    pub cache_bytes: usize,
    /// How long connecting to an origin may take.
    pub connect_timeout: Duration,
    /// How long an origin may take to start its answer.
    pub response_timeout: Duration,
    /// How long an invalidation takes to reach the cache.
    pub invalidation_delay: Duration,
}

impl CdnSettings {
    /// CloudFront's timeouts, 256 MiB of cache, invalidations that take a tenth of a second, no function.
    #[must_use]
    pub fn new(distribution: Distribution, origins: HashMap<String, OriginTarget>) -> Self {
        Self {
            distribution,
            origins,
            function: None,
            clock: Clock::system(),
            cache_bytes: 256 * 1024 * 1024,
            connect_timeout: Duration::from_secs(10),
            response_timeout: Duration::from_secs(30),
            invalidation_delay: Duration::from_millis(100),
        }
    }
}

impl fmt::Debug for CdnSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CdnSettings").field("distribution", &self.distribution.id).finish_non_exhaustive()
    }
}

/// Why a CDN does not start.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CdnError {
    /// The distribution is wrong; all problems at once.
    #[error("the distribution cannot be served: {}", list(.0))]
    Distribution(Vec<DistributionProblem>),
    /// A behavior associates a function, and there is none.
    #[error("a cache behavior associates a function, but none is given")]
    NoFunction,
    /// Cache tags are to be read from what is no header field.
    #[error("CacheTagConfig: HeaderName is not the name of a header field")]
    CacheTagHeader,
    /// A listener is of no use.
    #[error("a listener cannot be served")]
    Listener(#[from] io::Error),
}

fn list(problems: &[DistributionProblem]) -> String {
    problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// A running CDN. It ends, with all its connections, when it is stopped or dropped.
pub struct RunningCdn {
    edge: Arc<Edge>,
    api: Arc<Api>,
    viewers: HttpServer,
    admin: HttpServer,
}

impl RunningCdn {
    /// Serves viewers on one listener and CloudFront's API on the other.
    ///
    /// # Errors
    /// When the distribution cannot be served, or a listener cannot.
    pub fn start(settings: CdnSettings, viewers: TcpListener, admin: TcpListener) -> Result<Self, CdnError> {
        let behaviors = behaviors(&settings)?;
        let config = settings.distribution.distribution_config.clone();
        let started = settings.clock.now();
        let tags_in = match &config.cache_tag_config {
            None => None,
            Some(tags) => {
                Some(HeaderName::try_from(&tags.header_name).map_err(|_| CdnError::CacheTagHeader)?)
            }
        };
        let edge = Arc::new(Edge {
            name: DistributionName {
                domain_name: settings.distribution.domain_name.clone(),
                id: settings.distribution.id.clone(),
            },
            enabled: config.enabled,
            aliases: config.aliases,
            default_root_object: config.default_root_object.trim_start_matches('/').to_owned(),
            behaviors,
            function: settings.function,
            cache: Cache::new(settings.cache_bytes).with_tags_in(tags_in),
            flights: Flights::default(),
            client: OriginClient::new(settings.connect_timeout, settings.response_timeout),
            errors: ErrorTtls::new(&config.custom_error_responses),
            clock: settings.clock,
            ids: Ids::new(started),
            counters: Counters::default(),
        });
        let invalidations = Invalidations::default();
        let api = Arc::new(Api {
            edge: Arc::clone(&edge),
            distribution: settings.distribution,
            invalidations,
            delay: settings.invalidation_delay,
            started,
        });
        let (serving, asked) = (Arc::clone(&edge), Arc::clone(&api));
        Ok(Self {
            api,
            viewers: HttpServer::start(viewers, move |request, peer| {
                Arc::clone(&serving).answer(request, peer)
            })?,
            admin: HttpServer::start(admin, move |request, _| Arc::clone(&asked).answer(request))?,
            edge,
        })
    }

    /// The id of its distribution.
    #[must_use]
    pub fn distribution_id(&self) -> &str {
        &self.edge.name.id
    }

    /// Where viewers connect.
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.viewers.addr()
    }

    /// Where CloudFront's API is.
    #[must_use]
    pub fn admin_addr(&self) -> SocketAddr {
        self.admin.addr()
    }

    /// CloudFront's API, for a listener that answers for other services too.
    pub(crate) fn api(&self) -> Arc<Api> {
        Arc::clone(&self.api)
    }

    /// What it has done so far.
    #[must_use]
    pub fn stats(&self) -> CdnStats {
        self.edge.counters.snapshot(self.edge.cache.occupancy())
    }

    /// Stops both listeners and closes every connection.
    pub async fn stop(self) {
        self.viewers.stop().await;
        self.admin.stop().await;
    }
}

impl fmt::Debug for RunningCdn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RunningCdn").field("addr", &self.addr()).field("admin", &self.admin_addr()).finish()
    }
}

fn behaviors(settings: &CdnSettings) -> Result<Behaviors, CdnError> {
    let resolved = Behaviors::resolve(&settings.distribution, &settings.origins);
    let pages = settings.distribution.distribution_config.custom_error_responses.iter();
    let pages =
        pages.filter(|response| response.response_page_path.is_some() || response.response_code.is_some());
    let pages: Vec<_> = pages.map(|response| DistributionProblem::ErrorPage(response.error_code)).collect();
    let behaviors = match resolved {
        Ok(behaviors) if pages.is_empty() => behaviors,
        resolved => {
            let problems = resolved.err().into_iter().flatten().chain(pages).collect();
            return Err(CdnError::Distribution(problems));
        }
    };
    if behaviors.call_function() && settings.function.is_none() {
        return Err(CdnError::NoFunction);
    }
    Ok(behaviors)
}
