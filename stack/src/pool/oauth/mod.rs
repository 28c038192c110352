//! The endpoints that a relying party uses, at Cognito's paths.

mod authorize;
mod discovery;
mod logout;
mod revoke;
mod token;
mod user_info;

use axum::Router;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::json;

use super::server::Pool;
use super::settings::PoolSettings;

pub(crate) fn router(settings: &PoolSettings) -> Router<Pool> {
    let well_known = format!("/{}/.well-known", settings.pool_id);
    Router::new()
        .route("/oauth2/authorize", get(authorize::authorize))
        .route("/oauth2/token", post(token::token))
        .route("/oauth2/revoke", post(revoke::revoke))
        .route("/oauth2/userInfo", get(user_info::user_info).post(user_info::user_info))
        .route("/logout", get(logout::logout))
        .route(&format!("{well_known}/jwks.json"), get(discovery::jwks))
        .route(&format!("{well_known}/openid-configuration"), get(discovery::openid_configuration))
}

/// JSON that no cache may keep (RFC 6749 section 5.1), with Cognito's content type.
fn json_answer(status: StatusCode, body: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json;charset=UTF-8")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (header::PRAGMA, HeaderValue::from_static("no-cache")),
    ];
    (status, headers, body).into_response()
}

/// An error of RFC 6749 section 5.2 and RFC 7009 section 2.2.1.
fn error(status: StatusCode, code: &str) -> Response {
    json_answer(status, json!({ "error": code }).to_string())
}
