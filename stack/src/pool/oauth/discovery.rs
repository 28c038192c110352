//! What a relying party can look up: the public keys and the provider's metadata (OpenID Connect Discovery 1.0).

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::pool::server::Pool;

/// The JWKS (RFC 7517 section 5).
pub(super) async fn jwks(State(pool): State<Pool>) -> Response {
    pool.counts().count_jwks();
    if let Some(fault) = pool.fault()
        && let Some(failure) = fault.strike(&pool).await
    {
        return failure;
    }
    let keys = pool.state().keys.published();
    ([(header::CACHE_CONTROL, "public, max-age=86400")], Json(json!({ "keys": keys }))).into_response()
}

/// The provider's metadata.
pub(super) async fn openid_configuration(State(pool): State<Pool>) -> Response {
    let (base, issuer) = (pool.base_url(), pool.issuer());
    Json(json!({
        "authorization_endpoint": format!("{base}/oauth2/authorize"),
        "code_challenge_methods_supported": ["S256"],
        "end_session_endpoint": format!("{base}/logout"),
        "id_token_signing_alg_values_supported": ["RS256"],
        "issuer": issuer,
        "jwks_uri": format!("{issuer}/.well-known/jwks.json"),
        "response_types_supported": ["code"],
        "revocation_endpoint": format!("{base}/oauth2/revoke"),
        "scopes_supported": ["openid", "email", "phone", "profile"],
        "subject_types_supported": ["public"],
        "token_endpoint": format!("{base}/oauth2/token"),
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "userinfo_endpoint": format!("{base}/oauth2/userInfo"),
    }))
    .into_response()
}
