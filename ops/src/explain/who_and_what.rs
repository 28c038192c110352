//! What a request is before anybody's tokens are looked at: host, path, route, and who asks.

use gate::asker::{Asker, is_prefetch, is_subresource};
use gate::auth_paths::Endpoint;
use gate::config::Config;
use gate::flow::is_cross_site;
use gate::host::Host;
use gate::path::RequestPath;
use gate::request::Request;
use gate::route::{Access, Kind, Route};

use super::Finding;

/// What a path is.
pub(super) enum Target<'c> {
    Endpoint(Endpoint),
    Route(&'c Route),
    Nothing,
}

pub(super) fn host(config: &Config, request: &Request<'_>) -> Finding {
    let listed: Vec<&str> = config.hosts.iter().map(Host::as_str).collect();
    match (named_host(config, request), request.headers.single("host")) {
        (Some(host), _) => Finding::new("host", format!("{host} is one of the gate's")),
        (None, Some(other)) => {
            let says = format!("{other} is none of the gate's hosts ({}): refused", listed.join(", "));
            Finding::new("host", says)
        }
        (None, None) => Finding::new("host", "there is not exactly one Host header: refused"),
    }
}

pub(super) fn named_host<'c>(config: &'c Config, request: &Request<'_>) -> Option<&'c Host> {
    let header = request.headers.single("host")?;
    config.hosts.iter().find(|host| host.is_named_by(header))
}

pub(super) fn path(request: &Request<'_>) -> Option<(RequestPath<'static>, Finding)> {
    let path = RequestPath::parse(&request.uri).ok()?.into_owned();
    let says = if path.as_str() == request.uri {
        format!("{} is read alike by everybody", path.as_str())
    } else {
        format!("{} is decoded once to {}", request.uri, path.as_str())
    };
    let finding = Finding::new("path", says);
    Some((path, finding))
}

pub(super) fn unsafe_path(request: &Request<'_>) -> Finding {
    let problem = RequestPath::parse(&request.uri).err().map_or(String::new(), |problem| problem.to_string());
    Finding::new("path", format!("{} could be read in more than one way: {problem}; refused", request.uri))
}

pub(super) fn target<'c>(config: &'c Config, path: &RequestPath<'_>) -> (Target<'c>, Finding) {
    if let Some(endpoint) = config.auth_paths.endpoint(path) {
        let says = format!("none: {} is the gate's own ({})", path.as_str(), purpose(endpoint));
        return (Target::Endpoint(endpoint), Finding::new("route", says));
    }
    let Some(route) = config.routes.find(path) else {
        return (Target::Nothing, Finding::new("route", "no route matches: refused"));
    };
    let routes = config.routes.routes();
    let earlier = routes.iter().take_while(|listed| !listed.pattern.matches(path.as_str()));
    let passed_over: Vec<&str> = earlier.map(|route| route.pattern.as_str()).collect();
    let number = passed_over.len().saturating_add(1);
    let kind = match &route.kind {
        Kind::Site => "site".to_owned(),
        Kind::App { entry } => format!("app (entry {entry})"),
        Kind::Api => "api".to_owned(),
    };
    let says = format!(
        "{number} of {}: {}, kind {kind}, for {}",
        routes.len(),
        route.pattern.as_str(),
        audience(&route.access)
    );
    let tried = (!passed_over.is_empty()).then(|| format!("no match: {}", passed_over.join(", ")));
    (Target::Route(route), Finding::new("route", says).with(tried))
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

pub(super) fn asker(request: &Request<'_>, path: &RequestPath<'_>, target: &Target<'_>) -> Finding {
    if matches!(target, Target::Route(route) if route.kind == Kind::Api) {
        return Finding::new("asker", "a program, whoever it is: an API never redirects");
    }
    let says = match Asker::of(request, path) {
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

/// Whether another site is behind a request that changes something.
pub(super) fn origin(config: &Config, request: &Request<'_>) -> Option<Finding> {
    let host = named_host(config, request)?;
    if request.is_safe() {
        return None;
    }
    let says = if is_cross_site(request, host) {
        "another site is behind it: refused, unless it brings its own bearer token"
    } else {
        "no other site is behind it"
    };
    let fields = ["sec-fetch-site", "origin"]
        .iter()
        .filter_map(|name| request.headers.single(name).map(|value| format!("{name}: {value}")));
    Some(Finding::new("origin", format!("{} changes something; {says}", request.method)).with(fields))
}
