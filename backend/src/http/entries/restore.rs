//! `POST /entries/{id}/restore`.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use content::permission::Permission;
use content::wire::{Entry, EntryId};

use crate::http::caller::Caller;
use crate::http::failure::Answer;
use crate::http::path::Id;
use crate::http::precondition::IfMatch;
use crate::http::query::NoQuery;
use crate::http::{Api, json};

/// Takes an entry out of the trash. It is not published by that.
#[utoipa::path(post, path = "/entries/{id}/restore", tag = "entries", operation_id = "restore_entry",
    params(("id" = String, Path, description = "the entry")),
    responses((status = 200, description = "the entry", body = Entry,
        headers(("etag" = String, description = "its version")))))]
pub(crate) async fn restore_entry(
    State(api): State<Api>,
    caller: Caller,
    Id(id): Id,
    _: NoQuery,
    if_match: IfMatch,
) -> Answer<Response<Body>> {
    api.verifier.require(&caller, Permission::EntriesTrash)?;
    let entry = api.desk().restore_entry(&caller, &EntryId(id), &if_match).await?;
    Ok(json::versioned(entry.summary.version, &entry))
}
