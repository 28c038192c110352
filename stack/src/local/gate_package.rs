//! The gate's package on this machine: a folder with its `edge-auth.json`, gone when the stack is.

use std::io;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::pool::{PoolSettings, RunningPool};

/// A folder that the function host takes for the unpacked package.
pub(super) struct GatePackage {
    folder: TempDir,
}

impl GatePackage {
    /// Writes the configuration, with the pool's keys baked in as a deployment does.
    pub(super) fn new(
        site_url: &str,
        pool: &RunningPool,
        adjust: &dyn Fn(&mut Value),
    ) -> io::Result<GatePackage> {
        let folder = tempfile::Builder::new().prefix("parapet-gate-").tempdir()?;
        let mut config = config(site_url, pool)?;
        adjust(&mut config);
        std::fs::write(folder.path().join("edge-auth.json"), serde_json::to_vec_pretty(&config)?)?;
        Ok(GatePackage { folder })
    }

    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }
}

fn config(site_url: &str, pool: &RunningPool) -> io::Result<Value> {
    let host = site_url.trim_start_matches("http://");
    Ok(json!({
        "hosts": [host],
        "auth_prefix": "/auth",
        "user_pool": {
            "issuers": [pool.issuer()],
            "jwks_uri": pool.jwks_uri(),
            "jwks": pool.jwks(),
            "domain": pool.base_url(),
            "client_id": PoolSettings::LOCAL_CLIENT_ID,
            "client_secret": null,
            "scopes": ["openid", "email", "profile"],
        },
        "cookies": { "layout": "host", "sealing_keys": [sealing_key()?] },
        "session": { "renew_within_seconds": 300 },
        "routes": [
            { "path": "/public/*", "kind": "site", "access": "public" },
            { "path": "/favicon.ico", "kind": "site", "access": "public" },
            { "path": "/api/*", "kind": "api", "access": "signed-in" },
            { "path": "/admin/*", "kind": "app", "access": { "groups": ["editors", "admins"] }, "entry": "/admin/index.html" },
            { "path": "/*", "kind": "site", "access": "signed-in" },
        ],
        "response_headers": { "strict-transport-security": "max-age=31536000" },
        "api_clients": [],
        "log": "info",
    }))
}

/// A new key for every start.
fn sealing_key() -> io::Result<String> {
    let mut key = [0_u8; 32];
    aws_lc_rs::rand::fill(&mut key)
        .map_err(|_| io::Error::other("the operating system gives no randomness"))?;
    Ok(URL_SAFE_NO_PAD.encode(key))
}
