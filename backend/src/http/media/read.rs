//! `GET /media/{id}`.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use content::permission::Permission;
use content::wire::{MediaId, MediaItem};

use crate::http::caller::Caller;
use crate::http::failure::Answer;
use crate::http::path::Id;
use crate::http::query::NoQuery;
use crate::http::{Api, json};

/// A media item, and where it is used.
#[utoipa::path(get, path = "/media/{id}", tag = "media", operation_id = "read_media",
    params(("id" = String, Path, description = "the item")),
    responses((status = 200, description = "the item", body = MediaItem)))]
pub(crate) async fn read_media(
    State(api): State<Api>,
    caller: Caller,
    Id(id): Id,
    _: NoQuery,
) -> Answer<Response<Body>> {
    api.verifier.require(&caller, Permission::EntriesRead)?;
    Ok(json::ok(&api.desk().media(&MediaId(id)).await?))
}
