//! Visit: a request with its configuration, host, path and target.

use std::borrow::Cow;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::origin_check::is_cross_site;
use super::refusal::{Format, Refusal, Rejection};
use crate::asker::{Asker, prefers_html};
use crate::auth_paths::Endpoint;
use crate::config::Config;
use crate::cookie::{FoundTokens, Pair, pairs};
use crate::decision::Decision;
use crate::host::Host;
use crate::log::{Event, Record};
use crate::page::Action;
use crate::path::RequestPath;
use crate::reason::Reason;
use crate::request::Request;
use crate::return_path::ReturnPath;
use crate::route::{Route, RouteKind};
use crate::trace::{Observation, Trace};

/// Target of a path.
#[derive(Clone, Copy)]
pub(super) enum Target<'g> {
    /// One of the gate's own endpoints.
    Endpoint(Endpoint),
    /// A route's.
    Route(&'g Route),
}

/// A request with what was read from it.
pub(super) struct Visit<'g, 'a, T> {
    pub(super) config: &'g Config,
    pub(super) host: &'g Host,
    pub(super) path: RequestPath<'static>,
    pub(super) target: Target<'g>,
    pub(super) request: Request<'a>,
    pub(super) trace: T,
}

impl<'a, T: Trace> Visit<'_, 'a, T> {
    /// The request's cookies.
    pub(super) fn pairs(&self) -> Vec<Pair<'_>> {
        pairs(&self.request.headers).collect()
    }

    /// The tokens that some of them claim to hold.
    pub(super) fn tokens<'r>(&self, pairs: &[Pair<'r>]) -> FoundTokens<'r> {
        self.trace.note(Observation::Cookies(pairs));
        self.config.cookies.read(pairs)
    }

    /// Who asks.
    pub(super) fn asker(&self) -> Asker {
        let asker = Asker::of(&self.request, &self.path);
        self.trace.note(Observation::Asker(asker));
        asker
    }

    /// Whether another site is behind the request.
    pub(super) fn is_cross_site(&self) -> bool {
        let is_cross_site = is_cross_site(&self.request, self.host);
        self.trace.note(Observation::CrossSite(is_cross_site));
        is_cross_site
    }

    /// Whether a refusal is a page or a problem document.
    pub(super) fn format(&self) -> Format {
        match self.target {
            Target::Endpoint(Endpoint::Session) => Format::Problem,
            Target::Endpoint(_) => Format::Page,
            Target::Route(route) if route.kind == RouteKind::Api && !prefers_html(&self.request) => {
                Format::Problem
            }
            Target::Route(_) => Format::of(&self.request, self.asker()),
        }
    }

    /// Where the viewer wants to be.
    pub(super) fn return_path(&self) -> ReturnPath {
        self.checked(ReturnPath::of_request(&self.request.uri, &self.request.querystring))
    }

    /// A return path that somebody asked for; the start page where it is none. A query that makes it too long is left
    /// behind.
    pub(super) fn asked_return_path(&self, text: Option<Cow<'_, str>>) -> ReturnPath {
        let text = text.unwrap_or_default();
        let (path, query) = text.split_once('?').unwrap_or((&text, ""));
        self.checked(ReturnPath::of_request(path, query))
    }

    /// The address that begins a sign-in and comes back to `return_path`.
    pub(super) fn sign_in_address(&self, return_path: &ReturnPath) -> String {
        let to = utf8_percent_encode(return_path.as_str(), NON_ALPHANUMERIC);
        format!("{}?to={to}", self.config.auth_paths.path(Endpoint::SignIn))
    }

    /// Refuses the request, with the ways on that fit.
    pub(super) fn refuse(&self, refusal: Refusal) -> Decision<'a> {
        self.rejection(refusal).decide(&self.request)
    }

    /// A refusal that can still be added to.
    pub(super) fn rejection(&self, refusal: Refusal) -> Rejection {
        let sign_in = || (Action::SignIn, self.sign_in_address(&self.return_path()));
        let home = || (Action::Home, "/".to_owned());
        let again = || (Action::TryAgain, self.return_path().as_str().to_owned());
        let sign_out = || (Action::SignOut, self.config.auth_paths.path(Endpoint::SignOut));
        let actions = match &refusal {
            Refusal::NoSession(_) | Refusal::Callback(_) => vec![sign_in()],
            Refusal::NotInGroup => vec![home(), sign_out()],
            Refusal::CrossSite if matches!(self.target, Target::Endpoint(Endpoint::SignOut)) => {
                vec![sign_out(), home()]
            }
            Refusal::Pool(_) | Refusal::Internal => vec![again(), home()],
            _ => vec![home()],
        };
        Rejection::new(refusal, self.format()).with_actions(actions)
    }

    /// A line for the log about this request.
    pub(super) fn record(&self, event: Event, reason: Reason) -> Record {
        Record::new(event, reason, &self.request)
    }

    /// The gate's own endpoints are no pages to come back to.
    fn checked(&self, return_path: ReturnPath) -> ReturnPath {
        let is_ours = RequestPath::parse(return_path.path())
            .map_or(true, |path| self.config.auth_paths.covers(path.as_str()));
        if is_ours { ReturnPath::root() } else { return_path }
    }
}
