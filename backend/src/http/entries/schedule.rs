//! `POST /entries/{id}/schedule`.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use content::permission::Permission;
use content::wire::{Entry, EntryId, Schedule};

use crate::http::caller::Caller;
use crate::http::failure::Answer;
use crate::http::json::Sent;
use crate::http::path::Id;
use crate::http::precondition::IfMatch;
use crate::http::query::NoQuery;
use crate::http::{Api, body, json};

/// Says when an entry is published and taken off the site. What is past is done at once.
#[utoipa::path(post, path = "/entries/{id}/schedule", tag = "entries", operation_id = "schedule_entry",
    params(("id" = String, Path, description = "the entry")), request_body = Schedule,
    responses((status = 200, description = "the entry", body = Entry,
        headers(("etag" = String, description = "its version")))))]
pub(crate) async fn schedule_entry(
    State(api): State<Api>,
    caller: Caller,
    Id(id): Id,
    _: NoQuery,
    if_match: IfMatch,
    sent: Sent,
) -> Answer<Response<Body>> {
    api.verifier.require(&caller, Permission::EntriesPublish)?;
    let schedule = body::schedule(sent.value()?)?;
    let entry = api.desk().schedule_entry(&caller, &EntryId(id), schedule, &if_match).await?;
    api.drive().await;
    Ok(json::versioned(entry.summary.version, &entry))
}
