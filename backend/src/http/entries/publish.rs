//! `POST /entries/{id}/publish`.

use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use content::permission::Permission;
use content::wire::{EntryId, Publish, Release};

use crate::http::caller::Caller;
use crate::http::failure::Answer;
use crate::http::json::Sent;
use crate::http::path::Id;
use crate::http::precondition::IfMatch;
use crate::http::query::NoQuery;
use crate::http::{Api, PREFIX, body, json};

/// Publishes the working copy. The entry's state changes at once; the release says how far the site is.
#[utoipa::path(post, path = "/entries/{id}/publish", tag = "entries", operation_id = "publish_entry",
    params(("id" = String, Path, description = "the entry")), request_body = Option<Publish>,
    responses((status = 202, description = "the release", body = Release,
        headers(("location" = String, description = "where the release is")))))]
pub(crate) async fn publish_entry(
    State(api): State<Api>,
    caller: Caller,
    Id(id): Id,
    _: NoQuery,
    if_match: IfMatch,
    sent: Sent,
) -> Answer<Response<Body>> {
    api.verifier.require(&caller, Permission::EntriesPublish)?;
    let publish = body::publish(sent.optional_value()?)?;
    let release = api.desk().publish_entry(&caller, &EntryId(id), &publish.accept, &if_match).await?;
    let release = api.driven(release).await?;
    Ok(json::located(StatusCode::ACCEPTED, &format!("{PREFIX}/releases/{}", release.id), &release))
}
