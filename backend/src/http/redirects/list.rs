//! `GET /redirects`.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use content::permission::Permission;
use content::wire::List;

use super::Redirect;
use crate::http::caller::Caller;
use crate::http::failure::{Answer, Failure};
use crate::http::query::Query;
use crate::http::{Api, json};

/// Redirects, in order of their former addresses.
#[utoipa::path(get, path = "/redirects", tag = "redirects", operation_id = "list_redirects",
    params(
        ("limit" = Option<u32>, Query, minimum = 1, maximum = 200, description = "how many (50)"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before"),
    ),
    responses((status = 200, description = "a page of them", body = List<Redirect>)))]
pub(crate) async fn list_redirects(
    State(api): State<Api>,
    caller: Caller,
    mut query: Query,
) -> Answer<Response<Body>> {
    api.verifier.require(&caller, Permission::EntriesRead)?;
    let limit = query.limit()?;
    // The cursor is the former address after which the page begins.
    let path = |text: &str| text.starts_with('/').then(|| text.to_owned());
    let after = query.one_of("cursor", "`next` of the page before", path)?;
    query.finish()?;
    let list = api.store.redirects(after.as_deref(), limit).await.map_err(Failure::from)?;
    let items = list.items.into_iter().map(Redirect::from).collect();
    Ok(json::ok(&List::<Redirect> { items, next: list.next, total: list.total }))
}
