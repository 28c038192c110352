//! `GET /releases/{id}`.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use content::permission::Permission;
use content::wire::{Release, ReleaseId};

use crate::http::caller::Caller;
use crate::http::failure::Answer;
use crate::http::path::Id;
use crate::http::query::NoQuery;
use crate::http::{Api, json};

/// How far a release is. Asking drives it forward, because on Lambda nothing runs after an answer.
#[utoipa::path(get, path = "/releases/{id}", tag = "releases", operation_id = "read_release",
    params(("id" = String, Path, description = "the release")),
    responses((status = 200, description = "the release", body = Release)))]
pub(crate) async fn read_release(
    State(api): State<Api>,
    caller: Caller,
    Id(id): Id,
    _: NoQuery,
) -> Answer<Response<Body>> {
    api.verifier.require(&caller, Permission::EntriesRead)?;
    let release = api.release(&ReleaseId(id)).await?;
    Ok(json::ok(&api.driven(release).await?))
}
