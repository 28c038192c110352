//! `POST /entries/bulk`.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use content::permission::Permission;
use content::wire::{BulkAction, BulkRequest, BulkResult, BulkResults, EntryId};

use crate::http::caller::Caller;
use crate::http::failure::Answer;
use crate::http::json::Sent;
use crate::http::precondition::IfMatch;
use crate::http::query::NoQuery;
use crate::http::{Api, body, json};

/// Does one thing to many entries. Each is done by itself: what fails says so, and the others are done.
#[utoipa::path(post, path = "/entries/bulk", tag = "entries", operation_id = "change_entries",
    request_body = BulkRequest,
    responses((status = 200, description = "what came of it for each", body = BulkResults)))]
pub(crate) async fn change_entries(
    State(api): State<Api>,
    caller: Caller,
    _: NoQuery,
    sent: Sent,
) -> Answer<Response<Body>> {
    let request = body::bulk(sent.value()?)?;
    let (needed, status) = match request.action {
        BulkAction::Publish | BulkAction::Unpublish => (Permission::EntriesPublish, 202),
        BulkAction::Restore => (Permission::EntriesTrash, 200),
        // Authors put their own drafts into the trash; whose each one is, is looked at with each.
        BulkAction::Trash => (Permission::EntriesEditOwn, 200),
    };
    api.verifier.require(&caller, needed)?;
    let mut results = Vec::with_capacity(request.ids.len());
    for id in request.ids {
        let done = one(&api, &caller, request.action, &id).await;
        let (status, problem) = match done {
            Ok(()) => (status, None),
            Err(failure) => (failure.status().as_u16(), Some(failure.into_problem())),
        };
        results.push(BulkResult { id, status, problem });
    }
    api.drive().await;
    Ok(json::ok(&BulkResults { results }))
}

async fn one(api: &Api, caller: &Caller, action: BulkAction, id: &EntryId) -> Answer<()> {
    let (desk, any) = (api.desk(), IfMatch::Absent);
    match action {
        BulkAction::Publish => desk.publish_entry(caller, id, &[], &any).await.map(drop),
        BulkAction::Unpublish => desk.unpublish_entry(caller, id, &any).await.map(drop),
        BulkAction::Trash => desk.trash_entry(caller, id, &any).await.map(drop),
        BulkAction::Restore => desk.restore_entry(caller, id, &any).await.map(drop),
    }
}
