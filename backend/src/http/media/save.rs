//! `PATCH /media/{id}`.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use content::permission::Permission;
use content::wire::{ChangedMedia, MediaId, MediaItem};

use crate::http::caller::Caller;
use crate::http::failure::Answer;
use crate::http::json::Sent;
use crate::http::path::Id;
use crate::http::query::NoQuery;
use crate::http::{Api, body, json};

/// Changes what a media item is called and what it shows. Where a published page shows the item, `entries.publish` is needed.
#[utoipa::path(patch, path = "/media/{id}", tag = "media", operation_id = "save_media",
    params(("id" = String, Path, description = "the item")), request_body = ChangedMedia,
    responses((status = 200, description = "as it is now", body = MediaItem)))]
pub(crate) async fn save_media(
    State(api): State<Api>,
    caller: Caller,
    Id(id): Id,
    _: NoQuery,
    sent: Sent,
) -> Answer<Response<Body>> {
    api.verifier.require(&caller, Permission::MediaUpload)?;
    let changed = body::changed_media(sent.value()?)?;
    let saved = api.desk().save_media(&caller, &MediaId(id), changed).await?;
    api.drive().await;
    Ok(json::ok(&saved))
}
