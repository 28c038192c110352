//! The userInfo endpoint (OpenID Connect Core 5.3).

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use super::json_answer;
use crate::pool::server::Pool;
use crate::pool::token::Grant;

/// The user's claims, as far as the access token's scopes open them.
pub(super) async fn user_info(State(pool): State<Pool>, headers: HeaderMap) -> Response {
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let Some(token) = bearer.and_then(|value| value.strip_prefix("Bearer ")) else {
        let problem =
            r#"error="invalid_request", error_description="Bad OAuth2 request at UserInfo Endpoint""#;
        return refusal(StatusCode::BAD_REQUEST, problem);
    };
    match claims(&pool, token) {
        Some(claims) => json_answer(StatusCode::OK, claims.to_string()),
        None => refusal(
            StatusCode::UNAUTHORIZED,
            r#"error="invalid_token", error_description="Access token is expired, disabled, or deleted, or the user has globally signed out.""#,
        ),
    }
}

fn claims(pool: &Pool, token: &str) -> Option<Value> {
    let state = pool.state();
    let claims = state.keys.published().iter().find_map(|key| key.verify(token))?;
    let text = |name: &str| claims.get(name).and_then(Value::as_str);
    let live = claims.get("exp").and_then(Value::as_u64)? > pool.now();
    if text("token_use")? != "access" || !live || state.refresh_tokens.is_revoked(text("origin_jti")?) {
        return None;
    }
    let scopes = text("scope")?.split(' ').map(str::to_owned).collect();
    let grant = Grant::new(text("client_id")?, text("username")?, scopes, 0);
    if !grant.has("openid") {
        return None;
    }
    let user = state.users.named(&grant.username)?;
    let mut claims = json!({ "sub": user.sub, "username": user.username });
    let shown = claims.as_object_mut()?;
    if grant.shows("email") {
        shown.insert("email".to_owned(), user.email.as_str().into());
        // A text here, unlike in ID tokens: so Cognito has it.
        shown.insert("email_verified".to_owned(), user.confirmed.to_string().into());
    }
    if let Some(name) = user.name.as_deref().filter(|_| grant.shows("profile")) {
        shown.insert("name".to_owned(), name.into());
    }
    Some(claims)
}

fn refusal(status: StatusCode, challenge: &'static str) -> Response {
    (status, [(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge))]).into_response()
}
