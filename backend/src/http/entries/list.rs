//! `GET /entries`.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use content::permission::Permission;
use content::wire::{EntryState, EntrySummary, List};
use serde_json::Value;

use crate::http::caller::Caller;
use crate::http::failure::Answer;
use crate::http::query::Query;
use crate::http::{Api, json};
use crate::store::{EntryFilter, EntrySort};

/// Entries without their bodies, filtered and in order.
#[utoipa::path(get, path = "/entries", tag = "entries", operation_id = "list_entries",
    params(
        ("state" = Option<EntryState>, Query, description = "what they are; all but the trash where it is left out"),
        ("section" = Option<String>, Query, description = "the path of their section"),
        ("tag" = Option<String>, Query, description = "a tag that they have"),
        ("author" = Option<String>, Query, description = "the id of who began them"),
        ("review" = Option<bool>, Query, description = "whether they wait for review"),
        ("q" = Option<String>, Query, description = "words that they have, the last one perhaps not whole"),
        ("sort" = Option<String>, Query, description = "-updated_at, title, -published_at or path (-updated_at)"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "how many (50)"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before, with the same filters"),
    ),
    responses((status = 200, description = "a page of them", body = List<EntrySummary>)))]
pub(crate) async fn list_entries(
    State(api): State<Api>,
    caller: Caller,
    mut query: Query,
) -> Answer<Response<Body>> {
    api.verifier.require(&caller, Permission::EntriesRead)?;
    let state =
        query.one_of("state", "draft, published, changed, scheduled, archived or trashed", |text| {
            serde_json::from_value::<EntryState>(Value::String(text.to_owned())).ok()
        })?;
    let review = query.one_of("review", "true or false", |text| text.parse::<bool>().ok())?;
    let filter = EntryFilter {
        state,
        section: query.text("section"),
        tag: query.text("tag"),
        author: query.text("author"),
        review,
        q: query.text("q"),
    };
    let sort = query.one_of("sort", "-updated_at, title, -published_at or path", |text| match text {
        "-updated_at" => Some(EntrySort::Updated),
        "title" => Some(EntrySort::Title),
        "-published_at" => Some(EntrySort::Published),
        "path" => Some(EntrySort::Path),
        _ => None,
    })?;
    let limit = query.limit()?;
    let cursor = query.text("cursor");
    query.finish()?;
    let list = api.entries(&filter, sort.unwrap_or(EntrySort::Updated), cursor.as_deref(), limit).await?;
    Ok(json::ok(&list))
}
