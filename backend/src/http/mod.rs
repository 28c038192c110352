//! The API over HTTP, one endpoint a file: what is asked, who asks, and what is answered.

mod caller;
mod documentation;
mod failure;
mod json;
mod key_ring;
mod members;
mod observe;
mod openapi;
mod precondition;
mod query;

use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::HeaderMap;
use axum::middleware;
use axum::routing::get;
use serde_json::Value;
use utoipa::OpenApi as _;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use caller::Verifier;
pub use key_ring::{Fetch, FetchError, Fetching, KeyRing};

use crate::ambient::Ambient;
use crate::audiences::Audiences;
use crate::media::Uploads;
use crate::records::Records;
use failure::Failure;

/// Where the API is.
pub const PREFIX: &str = "/api/v1";

/// How long a request may take.
const TIMEOUT: Duration = Duration::from_secs(25);

/// What endpoints work with.
pub struct Parts {
    /// Whose access tokens are taken.
    pub verifier: Verifier,
    /// Time and randomness.
    pub ambient: Ambient,
    /// Who may read which path.
    pub audiences: Audiences,
    /// What the functions recorded.
    pub records: Arc<dyn Records>,
    /// Where uploads go.
    pub uploads: Uploads,
    /// Values of `x-origin-secret` of which a request must have one.
    pub origin_secrets: Vec<String>,
    /// Takes a line of metrics for each request.
    pub log: Box<dyn Fn(&str) + Send + Sync>,
}

/// The API.
#[derive(Clone)]
pub struct Api(Arc<Parts>);

impl Api {
    /// An API of these parts.
    #[must_use]
    pub fn new(parts: Parts) -> Api {
        Api(Arc::new(parts))
    }

    /// Everything that it answers.
    #[must_use]
    pub fn router(&self) -> Router {
        let (endpoints, _) = endpoints().split_for_parts();
        let files = Router::new()
            .route("/docs/start.js", get(documentation::start))
            .route("/docs/swagger-ui-bundle.js", get(documentation::bundle))
            .route("/docs/swagger-ui.css", get(documentation::style));
        Router::new()
            .nest(PREFIX, endpoints.merge(files))
            .fallback(async || Failure::not_found("address"))
            .method_not_allowed_fallback(method_not_allowed)
            .layer(DefaultBodyLimit::disable())
            .layer(middleware::from_fn(in_time))
            .layer(middleware::from_fn_with_state(self.clone(), observe::observe))
            .with_state(self.clone())
    }

    fn log(&self, line: &str) {
        (self.0.log)(line);
    }
}

impl Deref for Api {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

/// The API's description (OpenAPI 3.1).
#[must_use]
pub fn document() -> Value {
    openapi::finished(&endpoints().into_openapi())
}

fn endpoints() -> OpenApiRouter<Api> {
    OpenApiRouter::with_openapi(openapi::Base::openapi())
        .routes(routes!(documentation::document))
        .routes(routes!(documentation::page))
}

async fn method_not_allowed(headers: HeaderMap) -> Failure {
    let _ = headers;
    Failure::method_not_allowed("")
}

async fn in_time(request: axum::extract::Request, next: middleware::Next) -> axum::response::Response {
    use axum::response::IntoResponse as _;
    match tokio::time::timeout(TIMEOUT, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Failure::request_timeout().into_response(),
    }
}
