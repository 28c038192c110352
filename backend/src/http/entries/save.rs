//! `PUT /entries/{id}`.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use content::wire::{ChangedEntry, Entry, EntryId};

use crate::http::caller::Caller;
use crate::http::failure::Answer;
use crate::http::json::Sent;
use crate::http::path::Id;
use crate::http::precondition::IfMatch;
use crate::http::query::Query;
use crate::http::{Api, body, json};

/// Saves the working copy. What is left out keeps its value. Nothing that readers see changes.
#[utoipa::path(put, path = "/entries/{id}", tag = "entries", operation_id = "save_entry",
    params(
        ("id" = String, Path, description = "the entry"),
        ("autosave" = Option<bool>, Query, description = "whether the app saves while somebody types: \
            one author's autosaves in a row are one revision"),
    ),
    request_body = ChangedEntry,
    responses(
        (status = 200, description = "as it is now", body = Entry,
            headers(("etag" = String, description = "its version"))),
        (status = 409, description = "its address is taken, or it is in the trash"),
    ))]
pub(crate) async fn save_entry(
    State(api): State<Api>,
    caller: Caller,
    Id(id): Id,
    mut query: Query,
    if_match: IfMatch,
    sent: Sent,
) -> Answer<Response<Body>> {
    let autosave = query.flag("autosave")?;
    query.finish()?;
    let if_match = if_match.required()?;
    let changed = body::changed_entry(sent.value()?)?;
    let entry = api.desk().save_entry(&caller, &EntryId(id), changed, autosave, &if_match).await?;
    Ok(json::versioned(entry.summary.version, &entry))
}
