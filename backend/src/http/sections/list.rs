//! `GET /sections`.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use content::permission::Permission;
use content::wire::{List, Section};

use crate::http::caller::Caller;
use crate::http::failure::{Answer, Failure};
use crate::http::query::NoQuery;
use crate::http::{Api, json};

/// All sections, in order of their paths.
#[utoipa::path(get, path = "/sections", tag = "sections", operation_id = "list_sections", responses(
    (status = 200, description = "the sections", body = List<Section>)
))]
pub(crate) async fn list_sections(
    State(api): State<Api>,
    caller: Caller,
    _: NoQuery,
) -> Answer<Response<Body>> {
    api.verifier.require(&caller, Permission::EntriesRead)?;
    let items = api.store.sections().await.map_err(Failure::from)?;
    let items: Vec<Section> = items.into_iter().map(|section| api.with_audience(section)).collect();
    let total = u64::try_from(items.len()).ok();
    Ok(json::ok(&List { items, next: None, total }))
}
