//! `GET /me`.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use content::wire::Me;

use crate::http::caller::Caller;
use crate::http::failure::Answer;
use crate::http::query::NoQuery;
use crate::http::{Api, json};

/// Who asks, and what they may do.
#[utoipa::path(get, path = "/me", tag = "me", operation_id = "read_me", responses(
    (status = 200, description = "the person of the access token", body = Me)
))]
pub(crate) async fn read_me(State(api): State<Api>, caller: Caller, _: NoQuery) -> Answer<Response<Body>> {
    Ok(json::ok(&super::describe(&api, &caller).await?))
}
