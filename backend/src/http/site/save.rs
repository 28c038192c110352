//! `PUT /site`.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use content::permission::Permission;
use content::wire::Site;

use crate::http::caller::Caller;
use crate::http::failure::Answer;
use crate::http::json::Sent;
use crate::http::precondition::IfMatch;
use crate::http::query::NoQuery;
use crate::http::{Api, body, json};

/// Changes the site's settings, whole; every page is published anew.
#[utoipa::path(put, path = "/site", tag = "site", operation_id = "save_site", request_body = Site, responses(
    (status = 200, description = "as they are now", body = Site)
))]
pub(crate) async fn save_site(
    State(api): State<Api>,
    caller: Caller,
    _: NoQuery,
    if_match: IfMatch,
    sent: Sent,
) -> Answer<Response<Body>> {
    api.verifier.require(&caller, Permission::SiteEdit)?;
    let site = body::site(sent.value()?)?;
    let saved = api.desk().save_site(&caller, site, &if_match).await?;
    api.drive().await;
    Ok(json::versioned(saved.version, &saved))
}
