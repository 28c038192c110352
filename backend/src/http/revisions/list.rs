//! `GET /entries/{id}/revisions`.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use content::permission::Permission;
use content::wire::{EntryId, List, Revision};

use crate::http::caller::Caller;
use crate::http::failure::{Answer, Failure};
use crate::http::path::Id;
use crate::http::query::{Query, wrong};
use crate::http::{Api, json};

/// An entry's revisions, newest first, without their content.
#[utoipa::path(get, path = "/entries/{id}/revisions", tag = "revisions", operation_id = "list_revisions",
    params(
        ("id" = String, Path, description = "the entry"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "how many (50)"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before"),
    ),
    responses((status = 200, description = "a page of them", body = List<Revision>)))]
pub(crate) async fn list_revisions(
    State(api): State<Api>,
    caller: Caller,
    Id(id): Id,
    mut query: Query,
) -> Answer<Response<Body>> {
    api.verifier.require(&caller, Permission::EntriesRead)?;
    let limit = query.limit()?;
    // A revision's number is all that there is to know of where a page begins.
    let before = query.one_of("cursor", "`next` of the page before", |text| text.parse::<i64>().ok())?;
    query.finish()?;
    if let Some(before) = before.filter(|before| *before < 1) {
        return Err(wrong("cursor", &before.to_string(), "`next` of the page before"));
    }
    let list = api.store.revisions(&EntryId(id), before, limit).await.map_err(Failure::from)?;
    Ok(json::ok(&list))
}
