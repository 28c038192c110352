//! `POST /entries/{id}/unpublish`.

use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use content::permission::Permission;
use content::wire::{EntryId, Release};

use crate::http::caller::Caller;
use crate::http::failure::Answer;
use crate::http::path::Id;
use crate::http::precondition::IfMatch;
use crate::http::query::NoQuery;
use crate::http::{Api, PREFIX, json};

/// Takes an entry off the site. What was there leaves a 404.
#[utoipa::path(post, path = "/entries/{id}/unpublish", tag = "entries", operation_id = "unpublish_entry",
    params(("id" = String, Path, description = "the entry")),
    responses((status = 202, description = "the release", body = Release,
        headers(("location" = String, description = "where the release is")))))]
pub(crate) async fn unpublish_entry(
    State(api): State<Api>,
    caller: Caller,
    Id(id): Id,
    _: NoQuery,
    if_match: IfMatch,
) -> Answer<Response<Body>> {
    api.verifier.require(&caller, Permission::EntriesPublish)?;
    let release = api.desk().unpublish_entry(&caller, &EntryId(id), &if_match).await?;
    let release = api.driven(release).await?;
    Ok(json::located(StatusCode::ACCEPTED, &format!("{PREFIX}/releases/{}", release.id), &release))
}
