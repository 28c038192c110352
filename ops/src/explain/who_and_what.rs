//! What a request is before anybody's tokens are looked at: host, path, route, and who asks.

use gate::asker::{Asker, is_prefetch, is_subresource};
use gate::auth_paths::Endpoint;
use gate::config::Config;
use gate::host::Host;
use gate::path::{PathProblem, RequestPath};
use gate::request::Request;
use gate::route::{Access, Route, RouteKind};

use super::Finding;

pub(super) fn host(config: &Config, request: &Request<'_>, named: Option<&Host>) -> Finding {
    let listed: Vec<&str> = config.hosts.iter().map(Host::as_str).collect();
    match (named, request.headers.single("host")) {
        (Some(host), _) => Finding::new("host", format!("{host} is one of the gate's")),
        (None, Some(other)) => {
            let says = format!("{other} is none of the gate's hosts ({}): refused", listed.join(", "));
            Finding::new("host", says)
        }
        (None, None) => Finding::new("host", "there is not exactly one Host header: refused"),
    }
}

pub(super) fn path(request: &Request<'_>, path: &RequestPath<'_>) -> Finding {
    let says = if path.as_str() == request.uri {
        format!("{} is read alike by everybody", path.as_str())
    } else {
        format!("{} is decoded once to {}", request.uri, path.as_str())
    };
    Finding::new("path", says)
}

pub(super) fn unsafe_path(request: &Request<'_>, problem: PathProblem) -> Finding {
    Finding::new("path", format!("{} could be read in more than one way: {problem}; refused", request.uri))
}

pub(super) fn endpoint(config: &Config, endpoint: Endpoint) -> Finding {
    let path = config.auth_paths.path(endpoint);
    Finding::new("route", format!("none: {path} is the gate's own ({})", purpose(endpoint)))
}

pub(super) fn route(config: &Config, route: Option<&Route>) -> Finding {
    let Some(route) = route else { return Finding::new("route", "no route matches: refused") };
    let routes = config.routes.routes();
    let passed_over: Vec<&str> =
        routes.iter().take_while(|listed| *listed != route).map(|route| route.pattern.as_str()).collect();
    let number = passed_over.len().saturating_add(1);
    let kind = match &route.kind {
        RouteKind::Site => "site".to_owned(),
        RouteKind::App { entry } => format!("app (entry {entry})"),
        RouteKind::Api => "api: it never redirects, whoever asks".to_owned(),
    };
    let says = format!(
        "{number} of {}: {}, kind {kind}, for {}",
        routes.len(),
        route.pattern.as_str(),
        audience(&route.access)
    );
    let tried = (!passed_over.is_empty()).then(|| format!("no match: {}", passed_over.join(", ")));
    Finding::new("route", says).with(tried)
}

fn purpose(endpoint: Endpoint) -> &'static str {
    match endpoint {
        Endpoint::Callback => "the callback of a sign-in",
        Endpoint::Session => "who is signed in, for scripts",
        Endpoint::SignIn => "begins a sign-in",
        Endpoint::SignOut => "ends the session",
        Endpoint::SignedOut => "where signing out ends",
    }
}

pub(super) fn audience(access: &Access) -> String {
    match access {
        Access::Public => "everybody".to_owned(),
        Access::SignedIn => "everybody who is signed in".to_owned(),
        Access::Groups(groups) => {
            let names: Vec<&str> = groups.iter().map(|group| group.as_str()).collect();
            format!("members of {}", names.join(" or "))
        }
    }
}

/// The header fields by which the gate tells people from programs, in its order.
const TELLING: [&str; 5] = ["sec-purpose", "sec-fetch-dest", "sec-fetch-mode", "x-requested-with", "accept"];

pub(super) fn asker(request: &Request<'_>, asker: Asker) -> Finding {
    let says = match asker {
        Asker::Navigation => "a person who opens a page: a redirect to sign in helps",
        Asker::Frame => "a page inside of another page, where no sign-in page may be shown",
        Asker::Program => "a program: it is told 401, since a redirect would only confuse it",
    };
    let extra = if is_prefetch(request) {
        Some("it is fetched ahead of a click that may never come")
    } else if is_subresource(request) {
        Some("it is a part of a page that is open already")
    } else {
        None
    };
    let fields = TELLING
        .iter()
        .filter_map(|name| request.headers.single(name).map(|value| format!("{name}: {value}")));
    let fields: Vec<String> = fields.chain(extra.map(str::to_owned)).collect();
    let guess = fields.is_empty().then(|| "no header says so: the path's extension tells".to_owned());
    Finding::new("asker", says).with(fields).with(guess)
}

/// Whether another site is behind a request that only this one may make.
pub(super) fn origin(request: &Request<'_>, is_cross_site: bool) -> Finding {
    let says =
        if is_cross_site { "another site is behind it: refused" } else { "no other site is behind it" };
    let fields = ["sec-fetch-site", "origin"]
        .iter()
        .filter_map(|name| request.headers.single(name).map(|value| format!("{name}: {value}")));
    Finding::new("origin", format!("{}: {says}", request.method)).with(fields)
}
