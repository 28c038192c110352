//! `GET /search`.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use content::wire::{Hit, List};

use super::caller::MaybeCaller;
use super::failure::{Answer, Failure};
use super::query::Query;
use super::{Api, json};

/// Published entries that have all of these words, the last one perhaps not whole. Without a token, those that everyone may
/// read; with one, also those that the person may read.
#[utoipa::path(get, path = "/search", tag = "search", operation_id = "search", security((), ("bearer" = [])),
    params(
        ("q" = String, Query, description = "the words"),
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "how many (50)"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before, with the same words"),
    ),
    responses((status = 200, description = "a page of what was found", body = List<Hit>)))]
pub(super) async fn search(
    State(api): State<Api>,
    MaybeCaller(caller): MaybeCaller,
    mut query: Query,
) -> Answer<Response<Body>> {
    let words = query.text("q").ok_or_else(|| Failure::bad_request("the query parameter q is missing"))?;
    let limit = query.limit()?;
    let cursor = query.text("cursor");
    query.finish()?;
    let groups = caller.as_ref().map(|caller| caller.groups.as_slice());
    let found = api.search(&words, groups, cursor.as_deref(), limit).await?;
    Ok(json::ok(&found))
}
