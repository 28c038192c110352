//! CloudFront's own REST API (2020-05-31): invalidations, and reading the distribution. It stands on a listener of its
//! own, as AWS's endpoint does. Signatures are not checked: whoever reaches loopback may invalidate.

use std::{
    sync::Arc,
    time::{Duration, SystemTime},
};

use axum::body::Body;
use http::{HeaderName, HeaderValue, Method, Request, Response, StatusCode, header};
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use percent_encoding::percent_decode_str;

use super::{
    Distribution,
    api_xml::{self, InvalidationBatch},
    distribution_xml::{self, Facts},
    edge::Edge,
    invalidations::{Creation, Invalidation, InvalidationError, Invalidations},
    policy_xml,
};

/// 3,000 paths of 4,000 characters, and the XML around them.
const LARGEST_BATCH: usize = 16 * 1024 * 1024;
/// ListInvalidations' default and largest page.
const PAGE: usize = 100;

/// The API of one distribution.
pub(crate) struct Api {
    pub(super) edge: Arc<Edge>,
    pub(super) distribution: Distribution,
    pub(super) invalidations: Invalidations,
    /// How long an invalidation takes to reach the cache.
    pub(super) delay: Duration,
    pub(super) started: SystemTime,
}

/// Why the API refuses. Its messages are what the caller is told.
#[derive(Debug, thiserror::Error)]
enum ApiError {
    #[error("The specified distribution does not exist.")]
    NoSuchDistribution,
    #[error("The specified response headers policy does not exist.")]
    NoSuchResponseHeadersPolicy,
    #[error("The specified invalidation does not exist.")]
    NoSuchInvalidation,
    #[error("This operation requires a body.")]
    MissingBody,
    #[error("The value of Quantity and the size of Items do not match.")]
    InconsistentQuantities,
    #[error("The body is not an invalidation batch: {0}")]
    Malformed(#[from] quick_xml::DeError),
    #[error("{0}")]
    InvalidArgument(&'static str),
    #[error("Your request was refused: {0}")]
    Invalidation(#[from] InvalidationError),
    #[error("The operation is not known here.")]
    UnknownOperation,
}

impl ApiError {
    fn code(&self) -> (StatusCode, &'static str) {
        use InvalidationError as I;
        match self {
            Self::NoSuchDistribution => (StatusCode::NOT_FOUND, "NoSuchDistribution"),
            Self::NoSuchResponseHeadersPolicy => (StatusCode::NOT_FOUND, "NoSuchResponseHeadersPolicy"),
            Self::NoSuchInvalidation => (StatusCode::NOT_FOUND, "NoSuchInvalidation"),
            Self::MissingBody => (StatusCode::BAD_REQUEST, "MissingBody"),
            Self::InconsistentQuantities => (StatusCode::BAD_REQUEST, "InconsistentQuantities"),
            Self::Malformed(_) => (StatusCode::BAD_REQUEST, "MalformedXML"),
            Self::UnknownOperation => (StatusCode::NOT_FOUND, "UnknownOperationException"),
            Self::Invalidation(I::BatchTooLarge(_)) => (StatusCode::PAYLOAD_TOO_LARGE, "BatchTooLarge"),
            Self::Invalidation(I::TooManyInProgress) => {
                (StatusCode::BAD_REQUEST, "TooManyInvalidationsInProgress")
            }
            Self::Invalidation(I::BatchAlreadyExists(_)) => {
                (StatusCode::CONFLICT, "InvalidationBatchAlreadyExists")
            }
            Self::InvalidArgument(_) | Self::Invalidation(_) => (StatusCode::BAD_REQUEST, "InvalidArgument"),
        }
    }
}

impl Api {
    pub(crate) async fn answer(self: Arc<Self>, request: Request<Incoming>) -> Response<Body> {
        let request_id = self.edge.ids.request();
        let mut response = self.operation(request).await.unwrap_or_else(|error| {
            let (status, code) = error.code();
            xml(status, api_xml::error(code, &error.to_string(), &request_id))
        });
        if let Ok(id) = HeaderValue::from_str(&request_id) {
            response.headers_mut().insert(HeaderName::from_static("x-amzn-requestid"), id);
        }
        response
    }

    async fn operation(self: &Arc<Self>, request: Request<Incoming>) -> Result<Response<Body>, ApiError> {
        let path = request.uri().path().to_owned();
        let segments: Vec<&str> = path.split('/').skip(1).collect();
        let (id, rest) = match segments.as_slice() {
            ["2020-05-31", "distribution", id, rest @ ..] => (*id, rest),
            ["2020-05-31", "response-headers-policy", id] if request.method() == Method::GET => {
                return self.response_headers_policy(id);
            }
            _ => return Err(ApiError::UnknownOperation),
        };
        if id != self.edge.name.id {
            return Err(ApiError::NoSuchDistribution);
        }
        match (request.method().clone(), rest) {
            (Method::GET, []) => Ok(self.distribution()),
            (Method::GET, ["config"]) => Ok(tagged(distribution_xml::config(&self.distribution))),
            (Method::POST, ["invalidation"]) => self.create(request).await,
            (Method::GET, ["invalidation"]) => self.list(request.uri().query().unwrap_or_default()),
            (Method::GET, ["invalidation", id]) => {
                let found = self.invalidations.find(id).ok_or(ApiError::NoSuchInvalidation)?;
                Ok(xml(StatusCode::OK, api_xml::invalidation(found)))
            }
            _ => Err(ApiError::UnknownOperation),
        }
    }

    fn distribution(&self) -> Response<Body> {
        let facts = Facts { started: self.started, in_progress: self.invalidations.in_progress() };
        tagged(distribution_xml::distribution(&self.distribution, &facts))
    }

    /// The distribution's own policies; those that AWS manages are the same everywhere.
    fn response_headers_policy(&self, id: &str) -> Result<Response<Body>, ApiError> {
        let policy = self.distribution.response_headers_policies.get(id);
        let policy = policy.ok_or(ApiError::NoSuchResponseHeadersPolicy)?;
        Ok(tagged(policy_xml::response_headers_policy(id, policy, self.started)))
    }

    async fn create(self: &Arc<Self>, request: Request<Incoming>) -> Result<Response<Body>, ApiError> {
        let host =
            request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
        let place = format!("http://{host}{}", request.uri().path());
        let body = Limited::new(request.into_body(), LARGEST_BATCH).collect().await;
        let body = body.map_err(|_| ApiError::InvalidArgument("The body cannot be read."))?.to_bytes();
        let text =
            std::str::from_utf8(&body).map_err(|_| ApiError::InvalidArgument("The body is not UTF-8."))?;
        if text.trim().is_empty() {
            return Err(ApiError::MissingBody);
        }
        let batch: InvalidationBatch = quick_xml::de::from_str(text)?;
        if batch.paths.quantity != batch.paths.items.path.len() {
            return Err(ApiError::InconsistentQuantities);
        }
        if !self.edge.cache.knows_tags() && batch.paths.items.path.iter().any(|item| item.starts_with('#')) {
            return Err(ApiError::InvalidArgument("The distribution has no CacheTagConfig."));
        }
        let (id, now) = (self.edge.ids.invalidation(), self.edge.clock.now());
        let created = self.invalidations.create(id, batch.caller_reference, batch.paths.items.path, now)?;
        let invalidation = match created {
            Creation::Known(invalidation) => invalidation,
            Creation::New(invalidation) => {
                tokio::spawn(Arc::clone(self).carry_out(invalidation.clone()));
                invalidation
            }
        };
        let location = HeaderValue::try_from(format!("{place}/{}", invalidation.id));
        let mut response = xml(StatusCode::CREATED, api_xml::invalidation(invalidation));
        if let Ok(location) = location {
            response.headers_mut().insert(header::LOCATION, location);
        }
        Ok(response)
    }

    /// An invalidation is complete when what it names is gone, and nothing on its way can bring it back.
    async fn carry_out(self: Arc<Self>, invalidation: Invalidation) {
        tokio::time::sleep(self.delay).await;
        let paths = &invalidation.paths;
        let dropped = self.edge.cache.invalidate(paths);
        self.edge.flights.close(|key| {
            let url = key.url();
            // What is on its way has no tags yet: nobody else joins it.
            paths.iter().any(|path| path.is_tag() || path.matches(&url, &[]))
        });
        self.invalidations.complete(&invalidation.id);
        tracing::info!(id = invalidation.id, paths = paths.len(), dropped, "invalidation completed");
    }

    fn list(&self, query: &str) -> Result<Response<Body>, ApiError> {
        let value = |name: &str| {
            let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            let mut named = pairs.filter(|(key, _)| *key == name);
            named.next().map(|(_, value)| percent_decode_str(value).decode_utf8_lossy().into_owned())
        };
        let max_items = match value("MaxItems").map(|text| text.parse::<usize>()) {
            None => PAGE,
            Some(Ok(given)) if given > 0 => given.min(PAGE),
            Some(_) => return Err(ApiError::InvalidArgument("MaxItems is not a positive number.")),
        };
        let marker = value("Marker").filter(|marker| !marker.is_empty());
        let page = self.invalidations.page(marker.as_deref(), max_items);
        let page = page.ok_or(ApiError::InvalidArgument("Marker names no invalidation."))?;
        Ok(xml(StatusCode::OK, api_xml::list(page, marker.as_deref().unwrap_or_default(), max_items)))
    }
}

/// A document of the distribution or of a policy. It never changes while the stack runs, and so its version does not.
fn tagged(document: String) -> Response<Body> {
    let mut response = xml(StatusCode::OK, document);
    response.headers_mut().insert(header::ETAG, HeaderValue::from_static("E1LOCAL"));
    response
}

fn xml(status: StatusCode, document: String) -> Response<Body> {
    let mut response = Response::new(Body::from(document));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/xml"));
    response
}
