//! `GET /entries/{id}/revisions/{number}`.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use content::permission::Permission;
use content::wire::{EntryId, Revision};

use crate::http::caller::Caller;
use crate::http::failure::{Answer, Failure};
use crate::http::path::Numbered;
use crate::http::query::NoQuery;
use crate::http::{Api, json};

/// A revision with its content.
#[utoipa::path(get, path = "/entries/{id}/revisions/{number}", tag = "revisions", operation_id = "read_revision",
    params(("id" = String, Path, description = "the entry"), ("number" = i64, Path, description = "its number")),
    responses((status = 200, description = "the revision", body = Revision)))]
pub(crate) async fn read_revision(
    State(api): State<Api>,
    caller: Caller,
    Numbered { id, number }: Numbered,
    _: NoQuery,
) -> Answer<Response<Body>> {
    api.verifier.require(&caller, Permission::EntriesRead)?;
    let revision = api.store.revision(&EntryId(id), number).await.map_err(Failure::from)?;
    Ok(json::ok(&revision.ok_or_else(|| Failure::not_found("revision"))?))
}
