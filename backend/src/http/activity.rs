//! `GET /activity`.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use content::permission::Permission;
use content::wire::{Activity, EntryId, List, PersonId};

use super::caller::Caller;
use super::failure::{Answer, Failure};
use super::query::Query;
use super::{Api, json};
use crate::store::ActivityOf;

/// What was done, by whom, newest first.
#[utoipa::path(get, path = "/activity", tag = "activity", operation_id = "list_activity",
    params(
        ("entry" = Option<String>, Query, description = "the id of an entry"),
        ("action" = Option<String>, Query, description = "what was done, such as `entry.publish`"),
        ("actor" = Option<String>, Query, description = "the id of a person, as the items have it"),
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
    let is_action = |text: &str| {
        let plain = text.bytes().all(|byte| byte.is_ascii_lowercase() || matches!(byte, b'.' | b'-'));
        (plain && !text.is_empty()).then(|| text.to_owned())
    };
    let action = query.one_of("action", "an action such as entry.publish", is_action)?;
    let actor = query.text("actor").map(PersonId);
    let before = query.one_of("cursor", "`next` of the page before", is_id)?;
    query.finish()?;
    let list = api.store.activity(&ActivityOf { entry, action, actor }, before.as_deref(), limit).await;
    let list = list.map_err(Failure::from)?;
    Ok(json::ok(&list))
}
