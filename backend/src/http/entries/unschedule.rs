//! `DELETE /entries/{id}/schedule`.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use content::permission::Permission;
use content::wire::{Entry, EntryId, Schedule};

use crate::http::caller::Caller;
use crate::http::failure::Answer;
use crate::http::path::Id;
use crate::http::precondition::IfMatch;
use crate::http::query::NoQuery;
use crate::http::{Api, json};

/// Forgets when an entry is to be published and taken off the site.
#[utoipa::path(delete, path = "/entries/{id}/schedule", tag = "entries", operation_id = "unschedule_entry",
    params(("id" = String, Path, description = "the entry")),
    responses(
        (status = 200, description = "the entry", body = Entry,
            headers(("etag" = String, description = "its version"))),
        (status = 409, description = "it is in the trash"),
    ))]
pub(crate) async fn unschedule_entry(
    State(api): State<Api>,
    caller: Caller,
    Id(id): Id,
    _: NoQuery,
    if_match: IfMatch,
) -> Answer<Response<Body>> {
    api.verifier.require(&caller, Permission::EntriesPublish)?;
    let entry = api.desk().schedule_entry(&caller, &EntryId(id), Schedule::default(), &if_match).await?;
    Ok(json::versioned(entry.summary.version, &entry))
}
