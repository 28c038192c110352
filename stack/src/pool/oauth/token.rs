//! The token endpoint (RFC 6749 sections 4.1.3 and 6). Its errors are 400, also `invalid_client`, as Cognito's are.

use axum::extract::rejection::RawFormRejection;
use axum::extract::{RawForm, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use super::{error, json_answer};
use crate::pool::client::Client;
use crate::pool::parameters::Parameters;
use crate::pool::server::Pool;
use crate::pool::token::{Grant, TokenSet};

/// An error code of RFC 6749 section 5.2.
type Problem = &'static str;

/// Turns a code or a refresh token into tokens.
pub(super) async fn token(
    State(pool): State<Pool>,
    headers: HeaderMap,
    form: Result<RawForm, RawFormRejection>,
) -> Response {
    let form = form.map(|RawForm(body)| Parameters::parse(&body)).unwrap_or_default();
    let grant_type = form.one("grant_type").ok().flatten();
    pool.counts().count_token(grant_type);
    if let Some(fault) = pool.fault()
        && let Some(failure) = fault.strike(&pool).await
    {
        return failure;
    }
    match tokens(&pool, &headers, &form, grant_type) {
        Ok(tokens) => match serde_json::to_string(&tokens) {
            Ok(body) => json_answer(StatusCode::OK, body),
            Err(_) => error(StatusCode::INTERNAL_SERVER_ERROR, "server_error"),
        },
        Err(problem) => {
            tracing::debug!(problem, grant_type, "token request refused");
            let broken = problem == "server_error";
            let status = if broken { StatusCode::INTERNAL_SERVER_ERROR } else { StatusCode::BAD_REQUEST };
            error(status, problem)
        }
    }
}

fn tokens(
    pool: &Pool,
    headers: &HeaderMap,
    form: &Parameters,
    grant_type: Option<&str>,
) -> Result<TokenSet, Problem> {
    let grant_type = grant_type.ok_or("invalid_request")?;
    let client = Client::authenticate(pool.settings(), headers, form).ok_or("invalid_client")?;
    match grant_type {
        "authorization_code" => after_code(pool, client, form),
        "refresh_token" => after_refresh(pool, client, form),
        _ => Err("unsupported_grant_type"),
    }
}

fn after_code(pool: &Pool, client: &Client, form: &Parameters) -> Result<TokenSet, Problem> {
    let (code, redirect_uri) = (required(form, "code")?, required(form, "redirect_uri")?);
    let verifier = required(form, "code_verifier")?;
    let now = pool.now();
    let mut state = pool.state();
    let (grant, nonce) = state
        .authorization_codes
        .redeem(code, &client.client_id, redirect_uri, verifier, now)
        .ok_or("invalid_grant")?;
    let expires_at = now + pool.settings().token_lifetimes.refresh_seconds;
    let refresh_token = state.refresh_tokens.issue(grant.clone(), expires_at, now);
    drop(state);
    pool.keep();
    mint(pool, &grant, nonce.as_deref(), Some(refresh_token))
}

fn after_refresh(pool: &Pool, client: &Client, form: &Parameters) -> Result<TokenSet, Problem> {
    let token = required(form, "refresh_token")?;
    let (grant, next) = pool
        .state()
        .refresh_tokens
        .redeem(token, &client.client_id, pool.rotation(), pool.now())
        .ok_or("invalid_grant")?;
    pool.keep();
    mint(pool, &grant, None, next)
}

fn mint(
    pool: &Pool,
    grant: &Grant,
    nonce: Option<&str>,
    refresh_token: Option<String>,
) -> Result<TokenSet, Problem> {
    let state = pool.state();
    let user = state.users.named(&grant.username).ok_or("invalid_grant")?;
    let tokens = pool.mint(&state).tokens(grant, user, nonce).map_err(|_| "server_error")?;
    Ok(TokenSet { refresh_token, ..tokens })
}

fn required<'a>(form: &'a Parameters, name: &str) -> Result<&'a str, Problem> {
    form.one(name).ok().flatten().ok_or("invalid_request")
}
