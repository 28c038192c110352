//! `DELETE /redirects`.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use content::permission::Permission;

use crate::http::caller::Caller;
use crate::http::failure::{Answer, Failure};
use crate::http::query::Query;
use crate::http::{Api, json};

/// Takes a redirect away.
#[utoipa::path(delete, path = "/redirects", tag = "redirects", operation_id = "delete_redirect",
    params(("from" = String, Query, description = "the former address")),
    responses(
        (status = 204, description = "it is gone"),
        (status = 404, description = "there is no such redirect")
    ))]
pub(crate) async fn delete_redirect(
    State(api): State<Api>,
    caller: Caller,
    mut query: Query,
) -> Answer<Response<Body>> {
    api.verifier.require(&caller, Permission::EntriesPublish)?;
    let from =
        query.text("from").ok_or_else(|| Failure::bad_request("the query parameter from is missing"))?;
    query.finish()?;
    api.store.delete_redirect(&caller.actor(), &from).await.map_err(Failure::from)?;
    api.drive().await;
    Ok(json::nothing())
}
