//! `POST /entries/{id}/revisions/{number}/restore`.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use content::wire::{Entry, EntryId};

use crate::http::caller::Caller;
use crate::http::failure::Answer;
use crate::http::path::Numbered;
use crate::http::precondition::IfMatch;
use crate::http::query::NoQuery;
use crate::http::{Api, json};

/// Makes an older revision's content the working copy, as a new revision.
#[utoipa::path(post, path = "/entries/{id}/revisions/{number}/restore", tag = "revisions",
    operation_id = "restore_revision",
    params(("id" = String, Path, description = "the entry"), ("number" = i64, Path, description = "its number")),
    responses((status = 200, description = "the entry", body = Entry,
        headers(("etag" = String, description = "its version")))))]
pub(crate) async fn restore_revision(
    State(api): State<Api>,
    caller: Caller,
    Numbered { id, number }: Numbered,
    _: NoQuery,
    if_match: IfMatch,
) -> Answer<Response<Body>> {
    let if_match = if_match.required()?;
    let entry = api.desk().restore_revision(&caller, &EntryId(id), number, &if_match).await?;
    Ok(json::versioned(entry.summary.version, &entry))
}
