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
    routes: String,
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
        let routes = config.get("routes").map(Value::to_string).unwrap_or_default();
        Ok(GatePackage { folder, routes })
    }

    /// The routes as JSON, for the API to tell audiences by.
    pub(super) fn routes(&self) -> &str {
        &self.routes
    }

    pub(super) fn folder(&self) -> &Path {
        self.folder.path()
    }
}

/// The example for this machine, with the addresses and keys of this start in it.
fn config(site_url: &str, pool: &RunningPool) -> io::Result<Value> {
    let mut config: Value = serde_json::from_str(include_str!("../../../edge-auth/edge-auth.local.json"))?;
    let replacements = [
        ("/hosts", json!([site_url.trim_start_matches("http://")])),
        ("/user_pool/issuers", json!([pool.issuer()])),
        ("/user_pool/jwks_uri", json!(pool.jwks_uri())),
        ("/user_pool/jwks", pool.jwks()),
        ("/user_pool/domain", json!(pool.base_url())),
        ("/user_pool/client_id", json!(PoolSettings::LOCAL_CLIENT_ID)),
        ("/cookies/sealing_keys", json!([sealing_key()?])),
    ];
    for (pointer, value) in replacements {
        let member = config.pointer_mut(pointer);
        *member.ok_or_else(|| io::Error::other(format!("edge-auth.local.json: {pointer}: missing")))? = value;
    }
    Ok(config)
}

/// A new key for every start.
fn sealing_key() -> io::Result<String> {
    let mut key = [0_u8; 32];
    aws_lc_rs::rand::fill(&mut key)
        .map_err(|_| io::Error::other("the operating system gives no randomness"))?;
    Ok(URL_SAFE_NO_PAD.encode(key))
}
