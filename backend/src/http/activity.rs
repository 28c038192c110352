//! `GET /activity`.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use content::permission::Permission;
use content::wire::{Activity, EntryId, List};

use super::caller::Caller;
use super::failure::{Answer, Failure};
use super::query::Query;
use super::{Api, json};

/// What was done, by whom, newest first.
#[utoipa::path(get, path = "/activity", tag = "activity", operation_id = "list_activity",
    params(
        ("entry" = Option<String>, Query, description = "the id of an entry"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "how many (50)"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before"),
    ),
    responses((status = 200, description = "a page of it", body = List<Activity>)))]
pub(super) async fn list_activity(
    State(api): State<Api>,
    caller: Caller,
    mut query: Query,
) -> Answer<Response<Body>> {
    api.verifier.require(&caller, Permission::ActivityRead)?;
    let limit = query.limit()?;
    let is_id = |text: &str| uuid::Uuid::try_parse(text).is_ok().then(|| text.to_owned());
    let entry = query.one_of("entry", "the id of an entry", is_id)?.map(EntryId);
    let before = query.one_of("cursor", "`next` of the page before", is_id)?;
    query.finish()?;
    let list = api.store.activity(entry.as_ref(), before.as_deref(), limit).await.map_err(Failure::from)?;
    Ok(json::ok(&list))
}
