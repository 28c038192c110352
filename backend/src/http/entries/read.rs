//! `GET /entries/{id}`.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use content::permission::Permission;
use content::wire::{Entry, EntryId};

use crate::http::caller::Caller;
use crate::http::failure::Answer;
use crate::http::path::Id;
use crate::http::query::NoQuery;
use crate::http::{Api, json};

/// An entry, whole: its working copy and what is known of its publication.
#[utoipa::path(get, path = "/entries/{id}", tag = "entries", operation_id = "read_entry",
    params(("id" = String, Path, description = "the entry")),
    responses((status = 200, description = "the entry", body = Entry,
        headers(("etag" = String, description = "its version")))))]
pub(crate) async fn read_entry(
    State(api): State<Api>,
    caller: Caller,
    Id(id): Id,
    _: NoQuery,
) -> Answer<Response<Body>> {
    api.verifier.require(&caller, Permission::EntriesRead)?;
    let entry = api.entry(&EntryId(id)).await?;
    Ok(json::versioned(entry.summary.version, &entry))
}
