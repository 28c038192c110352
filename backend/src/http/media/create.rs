//! `POST /media`.

use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use content::permission::Permission;
use content::wire::{MediaItem, NewMedia};

use crate::http::caller::Caller;
use crate::http::failure::{Answer, Failure};
use crate::http::json::Sent;
use crate::http::query::NoQuery;
use crate::http::{Api, PREFIX, body, json};
use crate::media::Expected;

/// Begins a media item, and says where and how to put its bytes.
#[utoipa::path(post, path = "/media", tag = "media", operation_id = "create_media", request_body = NewMedia,
    responses((status = 201, description = "the item, with `upload`", body = MediaItem,
        headers(("location" = String, description = "where it is")))))]
pub(crate) async fn create_media(
    State(api): State<Api>,
    caller: Caller,
    _: NoQuery,
    sent: Sent,
) -> Answer<Response<Body>> {
    api.verifier.require(&caller, Permission::MediaUpload)?;
    let mut item = api.desk().create_media(&caller, body::new_media(sent.value()?)?).await?;
    let expected = Expected {
        id: item.id.as_str(),
        version: item.version,
        section: &item.section,
        name: &item.name,
        kind: &item.kind,
        size: item.size,
    };
    let upload = api.uploads.presigned(&expected, api.ambient.random(), api.ambient.now()).await;
    item.upload = Some(upload.map_err(|error| Failure::unavailable(&error))?);
    Ok(json::located(StatusCode::CREATED, &format!("{PREFIX}/media/{}", item.id), &item))
}
