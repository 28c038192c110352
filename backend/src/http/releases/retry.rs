//! `POST /releases/{id}/retry`.

use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use content::permission::Permission;
use content::wire::{Release, ReleaseId};

use crate::http::caller::Caller;
use crate::http::failure::Answer;
use crate::http::path::Id;
use crate::http::query::NoQuery;
use crate::http::{Api, PREFIX, json};

/// Tries a release again that has failed.
#[utoipa::path(post, path = "/releases/{id}/retry", tag = "releases", operation_id = "retry_release",
    params(("id" = String, Path, description = "the release")),
    responses((status = 202, description = "the release, queued again", body = Release,
        headers(("location" = String, description = "where the release is")))))]
pub(crate) async fn retry_release(
    State(api): State<Api>,
    caller: Caller,
    Id(id): Id,
    _: NoQuery,
) -> Answer<Response<Body>> {
    api.verifier.require(&caller, Permission::EntriesPublish)?;
    let release = api.desk().retry_release(&caller, &ReleaseId(id)).await?;
    let release = api.driven(release).await?;
    Ok(json::located(StatusCode::ACCEPTED, &format!("{PREFIX}/releases/{}", release.id), &release))
}
