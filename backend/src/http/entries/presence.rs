//! `PUT /entries/{id}/presence`.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use content::permission::Permission;
use content::wire::{EntryId, Presence};

use crate::http::caller::Caller;
use crate::http::failure::Answer;
use crate::http::path::Id;
use crate::http::query::NoQuery;
use crate::http::{Api, json};

/// Says that the person who asks has the entry open, and answers who else has. It is forgotten after ten seconds.
#[utoipa::path(put, path = "/entries/{id}/presence", tag = "entries", operation_id = "be_present",
    params(("id" = String, Path, description = "the entry")),
    responses((status = 200, description = "everybody else who has it open", body = Presence)))]
pub(crate) async fn be_present(
    State(api): State<Api>,
    caller: Caller,
    Id(id): Id,
    _: NoQuery,
) -> Answer<Response<Body>> {
    api.verifier.require(&caller, Permission::EntriesRead)?;
    let here = api.desk().be_present(&caller, &EntryId(id)).await?;
    Ok(json::ok(&here))
}
