//! The configuration, `edge-auth.json`.
//!
//! It is read once, at start, into types that cannot be wrong. All problems are reported together, unknown members
//! are refused, and nothing that is missing silently switches a check off.

mod document;
mod pool;
mod problem;
mod response_headers;
mod routes;
mod section;

use cognito::{ClientId, Jwks};
use serde_json::Value;

pub use pool::PoolConfig;
pub use problem::{ConfigError, Problem};

use crate::auth_paths::AuthPaths;
use crate::cookie::{Layout, Names};
use crate::host::Host;
use crate::log::Level;
use crate::route::RouteTable;
use crate::seal::SealingKeys;
use document::Document;
use problem::Problems;
use section::Section;

/// The longest time before a session's end at which it is renewed, in seconds: an hour.
const MAX_RENEW_WITHIN: u64 = 3_600;

/// The sealing key of the example for this machine, `edge-auth.local.json`. Everybody can read it, so it is accepted
/// for loopback hosts only.
const LOCAL_SEALING_KEY: &str = "cGFyYXBldC1sb2NhbC1rZXktZG8tbm90LWRlcGxveS0";

/// Everything that an operator decides.
pub struct Config {
    /// The hosts that the gate answers for.
    pub hosts: Vec<Host>,
    /// The gate's own endpoints.
    pub auth_paths: AuthPaths,
    /// The user pool.
    pub user_pool: PoolConfig,
    /// How cookies are named.
    pub cookies: Names,
    /// The keys that seal sign-in attempts.
    pub sealing_keys: SealingKeys,
    /// How long before its end a session is renewed, in seconds.
    pub renew_within: u64,
    /// What each path is, and who may have it.
    pub routes: RouteTable,
    /// Header fields for every generated answer; names are lower case.
    pub response_headers: Vec<(String, String)>,
    /// Further client ids whose access tokens are accepted as bearer tokens.
    pub api_clients: Vec<ClientId>,
    /// How much is logged.
    pub log: Level,
    /// The keys that the package brings.
    pub jwks: Jwks,
}

impl Config {
    /// Reads `edge-auth.json`.
    ///
    /// # Errors
    ///
    /// Every [`Problem`] in it.
    pub fn parse(text: &str) -> Result<Config, ConfigError> {
        let Document(document) =
            serde_json::from_str(text).map_err(|error| ConfigError::not_json(&error.to_string()))?;
        Config::read(document)
    }

    /// Reads the same document where it is no text: what `parapet.toml` says of the gate, with the rest of it.
    ///
    /// # Errors
    ///
    /// Every [`Problem`] in it.
    pub fn read(document: Value) -> Result<Config, ConfigError> {
        let problems = Problems::default();
        let config = read_root(Section::root(document, &problems));
        match config {
            Some(config) if problems.is_empty() => Ok(config),
            _ => Err(problems.into_error()),
        }
    }
}

/// Reads an array of routes that stands alone, as an environment variable has it.
pub(crate) fn read_routes(text: &str) -> Result<RouteTable, ConfigError> {
    let Document(routes) =
        serde_json::from_str(text).map_err(|error| ConfigError::not_json(&error.to_string()))?;
    let problems = Problems::default();
    let mut root = Section::root(serde_json::json!({ "routes": routes }), &problems);
    let table = routes::read(&mut root);
    root.finish();
    match table {
        Some(table) if problems.is_empty() => Ok(table),
        _ => Err(problems.into_error()),
    }
}

/// Every member is read before any is missed, so that all problems are found.
fn read_root(mut root: Section<'_>) -> Option<Config> {
    let hosts = root.list("hosts", |host| Host::parse(host).map_err(str::to_owned));
    let auth_paths = root.text("auth_prefix", Some("/auth"), AuthPaths::parse);
    let (user_pool, jwks) = pool::read(root.section("user_pool"));
    let (layout, sealing_keys, has_local_key) = read_cookies(root.section("cookies"));
    if has_local_key && hosts.iter().flatten().any(|host| host.scheme() == "https") {
        root.wrong("cookies.sealing_keys", "keys of your own", "the key of the local example");
    }
    let renew_within = read_session(root.optional_section("session"));
    let routes = routes::read(&mut root);
    let response_headers = response_headers::read(root.optional_section("response_headers"));
    let api_clients = root.optional_list("api_clients", |id| Ok(ClientId::from(id)));
    let log = root.text("log", Some("info"), read_level);
    root.finish();
    let user_pool = user_pool?;
    Some(Config {
        hosts: hosts?,
        auth_paths: auth_paths?,
        cookies: Names {
            layout: layout?,
            client_id: user_pool.tokens.client_id.clone(),
            scopes: user_pool.scopes.clone(),
        },
        user_pool,
        sealing_keys: sealing_keys?,
        renew_within: renew_within?,
        routes: routes?,
        response_headers: response_headers?,
        api_clients: api_clients?,
        log: log?,
        jwks: jwks?,
    })
}

