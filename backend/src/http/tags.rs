//! `GET /tags`.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use content::permission::Permission;
use content::wire::List;
use serde::Serialize;
use utoipa::ToSchema;

use super::caller::Caller;
use super::failure::{Answer, Failure};
use super::query::Query;
use super::{Api, json};

/// A tag, and how many entries have it.
#[derive(Serialize, ToSchema)]
pub(super) struct Tag {
    /// The tag.
    name: String,
    /// How many entries have it, but for the trash.
    entries: u64,
}

/// Tags of entries, those that most have first.
#[utoipa::path(get, path = "/tags", tag = "entries", operation_id = "list_tags",
    params(
        ("q" = Option<String>, Query, description = "how they begin"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "how many (50)"),
    ),
    responses((status = 200, description = "the tags", body = List<Tag>)))]
pub(super) async fn list_tags(
    State(api): State<Api>,
    caller: Caller,
    mut query: Query,
) -> Answer<Response<Body>> {
    api.verifier.require(&caller, Permission::EntriesRead)?;
    let limit = query.limit()?;
    let beginning = query.text("q");
    query.finish()?;
    let tags = api.store.tags(beginning.as_deref(), limit).await.map_err(Failure::from)?;
    let items = tags.into_iter().map(|(name, entries)| Tag { name, entries }).collect();
    Ok(json::ok(&List::<Tag> { items, next: None, total: None }))
}
