//! `POST /media/{id}/copy`.

use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use content::permission::Permission;
use content::wire::{MediaId, MediaItem};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::caller::Caller;
use crate::http::failure::{Answer, Failure};
use crate::http::json::Sent;
use crate::http::path::Id;
use crate::http::query::NoQuery;
use crate::http::{Api, PREFIX, body, json};
use crate::media::Expected;

/// Where a copy goes.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CopyMedia {
    /// The path of the section.
    section: String,
}

/// Copies a media item into another section, so that the people who may read that section may see it. Its sizes are made
/// anew from what was uploaded.
#[utoipa::path(post, path = "/media/{id}/copy", tag = "media", operation_id = "copy_media",
    params(("id" = String, Path, description = "the item")), request_body = CopyMedia,
    responses((status = 201, description = "the copy", body = MediaItem,
        headers(("location" = String, description = "where it is")))))]
pub(crate) async fn copy_media(
    State(api): State<Api>,
    caller: Caller,
    Id(id): Id,
    _: NoQuery,
    sent: Sent,
) -> Answer<Response<Body>> {
    api.verifier.require(&caller, Permission::MediaUpload)?;
    let section = body::media_copy(sent.value()?)?;
    let (version, copy) = api.desk().copy_media(&caller, &MediaId(id.clone()), &section).await?;
    let expected = Expected {
        id: copy.id.as_str(),
        version: copy.version,
        section: &copy.section,
        name: &copy.name,
        kind: &copy.kind,
        size: copy.size,
    };
    let copied = api.uploads.again((&id, version), &expected, api.ambient.random()).await;
    copied.map_err(|error| Failure::unavailable(&error))?;
    Ok(json::located(StatusCode::CREATED, &format!("{PREFIX}/media/{}", copy.id), &copy))
}
