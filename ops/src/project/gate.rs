//! `[gate]` and the routes: what the gate reads from its own configuration, checked by its own reader.
//!
//! The rest of that configuration is not known before the other stacks stand; something that is surely right stands in
//! for it meanwhile.

use gate::auth_paths::AuthPaths;
use gate::config::Config;
use gate::cookie::Layout;
use gate::log::Level;
use serde_json::{Map, Value, json};

use super::problem::Problems;
use super::section::Section;
use super::{Problem, Route};

/// `[gate]`: as the gate's own reader has read it.
#[derive(Debug, Clone, PartialEq)]
pub struct Gate {
    /// `auth_prefix`.
    pub auth_paths: AuthPaths,
    /// `cookies.layout`.
    pub layout: Layout,
    /// `session.renew_within_seconds`.
    pub renew_within: u64,
    /// `user_pool.scopes`.
    pub scopes: Vec<String>,
    /// `response_headers`.
    pub response_headers: Vec<(String, String)>,
    /// `api_clients`.
    pub api_clients: Vec<String>,
    /// `log`.
    pub log: Level,
}

/// What the gate reads, as the file has it or by default.
pub(super) struct Unchecked {
    members: Map<String, Value>,
    routes: Value,
}

impl Unchecked {
    /// `routes` are the file's, if it has any.
    pub(super) fn read(mut section: Section<'_>, routes: Option<toml::Value>, has_api: bool) -> Unchecked {
        let defaults = [
            ("auth_prefix", json!("/auth")),
            ("cookies", json!("host")),
            ("renew_within_seconds", json!(300)),
            ("scopes", json!(["openid", "email", "profile"])),
            ("response_headers", json!({ "strict-transport-security": "max-age=31536000" })),
            ("api_clients", json!([])),
            ("log", json!("info")),
        ];
        let members = defaults
            .into_iter()
            .map(|(key, default)| (key.to_owned(), section.take(key).map_or(default, as_json)))
            .collect();
        section.finish();
        Unchecked { members, routes: routes.map_or_else(|| default_routes(has_api), as_json) }
    }

    /// The path of the first route of kind `app`.
    pub(super) fn app_path(&self) -> Option<&str> {
        let routes = self.routes.as_array()?;
        routes.iter().find(|route| route["kind"] == "app").and_then(|route| route["path"].as_str())
    }

    /// What the gate makes of it; nothing where it refuses it.
    pub(super) fn check(self, problems: &Problems) -> Option<Config> {
        match Config::read(self.into_document()) {
            Ok(config) => Some(config),
            Err(error) => {
                for problem in error.problems {
                    let problem =
                        Problem { key: key_of(&problem.member), message: as_a_key(&problem.message) };
                    problems.add(problem.key, problem.message);
                }
                None
            }
        }
    }

    fn into_document(mut self) -> Value {
        let mut member = |name: &str| self.members.remove(name).unwrap_or_default();
        json!({
            "hosts": ["d111111abcdef8.cloudfront.net"],
            "auth_prefix": member("auth_prefix"),
            "user_pool": {
                "issuers": ["https://cognito-idp.us-east-1.amazonaws.com/us-east-1_EXAMPLE"],
                "domain": "https://example.auth.us-east-1.amazoncognito.com",
                "client_id": "1example23456789",
                "scopes": member("scopes"),
            },
            "cookies": {
                "layout": member("cookies"),
                "sealing_keys": ["AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"],
            },
            "session": { "renew_within_seconds": member("renew_within_seconds") },
            "routes": self.routes,
            "response_headers": member("response_headers"),
            "api_clients": member("api_clients"),
            "log": member("log"),
        })
    }
}

impl Gate {
    /// What stands in `[gate]`, of the whole configuration.
    pub(super) fn of(config: &Config) -> Gate {
        Gate {
            auth_paths: config.auth_paths.clone(),
            layout: config.cookies.layout,
            renew_within: config.renew_within,
            scopes: config.user_pool.scopes.split(' ').map(str::to_owned).collect(),
            response_headers: config.response_headers.clone(),
            api_clients: config.api_clients.iter().map(|client| client.as_str().to_owned()).collect(),
            log: config.log,
        }
    }

    /// The routes that the gate has read.
    pub(super) fn routes(config: &Config) -> Vec<Route> {
        config.routes.routes().to_vec()
    }
}

/// Everything for whoever is signed in; programs are answered as programs below `/api/`.
fn default_routes(has_api: bool) -> Value {
    let api = json!({ "path": "/api/*", "kind": "api", "access": "signed-in" });
    let site = json!({ "path": "/*", "kind": "site", "access": "signed-in" });
    Value::Array(has_api.then_some(api).into_iter().chain([site]).collect())
}

/// Dates have no other form in JSON; the gate refuses the text wherever it is no answer.
fn as_json(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => Value::from(number),
        toml::Value::Float(number) => Value::from(number),
        toml::Value::Boolean(value) => Value::Bool(value),
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(entries) => entries.into_iter().map(as_json).collect(),
        toml::Value::Table(members) => {
            members.into_iter().map(|(name, member)| (name, as_json(member))).collect()
        }
    }
}

/// The project file's key for a member of `edge-auth.json`.
fn key_of(member: &str) -> String {
    for (theirs, ours) in [
        ("user_pool.scopes", "gate.scopes"),
        ("cookies.layout", "gate.cookies"),
        ("session.renew_within_seconds", "gate.renew_within_seconds"),
    ] {
        if let Some(rest) = member.strip_prefix(theirs) {
            return format!("{ours}{rest}");
        }
    }
    if member.starts_with("routes") { member.to_owned() } else { format!("gate.{member}") }
}

/// In the words of TOML.
fn as_a_key(message: &str) -> String {
    if message == "unknown member" {
        "unknown key".to_owned()
    } else {
        message.replace("an object", "a table")
    }
}
