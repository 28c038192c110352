//! `POST /redirects`.

use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use content::permission::Permission;

use super::{NewRedirect, Redirect};
use crate::http::caller::Caller;
use crate::http::failure::{Answer, Failure};
use crate::http::json::Sent;
use crate::http::query::NoQuery;
use crate::http::{Api, PREFIX, body, json};

/// Makes a former address lead to an entry, wherever it is, or to another address. One that is there is replaced.
#[utoipa::path(post, path = "/redirects", tag = "redirects", operation_id = "create_redirect",
    request_body = NewRedirect,
    responses((status = 201, description = "the redirect", body = Redirect,
        headers(("location" = String, description = "where redirects are")))))]
pub(crate) async fn create_redirect(
    State(api): State<Api>,
    caller: Caller,
    _: NoQuery,
    sent: Sent,
) -> Answer<Response<Body>> {
    api.verifier.require(&caller, Permission::EntriesPublish)?;
    let (from, target) = body::redirect(sent.value()?)?;
    let made = api.store.save_redirect(&caller.actor(), &from, &target).await.map_err(Failure::from)?;
    api.drive().await;
    Ok(json::located(StatusCode::CREATED, &format!("{PREFIX}/redirects"), &Redirect::from(made)))
}
