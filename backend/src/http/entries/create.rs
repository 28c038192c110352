//! `POST /entries`.

use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use content::permission::Permission;
use content::wire::{Entry, NewEntry};

use crate::http::caller::Caller;
use crate::http::failure::Answer;
use crate::http::json::Sent;
use crate::http::query::NoQuery;
use crate::http::{Api, PREFIX, body, json};

/// Begins an entry. Only its title is needed. Importers also say `source`, a text that no two entries share, and editors
/// among them `created_at` and `published_at`.
#[utoipa::path(post, path = "/entries", tag = "entries", operation_id = "create_entry", request_body = NewEntry,
    responses((status = 201, description = "the entry", body = Entry,
        headers(("etag" = String, description = "its version"), ("location" = String, description = "where it is")))))]
pub(crate) async fn create_entry(
    State(api): State<Api>,
    caller: Caller,
    _: NoQuery,
    sent: Sent,
) -> Answer<Response<Body>> {
    api.verifier.require(&caller, Permission::EntriesCreate)?;
    let new = body::new_entry(sent.value()?)?;
    if new.imported.published_at.is_some() || new.imported.created_at.is_some() {
        api.verifier.require(&caller, Permission::EntriesEdit)?;
    }
    let entry = api.desk().create_entry(&caller, new).await?;
    let location = format!("{PREFIX}/entries/{}", entry.summary.id);
    let created = json::located(StatusCode::CREATED, &location, &entry);
    Ok(json::tagged(created, entry.summary.version))
}
