//! The members of `edge-auth.json` in the order in which they are documented.

use gate::log::Level;
use gate::route::{Access, Route, RouteKind};
use serde::{Serialize, Serializer};

use super::jwks::JwkSet;
use super::{GateFacts, issuers};
use crate::project::Project;

#[derive(Serialize)]
pub(super) struct Document<'a> {
    hosts: &'a [String],
    auth_prefix: &'a str,
    user_pool: UserPool<'a>,
    cookies: Cookies<'a>,
    session: Session,
    routes: Vec<RouteEntry<'a>>,
    #[serde(serialize_with = "as_object")]
    response_headers: &'a [(String, String)],
    api_clients: &'a [String],
    log: Level,
}

#[derive(Serialize)]
struct UserPool<'a> {
    issuers: Vec<String>,
    jwks_uri: &'a str,
    jwks: JwkSet,
    domain: &'a str,
    client_id: &'a str,
    client_secret: Option<&'a str>,
    scopes: &'a [String],
}

#[derive(Serialize)]
struct Cookies<'a> {
    layout: &'a str,
    sealing_keys: &'a [String],
}

#[derive(Serialize)]
struct Session {
    renew_within_seconds: u64,
}

#[derive(Serialize)]
pub(super) struct RouteEntry<'a> {
    path: &'a str,
    kind: &'static str,
    access: AccessEntry<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum AccessEntry<'a> {
    Word(&'static str),
    AnyOf { groups: Vec<&'a str> },
}

impl<'a> Document<'a> {
    pub(super) fn new(project: &'a Project, facts: &'a GateFacts, jwks: JwkSet) -> Document<'a> {
        let gate = &project.gate;
        Document {
            hosts: &facts.hosts,
            auth_prefix: gate.auth_paths.prefix(),
            user_pool: UserPool {
                issuers: issuers(&facts.issuer),
                jwks_uri: &facts.jwks_uri,
                jwks,
                domain: &facts.hosted_ui_url,
                client_id: &facts.client_id,
                client_secret: facts.client_secret.as_deref(),
                scopes: &gate.scopes,
            },
            cookies: Cookies { layout: gate.layout.as_str(), sealing_keys: &facts.sealing_keys },
            session: Session { renew_within_seconds: gate.renew_within },
            routes: routes(project),
            response_headers: &gate.response_headers,
            api_clients: &gate.api_clients,
            log: gate.log,
        }
    }
}

/// The routes in their order.
pub(super) fn routes(project: &Project) -> Vec<RouteEntry<'_>> {
    project.routes.iter().map(RouteEntry::of).collect()
}

impl<'a> RouteEntry<'a> {
    fn of(route: &'a Route) -> RouteEntry<'a> {
        let (kind, entry) = match &route.kind {
            RouteKind::Site => ("site", None),
            RouteKind::App { entry } => ("app", Some(entry.as_str())),
            RouteKind::Api => ("api", None),
        };
        let access = match &route.access {
            Access::Public => AccessEntry::Word("public"),
            Access::SignedIn => AccessEntry::Word("signed-in"),
            Access::Groups(groups) => {
                AccessEntry::AnyOf { groups: groups.iter().map(|group| group.as_str()).collect() }
            }
        };
        RouteEntry { path: route.pattern.as_str(), kind, access, entry }
    }
}

fn as_object<S: Serializer>(fields: &[(String, String)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(fields.iter().map(|(name, value)| (name, value)))
}
