//! `edge-auth.json` in the form of its contract, written by hand.

use serde_json::{Value, json};

use super::event::HOST;

/// A sealing key: 32 bytes in base64url.
pub(crate) const SEALING_KEY: &str = "c2VhbGluZyBrZXkgb2YgdGhlIGJsYWNrIGJveCB0ZXM";

/// The configuration for a user pool with these keys.
pub(crate) fn config(issuer: &str, domain: &str, jwks: &Value, client_id: &str) -> Value {
    json!({
        "hosts": [HOST],
        "auth_prefix": "/auth",
        "user_pool": {
            "issuers": [issuer],
            "jwks_uri": format!("{domain}{}/.well-known/jwks.json", path(issuer)),
            "jwks": jwks,
            "domain": domain,
            "client_id": client_id,
            "client_secret": null,
            "scopes": ["openid", "email", "profile"],
        },
        "cookies": { "layout": "host", "sealing_keys": [SEALING_KEY] },
        "session": { "renew_within_seconds": 300 },
        "routes": [
            { "path": "/public/*", "kind": "site", "access": "public" },
            { "path": "/api/*", "kind": "api", "access": "signed-in" },
            { "path": "/admin/*", "kind": "app", "access": { "groups": ["editors", "admins"] }, "entry": "/admin/index.html" },
            { "path": "/*", "kind": "site", "access": "signed-in" },
        ],
        "response_headers": { "strict-transport-security": "max-age=31536000" },
        "api_clients": [],
        "log": "info",
    })
}

fn path(url: &str) -> String {
    let (_, rest) = url.split_once("://").unwrap();
    rest.split_once('/').map_or(String::new(), |(_, path)| format!("/{path}"))
}
