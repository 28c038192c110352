//! The API over HTTP, one endpoint a file: what is asked, who asks, and what is answered.

mod activity;
mod body;
mod caller;
mod desk;
mod documentation;
mod driving;
mod entries;
mod failure;
mod health;
mod idempotency;
mod json;
mod key_ring;
mod me;
mod media;
mod members;
mod observe;
mod openapi;
mod path;
mod precondition;
mod query;
mod reading;
mod redirects;
mod releases;
mod revisions;
mod search;
mod sections;
mod sign_ins;
mod site;
mod tags;

use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::routing::get;
use serde_json::Value;
use utoipa::OpenApi as _;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub use caller::Verifier;
pub use driving::Driver;
pub use key_ring::{Fetch, FetchError, Fetching, KeyRing};

use crate::ambient::Ambient;
use crate::audiences::Audiences;
use crate::media::Uploads;
use crate::publishing::Publisher;
use crate::records::Records;
use crate::store::Store;
use desk::Desk;
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
    /// Everything that is kept.
    pub store: Store,
    /// Takes releases to the site.
    pub publisher: Arc<Publisher>,
    /// Who drives it.
    pub driver: Driver,
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
    pub fn router(&self) -> Router {
        let (endpoints, _) = endpoints().split_for_parts();
        let files = Router::new()
            .route("/docs/start.js", get(documentation::start))
            .route("/docs/swagger-ui-bundle.js", get(documentation::bundle))
            .route("/docs/swagger-ui.css", get(documentation::style));
        Router::new()
            .nest(PREFIX, endpoints.merge(files))
            .fallback(async || Failure::not_found("address"))
            .method_not_allowed_fallback(async || Failure::method_not_allowed())
            .layer(DefaultBodyLimit::disable())
            .layer(middleware::from_fn_with_state(self.clone(), idempotency::once))
            .layer(middleware::from_fn(in_time))
            .layer(middleware::from_fn_with_state(self.clone(), observe::observe))
            .with_state(self.clone())
    }

    fn desk(&self) -> Desk<'_> {
        Desk::new(self)
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
        .routes(routes!(health::health))
        .routes(routes!(health::ready))
        .routes(routes!(me::read::read_me, me::save::save_me))
        .routes(routes!(site::read::read_site, site::save::save_site))
        .routes(routes!(sections::list::list_sections, sections::create::create_section))
        .routes(routes!(sections::save::save_section, sections::delete::delete_section))
        .routes(routes!(entries::list::list_entries, entries::create::create_entry))
        .routes(routes!(entries::bulk::change_entries))
        .routes(routes!(entries::read::read_entry, entries::save::save_entry, entries::delete::delete_entry))
        .routes(routes!(entries::publish::publish_entry))
        .routes(routes!(entries::unpublish::unpublish_entry))
        .routes(routes!(entries::schedule::schedule_entry, entries::unschedule::unschedule_entry))
        .routes(routes!(entries::restore::restore_entry))
        .routes(routes!(entries::preview::preview_entry))
        .routes(routes!(entries::presence::be_present))
        .routes(routes!(revisions::list::list_revisions))
        .routes(routes!(revisions::read::read_revision))
        .routes(routes!(revisions::restore::restore_revision))
        .routes(routes!(releases::read::read_release))
        .routes(routes!(releases::retry::retry_release))
        .routes(routes!(
            redirects::list::list_redirects,
            redirects::create::create_redirect,
            redirects::delete::delete_redirect
        ))
        .routes(routes!(media::list::list_media, media::create::create_media))
        .routes(routes!(media::read::read_media, media::save::save_media, media::delete::delete_media))
        .routes(routes!(media::copy::copy_media))
        .routes(routes!(media::replace::replace_media, media::replace::keep_media))
        .routes(routes!(tags::list_tags))
        .routes(routes!(activity::list_activity))
        .routes(routes!(sign_ins::list_sign_ins))
        .routes(routes!(search::search))
}

async fn in_time(request: axum::extract::Request, next: middleware::Next) -> axum::response::Response {
    use axum::response::IntoResponse as _;
    match tokio::time::timeout(TIMEOUT, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Failure::request_timeout().into_response(),
    }
}
