//! How the gate is configured: read from an `edge-auth.json`, or expected from the project file.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use gate::auth_paths::AuthPaths;
use gate::config::Config;
use gate::cookie::Layout;
use gate::host::Host;
use gate::path::RequestPath;
use gate::route::{Route, RouteKind, RouteTable};
use serde_json::Value;

use super::SecretPrint;
use crate::doctor::Fact;

/// Where the configuration was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A file of this machine.
    File(String),
    /// The package that is deployed, by its key.
    Package(String),
    /// The project file: what a deploy would make of it.
    Project,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::File(path) => f.write_str(path),
            Source::Package(key) => write!(f, "edge-auth.json in the package {key}"),
            Source::Project => f.write_str("the project file"),
        }
    }
}

/// The configuration, as far as checks look at it.
#[derive(Debug, Clone)]
pub struct GateSettings {
    /// Where it was read.
    pub source: Source,
    /// `hosts`.
    pub hosts: Vec<Host>,
    /// `auth_prefix`.
    pub auth_paths: AuthPaths,
    /// `user_pool.issuers`.
    pub issuers: Vec<String>,
    /// `user_pool.jwks_uri`.
    pub jwks_uri: String,
    /// `user_pool.domain`, without a slash at its end.
    pub hosted_ui: String,
    /// `user_pool.client_id`.
    pub client_id: String,
    /// `user_pool.client_secret`.
    pub client_secret: Fact<Option<SecretPrint>>,
    /// `user_pool.scopes`.
    pub scopes: Vec<String>,
    /// The ids of the keys in `user_pool.jwks` that verify tokens.
    pub baked_keys: Fact<Vec<String>>,
    /// `cookies.layout`.
    pub layout: Layout,
    /// What is seen of `cookies.sealing_keys`.
    pub sealing_keys: Fact<SealingKeyFacts>,
    /// `session.renew_within_seconds`.
    pub renew_within: u64,
    /// `routes`.
    pub routes: RouteTable,
    /// `response_headers`.
    pub response_headers: Vec<(String, String)>,
}

/// What can be said of sealing keys without telling them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealingKeyFacts {
    /// How many there are.
    pub count: usize,
    /// How many of them somebody wrote instead of drawing them: nothing but printable ASCII, or few different bytes.
    pub written: usize,
    /// Their hashes, the one that seals first.
    pub prints: Vec<SecretPrint>,
}

impl GateSettings {
    /// Reads an `edge-auth.json`.
    ///
    /// # Errors
    ///
    /// What the gate itself says against it.
    pub fn read(source: Source, text: &str) -> Result<GateSettings, Vec<String>> {
        let config = Config::parse(text)
            .map_err(|error| error.problems.iter().map(ToString::to_string).collect::<Vec<_>>())?;
        let document: Value = serde_json::from_str(text).map_err(|error| vec![error.to_string()])?;
        let pool = &config.user_pool;
        let hosted_ui = pool.logout_url.as_str().trim_end_matches("/logout").to_owned();
        let secret = document.pointer("/user_pool/client_secret").and_then(Value::as_str);
        Ok(GateSettings {
            source,
            issuers: pool.tokens.issuers.iter().map(|issuer| issuer.as_str().to_owned()).collect(),
            jwks_uri: pool.jwks_uri.as_str().to_owned(),
            hosted_ui,
            client_id: pool.tokens.client_id.as_str().to_owned(),
            client_secret: Fact::Known(secret.map(SecretPrint::of)),
            scopes: pool.scopes.split(' ').map(str::to_owned).collect(),
            baked_keys: Fact::Known(key_ids(document.pointer("/user_pool/jwks"), |kid| {
                config.jwks.contains(kid)
            })),
            layout: config.cookies.layout,
            sealing_keys: Fact::Known(sealing_keys(&document)),
            renew_within: config.renew_within,
            hosts: config.hosts,
            auth_paths: config.auth_paths,
            routes: config.routes,
            response_headers: config.response_headers,
        })
    }

    /// The routes of this kind.
    pub fn routes_of(&self, is_kind: fn(&RouteKind) -> bool) -> impl Iterator<Item = &Route> {
        self.routes.routes().iter().filter(move |route| is_kind(&route.kind))
    }

    /// The route that a path has.
    #[must_use]
    pub fn route(&self, path: &str) -> Option<&Route> {
        self.routes.find(&RequestPath::parse(path).ok()?)
    }
}

/// The ids of keys in a JWK Set that pass `is_usable`.
pub(crate) fn key_ids(jwks: Option<&Value>, is_usable: impl Fn(&str) -> bool) -> Vec<String> {
    let keys = jwks.and_then(|jwks| jwks.get("keys")).and_then(Value::as_array);
    let kids = keys.into_iter().flatten().filter_map(|key| key.get("kid").and_then(Value::as_str));
    kids.filter(|kid| is_usable(kid)).map(str::to_owned).collect()
}

fn sealing_keys(document: &Value) -> SealingKeyFacts {
    let keys = document.pointer("/cookies/sealing_keys").and_then(Value::as_array);
    let keys: Vec<&str> = keys.into_iter().flatten().filter_map(Value::as_str).collect();
    let bytes: Vec<Vec<u8>> = keys.iter().filter_map(|key| URL_SAFE_NO_PAD.decode(key).ok()).collect();
    SealingKeyFacts {
        count: bytes.len(),
        written: bytes.iter().filter(|key| is_written(key)).count(),
        prints: keys.into_iter().map(SecretPrint::of).collect(),
    }
}

/// 32 random bytes are all printable once in 10^13 times, and have fewer than 16 different ones never.
fn is_written(key: &[u8]) -> bool {
    let mut different = key.to_vec();
    different.sort_unstable();
    different.dedup();
    different.len() < 16 || key.iter().all(|byte| byte.is_ascii_graphic() || *byte == b' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCAL: &str = include_str!("../../../../edge-auth/edge-auth.local.json");

    #[test]
    fn the_local_example_is_read() {
        let gate = GateSettings::read(Source::File("x".to_owned()), LOCAL).unwrap();
        assert_eq!(gate.hosted_ui, "http://127.0.0.1:8081");
        assert_eq!(gate.scopes, ["openid", "email", "profile"]);
        let keys = gate.sealing_keys.known().unwrap();
        assert_eq!((keys.count, keys.written, keys.prints.len()), (1, 1, 1));
        assert_eq!(gate.route("/admin/x").unwrap().pattern.as_str(), "/admin/*");
    }

    #[test]
    fn a_drawn_key_is_not_taken_for_a_written_one() {
        let drawn: [u8; 32] = crate::moment::random().unwrap();
        assert!(!is_written(&drawn));
        assert!(is_written(&[7; 32]));
        assert!(is_written(b"correct horse battery staple 123"));
    }

    #[test]
    fn what_the_gate_refuses_is_told() {
        let problems = GateSettings::read(Source::Project, "{}").unwrap_err();
        assert!(problems.iter().any(|problem| problem.contains("hosts")), "{problems:?}");
    }
}
