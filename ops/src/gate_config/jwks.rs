//! The JWKS as it is baked in: the public members of each key, sorted by `kid`. User pools may list their keys in
//! another order each time they are asked.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A JWK Set (RFC 7517 section 5).
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct JwkSet {
    keys: Vec<Jwk>,
}

/// The members that decide whether and how a key is used (RFC 7517 section 4, RFC 7518 section 6.3.1). Whether they
/// hold anything of use is for the gate to say.
#[derive(Debug, Serialize, Deserialize)]
struct Jwk {
    #[serde(default, skip_serializing_if = "Value::is_null")]
    kid: Value,
    #[serde(default, skip_serializing_if = "Value::is_null")]
    kty: Value,
    #[serde(default, skip_serializing_if = "Value::is_null")]
    alg: Value,
    #[serde(default, rename = "use", skip_serializing_if = "Value::is_null")]
    public_key_use: Value,
    #[serde(default, skip_serializing_if = "Value::is_null")]
    key_ops: Value,
    #[serde(default, skip_serializing_if = "Value::is_null")]
    n: Value,
    #[serde(default, skip_serializing_if = "Value::is_null")]
    e: Value,
}

pub(super) fn read(text: &str) -> Result<JwkSet, serde_json::Error> {
    let mut set: JwkSet = serde_json::from_str(text)?;
    set.keys.sort_by_cached_key(|key| (key.kid.to_string(), key.n.to_string()));
    Ok(set)
}
