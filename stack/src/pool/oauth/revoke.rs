//! The revocation endpoint (RFC 7009). Here, unlike at the token endpoint, `invalid_client` is 401.

use axum::extract::rejection::RawFormRejection;
use axum::extract::{RawForm, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use super::error;
use crate::pool::client::Client;
use crate::pool::parameters::Parameters;
use crate::pool::server::Pool;

/// Ends a refresh token and all that came of it. An unknown one is as good as ended.
pub(super) async fn revoke(
    State(pool): State<Pool>,
    headers: HeaderMap,
    form: Result<RawForm, RawFormRejection>,
) -> Response {
    pool.counts().count_revoke();
    if let Some(fault) = pool.fault()
        && let Some(failure) = fault.strike(&pool).await
    {
        return failure;
    }
    let form = form.map(|RawForm(body)| Parameters::parse(&body)).unwrap_or_default();
    let Ok(Some(token)) = form.one("token") else {
        return error(StatusCode::BAD_REQUEST, "invalid_request");
    };
    let Some(client) = Client::authenticate(pool.settings(), &headers, &form) else {
        return error(StatusCode::UNAUTHORIZED, "invalid_client");
    };
    if is_signed_token(token) {
        return error(StatusCode::BAD_REQUEST, "unsupported_token_type");
    }
    let access_seconds = pool.settings().token_lifetimes.access_seconds;
    pool.state().refresh_tokens.revoke(token, &client.client_id, access_seconds, pool.now());
    pool.keep();
    StatusCode::OK.into_response()
}

/// ID and access tokens have three parts; refresh tokens have five.
fn is_signed_token(token: &str) -> bool {
    token.starts_with("eyJ") && token.split('.').count() == 3
}
