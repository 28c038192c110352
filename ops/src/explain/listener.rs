//! The listener: what the gate says on its way to a decision, made into findings.

use std::cell::RefCell;

use gate::config::Config;
use gate::moment::UnixTime;
use gate::request::Request;
use gate::trace::{Observation, Trace};

use super::{Finding, cookies, tokens, who_and_what};

/// Hears what the gate finds out about a request.
pub(super) struct Listener<'c> {
    config: &'c Config,
    request: &'c Request<'c>,
    now: UnixTime,
    findings: RefCell<Vec<Finding>>,
}

impl<'c> Listener<'c> {
    pub(super) fn new(config: &'c Config, request: &'c Request<'c>, now: UnixTime) -> Listener<'c> {
        Listener { config, request, now, findings: RefCell::new(Vec::new()) }
    }

    /// What was heard so far, in the order in which the gate looked.
    pub(super) fn heard(&self) -> Vec<Finding> {
        self.findings.take()
    }

    fn finding(&self, observation: Observation<'_>) -> Option<Finding> {
        let (config, request) = (self.config, self.request);
        Some(match observation {
            Observation::Path(path) => who_and_what::path(request, path),
            Observation::UnsafePath(problem) => who_and_what::unsafe_path(request, problem),
            Observation::Host(host) => who_and_what::host(config, request, host),
            Observation::Endpoint(endpoint) => who_and_what::endpoint(config, endpoint),
            Observation::Route(route) => who_and_what::route(config, route),
            Observation::Asker(asker) => who_and_what::asker(request, asker),
            Observation::CrossSite(is_cross_site) => who_and_what::origin(request, is_cross_site),
            Observation::OpenToEverybody => Finding::new("tokens", "not looked at: everybody may read this"),
            Observation::Cookies(pairs) => cookies::finding(pairs),
            Observation::Decides(kind) => tokens::decides(kind),
            Observation::Candidates(kind, count) => tokens::candidates(kind, count)?,
            Observation::Token(kind, candidate, verdict) => {
                tokens::verdict(kind, candidate, verdict, config, self.now)
            }
            Observation::RefreshToken(usable, count) => tokens::refresh(usable, count),
            Observation::State(state) => cookies::state(request, state),
            Observation::Attempt(age) => cookies::attempt(age),
        })
    }
}

impl Trace for &Listener<'_> {
    fn note(self, observation: Observation<'_>) {
        let Some(finding) = self.finding(observation) else { return };
        let mut findings = self.findings.borrow_mut();
        // The gate may look twice at a thing, where two of its steps need it.
        if !findings.contains(&finding) {
            findings.push(finding);
        }
    }
}
