//! Whether the process lives, and whether it can answer.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use serde::Serialize;
use utoipa::ToSchema;

use super::failure::{Answer, Failure};
use super::query::NoQuery;
use super::{Api, json};

/// How the API is.
#[derive(Serialize, ToSchema)]
pub(super) struct Health {
    /// `ok`.
    status: &'static str,
}

/// Whether the process lives. Asks nothing of anybody.
#[utoipa::path(get, path = "/health", tag = "api", operation_id = "health", security(()), responses(
    (status = 200, description = "it lives", body = Health)
))]
pub(super) async fn health(_: NoQuery) -> Response<Body> {
    json::ok(&Health { status: "ok" })
}

/// Whether the database answers and has every migration.
#[utoipa::path(get, path = "/ready", tag = "api", operation_id = "ready", security(()), responses(
    (status = 200, description = "it can answer", body = Health)
))]
pub(super) async fn ready(State(api): State<Api>, _: NoQuery) -> Answer<Response<Body>> {
    api.store.ready().await.map_err(|error| Failure::unavailable(&error))?;
    Ok(json::ok(&Health { status: "ok" }))
}
