//! The gate: what happens to a request, decided.
//!
//! [`Gate::decide`] takes a request to a [`Step`]: a finished [`Decision`], or one [`Exchange`] with the user pool
//! that the shell must carry out. Finishing the exchange consumes it and gives a decision, whose type has no
//! exchange in it: no way leads back, and no request can make the gate go round in circles.

mod admission;
mod answer_headers;
mod callback;
mod callback_problem;
mod exchange;
mod finish;
mod fresh_tokens;
mod origin_check;
mod refusal;
mod renewal;
mod renewal_plan;
mod rule;
mod session_document;
mod sign_in;
mod sign_out;
mod visit;

use cognito::UnixTime;

use crate::asker::Asker;
use crate::auth_paths::Endpoint;
use crate::config::Config;
use crate::decision::Decision;
use crate::memory::Memory;
use crate::moment::Moment;
use crate::origin_response::{self, OriginResponse, OriginStep};
use crate::page::Action;
use crate::path::{PathProblem, RequestPath};
use crate::request::Request;
use crate::trace::{Observation, Trace, Untraced};
use answer_headers::complete;
pub use callback_problem::CallbackProblem;
pub use exchange::{Exchange, Step};
use refusal::{Format, Refusal, Rejection};
use visit::{Target, Visit};

/// The gate: a configuration, and what follows from it.
pub struct Gate {
    config: Config,
}

impl Gate {
    /// A gate for a configuration.
    #[must_use]
    pub fn new(config: Config) -> Gate {
        Gate { config }
    }

    /// The configuration.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Decides a request, or says what to ask the user pool.
    pub fn decide<'g, 'a>(
        &'g self,
        request: Request<'a>,
        memory: &mut Memory,
        moment: &mut Moment<'_>,
    ) -> Step<'g, 'a> {
        self.decide_traced(request, memory, moment, Untraced)
    }

    /// Decides like [`Gate::decide`], and tells what it finds out on the way.
    pub fn decide_traced<'g, 'a, T: Trace>(
        &'g self,
        request: Request<'a>,
        memory: &mut Memory,
        moment: &mut Moment<'_>,
        trace: T,
    ) -> Step<'g, 'a, T> {
        let is_head = request.method == "HEAD";
        match self.visit(request, trace) {
            Err(decision) => Step::Decided(complete(&self.config, *decision, is_head)),
            Ok(visit) => match step(visit, memory, moment) {
                Step::Decided(decision) => Step::Decided(complete(&self.config, decision, is_head)),
                exchange @ Step::Exchange(_) => exchange,
            },
        }
    }

    /// Decides what the cache gets of an answer of the site's bucket, or says what to read first.
    #[must_use]
    pub fn decide_origin_response<'a>(
        &self,
        response: OriginResponse<'a>,
        memory: &Memory,
        now: UnixTime,
    ) -> OriginStep<'a> {
        origin_response::step(&self.config, response, memory, now)
    }

    /// The answer when the gate itself failed, or was handed something that is no request. Nothing is let through.
    #[must_use]
    pub fn fail(&self, detail: &str) -> Decision<'static> {
        let mut decision = Rejection::new(Refusal::Internal, Format::Page).decide(&Request::none());
        decision.record = decision.record.map(|record| record.with_detail(detail));
        complete(&self.config, decision, false)
    }

    /// Reads host, path and what the path is; what cannot be read is refused.
    fn visit<'g, 'a, T: Trace>(
        &'g self,
        request: Request<'a>,
        trace: T,
    ) -> Result<Visit<'g, 'a, T>, Box<Decision<'a>>> {
        let refuse = |refusal: Refusal, path: &RequestPath<'_>, request: &Request<'a>| {
            let asker = Asker::of(request, path);
            trace.note(Observation::Asker(asker));
            let is_known = refusal != Refusal::UnknownHost;
            let actions = is_known.then(|| (Action::Home, "/".to_owned())).into_iter().collect();
            let rejection = Rejection::new(refusal, Format::of(request, asker));
            Box::new(rejection.with_actions(actions).decide(request))
        };
        let refuse_path = |problem: PathProblem, path: &RequestPath<'_>, request: &Request<'a>| {
            trace.note(Observation::UnsafePath(problem));
            refuse(Refusal::UnsafePath(problem), path, request)
        };
        let path = match RequestPath::parse(&request.uri) {
            Ok(path) => path.into_owned(),
            Err(problem) => return Err(refuse_path(problem, &RequestPath::root(), &request)),
        };
        trace.note(Observation::Path(&path));
        let host = request
            .headers
            .single("host")
            .and_then(|header| self.config.hosts.iter().find(|host| host.is_named_by(header)));
        trace.note(Observation::Host(host));
        let Some(host) = host else {
            return Err(refuse(Refusal::UnknownHost, &path, &request));
        };
        let target = match self.config.auth_paths.endpoint(&path) {
            Some(endpoint) => {
                trace.note(Observation::Endpoint(endpoint));
                Target::Endpoint(endpoint)
            }
            None => match self.config.routes.decide(&path) {
                Ok(route) => {
                    trace.note(Observation::Route(route));
                    let Some(route) = route else { return Err(refuse(Refusal::NoRoute, &path, &request)) };
                    Target::Route(route)
                }
                Err(problem) => return Err(refuse_path(problem, &path, &request)),
            },
        };
        Ok(Visit { config: &self.config, host, path, target, request, trace })
    }
}

fn step<'g, 'a, T: Trace>(
    visit: Visit<'g, 'a, T>,
    memory: &mut Memory,
    moment: &mut Moment<'_>,
) -> Step<'g, 'a, T> {
    let is_read = visit.request.is_read();
    match visit.target {
        Target::Route(_) => admission::step(visit, memory, moment),
        Target::Endpoint(Endpoint::SignOut) if is_read || visit.request.method == "POST" => {
            sign_out::step(visit, memory, moment)
        }
        Target::Endpoint(endpoint) if !is_read => {
            let methods = if endpoint == Endpoint::SignOut { "GET, HEAD, POST" } else { "GET, HEAD" };
            Step::Decided(visit.refuse(Refusal::MethodNotAllowed(methods)))
        }
        Target::Endpoint(Endpoint::Session) => admission::step(visit, memory, moment),
        Target::Endpoint(Endpoint::Callback) => callback::step(visit, memory, moment),
        Target::Endpoint(Endpoint::SignIn) => Step::Decided(sign_in::asked_for(visit, moment)),
        Target::Endpoint(Endpoint::SignOut | Endpoint::SignedOut) => {
            Step::Decided(sign_out::signed_out(visit, memory, moment))
        }
    }
}
