//! `GET /media`.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use content::permission::Permission;
use content::wire::{List, MediaItem};

use crate::http::caller::Caller;
use crate::http::failure::Answer;
use crate::http::query::Query;
use crate::http::{Api, json};

/// Media items, newest first.
#[utoipa::path(get, path = "/media", tag = "media", operation_id = "list_media",
    params(
        ("section" = Option<String>, Query, description = "the path of their section"),
        ("q" = Option<String>, Query, description = "a part of their name or of what they show"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "how many (50)"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before, with the same filters"),
    ),
    responses((status = 200, description = "a page of them", body = List<MediaItem>)))]
pub(crate) async fn list_media(
    State(api): State<Api>,
    caller: Caller,
    mut query: Query,
) -> Answer<Response<Body>> {
    api.verifier.require(&caller, Permission::EntriesRead)?;
    let limit = query.limit()?;
    let (section, words) = (query.text("section"), query.text("q"));
    let cursor = query.text("cursor");
    query.finish()?;
    let list = api.desk().media_items(section.as_deref(), words.as_deref(), cursor.as_deref(), limit).await?;
    Ok(json::ok(&list))
}