/// The layout, the keys, and whether the local example's is among them.
fn read_cookies(mut section: Section<'_>) -> (Option<Layout>, Option<SealingKeys>, bool) {
    let layout = section.text("layout", Some("host"), |text| {
        let named = [Layout::Host, Layout::Amplify].into_iter().find(|layout| layout.as_str() == text);
        named.ok_or("\"host\" or \"amplify\"")
    });
    let mut has_local_key = false;
    let keys = section.secrets("sealing_keys", "32 bytes in base64url", |texts| {
        has_local_key = texts.contains(&LOCAL_SEALING_KEY);
        SealingKeys::parse(texts)
    });
    section.finish();
    (layout, keys, has_local_key)
}

fn read_session(mut section: Section<'_>) -> Option<u64> {
    let seconds = section.number("renew_within_seconds", 300, MAX_RENEW_WITHIN);
    section.finish();
    seconds
}

fn read_level(text: &str) -> Result<Level, &'static str> {
    let named = [Level::Error, Level::Warn, Level::Info, Level::Debug]
        .into_iter()
        .find(|level| level.as_str() == text);
    named.ok_or("\"error\", \"warn\", \"info\" or \"debug\"")
}

#[cfg(test)]
mod tests {
    use cognito::Group;
    use proptest::prelude::*;

    use super::*;
    use crate::route::Access;

    const LOCAL: &str = include_str!("../../../edge-auth.local.json");

    #[test]
    fn the_local_example_is_right() {
        let config = Config::parse(LOCAL).unwrap();
        let access = |path| config.routes.access_of(path).cloned();
        let groups =
            |names: &[&str]| Some(Access::Groups(names.iter().map(|name| Group::new(*name)).collect()));
        for path in ["/", "/news/x/", "/guide", "/api/v1/search"] {
            assert_eq!(access(path), Some(Access::Public), "{path}");
        }
        for path in ["/guide/", "/members/x/", "/api/v1/search/", "/api/v1/me"] {
            assert_eq!(access(path), Some(Access::SignedIn), "{path}");
        }
        assert_eq!(access("/team/x/"), groups(&["editors", "admins"]));
        assert_eq!(access("/admin/"), groups(&["authors", "editors", "admins"]));
    }

    #[test]
    fn the_local_key_is_for_this_machine_only() {
        let error = Config::parse(&LOCAL.replace("localhost:8080", "cms.example.com")).err().unwrap();
        assert_eq!(error.problems.len(), 1, "{error}");
        assert_eq!(error.problems[0].member, "cookies.sealing_keys");
    }

    fn pointers(value: &Value, here: &str, found: &mut Vec<String>) {
        found.push(here.to_owned());
        match value {
            Value::Object(members) => {
                members.iter().for_each(|(name, member)| pointers(member, &format!("{here}/{name}"), found));
            }
            Value::Array(entries) => {
                entries
                    .iter()
                    .enumerate()
                    .for_each(|(at, entry)| pointers(entry, &format!("{here}/{at}"), found));
            }
            _ => {}
        }
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            ".{0,40}".prop_map(Value::from),
            "https?://[a-z./:@?#*]{0,20}".prop_map(Value::from),
        ];
        leaf.prop_recursive(2, 8, 3, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
                proptest::collection::hash_map("[a-z_]{1,8}", inner, 0..3)
                    .prop_map(|members| members.into_iter().collect()),
            ]
        })
    }

    proptest! {
        #[test]
        fn any_text_is_a_configuration_or_has_problems(text in ".{0,200}") {
            prop_assert!(Config::parse(&text).err().is_none_or(|error| !error.problems.is_empty()));
        }

        #[test]
        fn a_member_of_any_value_is_right_or_named(at in any::<prop::sample::Index>(), value in any_value()) {
            let mut document: Value = serde_json::from_str(LOCAL).unwrap();
            let mut found = Vec::new();
            pointers(&document, "", &mut found);
            let pointer = at.get(&found);
            *document.pointer_mut(pointer).unwrap() = value;
            if let Err(error) = Config::parse(&document.to_string()) {
                prop_assert!(!error.problems.is_empty());
                let member = pointer.split('/').nth(1).unwrap_or_default();
                prop_assert!(
                    error.problems.iter().all(|problem| problem.member.starts_with(member) || member == "hosts"),
                    "{pointer}: {error}"
                );
            }
        }
    }
}
