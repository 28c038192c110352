//! `GET /site`.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use content::permission::Permission;
use content::wire::Site;

use crate::http::caller::Caller;
use crate::http::failure::{Answer, Failure};
use crate::http::query::NoQuery;
use crate::http::{Api, json};

/// What every page of the site shares.
#[utoipa::path(get, path = "/site", tag = "site", operation_id = "read_site", responses(
    (status = 200, description = "the site's settings", body = Site)
))]
pub(crate) async fn read_site(State(api): State<Api>, caller: Caller, _: NoQuery) -> Answer<Response<Body>> {
    api.verifier.require(&caller, Permission::EntriesRead)?;
    let site = api.store.site().await.map_err(Failure::from)?;
    Ok(json::versioned(site.version, &site))
}
