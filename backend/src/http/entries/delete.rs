//! `DELETE /entries/{id}`.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use content::permission::Permission;
use content::wire::{Entry, EntryId};

use crate::http::caller::Caller;
use crate::http::failure::Answer;
use crate::http::path::Id;
use crate::http::precondition::IfMatch;
use crate::http::query::Query;
use crate::http::{Api, json};

/// Puts an entry into the trash, and takes it off the site; with `forever`, deletes what is in the trash for good.
#[utoipa::path(delete, path = "/entries/{id}", tag = "entries", operation_id = "delete_entry",
    params(
        ("id" = String, Path, description = "the entry"),
        ("forever" = Option<bool>, Query, description = "whether it is deleted for good"),
    ),
    responses(
        (status = 200, description = "the entry, in the trash", body = Entry,
            headers(("etag" = String, description = "its version"))),
        (status = 204, description = "it is gone for good"),
        (status = 409, description = "it is not in the trash, and cannot be deleted for good"),
    ))]
pub(crate) async fn delete_entry(
    State(api): State<Api>,
    caller: Caller,
    Id(id): Id,
    mut query: Query,
    if_match: IfMatch,
) -> Answer<Response<Body>> {
    let forever = query.flag("forever")?;
    query.finish()?;
    let id = EntryId(id);
    if forever {
        api.verifier.require(&caller, Permission::EntriesDeleteForever)?;
        api.desk().delete_entry(&caller, &id, &if_match).await?;
        return Ok(json::nothing());
    }
    let entry = api.desk().trash_entry(&caller, &id, &if_match).await?;
    api.drive().await;
    Ok(json::versioned(entry.summary.version, &entry))
}
