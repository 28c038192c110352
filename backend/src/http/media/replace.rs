//! `POST` and `DELETE /media/{id}/replacement`.

use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use content::permission::Permission;
use content::wire::{MediaId, MediaItem, NewReplacement};

use crate::http::caller::Caller;
use crate::http::failure::{Answer, Failure};
use crate::http::json::Sent;
use crate::http::path::Id;
use crate::http::query::NoQuery;
use crate::http::{Api, PREFIX, body, json};
use crate::media::Expected;

/// Awaits another file in the place of a media item's, and says where and how to put its bytes. Until they are there and can
/// be shown, everything stays as it is; then the pages that show the item are made anew, and the files before are removed.
/// Where a published page shows the item, `entries.publish` is needed.
#[utoipa::path(post, path = "/media/{id}/replacement", tag = "media", operation_id = "replace_media",
    params(("id" = String, Path, description = "the item")), request_body = NewReplacement,
    responses((status = 201, description = "the item, with `replacement` and `upload`", body = MediaItem,
        headers(("location" = String, description = "where it is")))))]
pub(crate) async fn replace_media(
    State(api): State<Api>,
    caller: Caller,
    Id(id): Id,
    _: NoQuery,
    sent: Sent,
) -> Answer<Response<Body>> {
    api.verifier.require(&caller, Permission::MediaUpload)?;
    let file: NewReplacement = body::replacement(sent.value()?)?;
    let mut item = api.desk().replace_media(&caller, &MediaId(id), &file).await?;
    let expected = Expected {
        id: item.id.as_str(),
        version: item.replacement.as_ref().map_or(item.version, |next| next.version),
        section: &item.section,
        name: &file.name,
        kind: &file.kind,
        size: file.size,
    };
    let upload = api.uploads.presigned(&expected, api.ambient.random(), api.ambient.now()).await;
    item.upload = Some(upload.map_err(|error| Failure::unavailable(&error))?);
    Ok(json::located(StatusCode::CREATED, &format!("{PREFIX}/media/{}", item.id), &item))
}

/// Gives up the file that was to take the place of a media item's, and keeps the one that it has.
#[utoipa::path(delete, path = "/media/{id}/replacement", tag = "media", operation_id = "keep_media",
    params(("id" = String, Path, description = "the item")),
    responses((status = 204, description = "nothing is awaited any more")))]
pub(crate) async fn keep_media(
    State(api): State<Api>,
    caller: Caller,
    Id(id): Id,
    _: NoQuery,
) -> Answer<Response<Body>> {
    api.verifier.require(&caller, Permission::MediaUpload)?;
    api.desk().keep_media(&caller, &MediaId(id)).await?;
    api.drive().await;
    Ok(json::nothing())
}
