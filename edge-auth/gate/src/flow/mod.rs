//! The gate: what happens to a request, decided.
//!
//! [`Gate::decide`] takes a request to a [`Step`]: a finished [`Decision`], or one [`Exchange`] with the user pool
//! that the shell must carry out. Finishing the exchange consumes it and gives a decision, whose type has no
//! exchange in it: no way leads back, and no request can make the gate go round in circles.

mod admission;
mod callback;
mod dress;
mod exchange;
mod fresh_tokens;
mod origin_check;
mod refusal;
mod renewal;
mod session_document;
mod sign_in;
mod sign_out;
mod visit;

use cognito::UnixTime;
use http::StatusCode;

use crate::asker::Asker;
use crate::auth_paths::Endpoint;
use crate::config::Config;
use crate::decision::Decision;
use crate::memory::Memory;
use crate::moment::Moment;
use crate::origin_response::{self, OriginResponse, OriginStep};
use crate::page::Action;
use crate::path::RequestPath;
use crate::request::Request;
use dress::dress;
pub use exchange::Exchange;
pub use origin_check::is_cross_site;
use refusal::{Format, Refusal, Rejection};
use visit::{Target, Visit};

/// The gate: a configuration, and what follows from it.
pub struct Gate {
    config: Config,
}

/// What comes of a request at first.
#[expect(
    clippy::large_enum_variant,
    reason = "most requests are decided at once; a box would cost each of them"
)]
pub enum Step<'g, 'a> {
    /// It is decided.
    Decided(Decision<'a>),
    /// The user pool must be asked first.
    Exchange(Box<Exchange<'g, 'a>>),
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
        let is_head = request.method == "HEAD";
        match self.visit(request) {
            Err(decision) => Step::Decided(dress(&self.config, *decision, is_head)),
            Ok(visit) => match step(visit, memory, moment) {
                Step::Decided(decision) => Step::Decided(dress(&self.config, decision, is_head)),
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
        dress(&self.config, decision, false)
    }

    /// Reads host, path and what the path is; what cannot be read is refused.
    fn visit<'g, 'a>(&'g self, request: Request<'a>) -> Result<Visit<'g, 'a>, Box<Decision<'a>>> {
        let refuse = |refusal: Refusal, path: &RequestPath<'_>, request: &Request<'a>| {
            let format = Format::of(request, Asker::of(request, path));
            let is_known = refusal != Refusal::UnknownHost;
            let actions = is_known.then(|| (Action::Home, "/".to_owned())).into_iter().collect();
            Box::new(Rejection::new(refusal, format).with_actions(actions).decide(request))
        };
        let path = match RequestPath::parse(&request.uri) {
            Ok(path) => path.into_owned(),
            Err(problem) => return Err(refuse(Refusal::UnsafePath(problem), &RequestPath::root(), &request)),
        };
        let host = request
            .headers
            .single("host")
            .and_then(|header| self.config.hosts.iter().find(|host| host.is_named_by(header)));
        let Some(host) = host else {
            return Err(refuse(Refusal::UnknownHost, &path, &request));
        };
        let target = match self.config.auth_paths.endpoint(&path) {
            Some(endpoint) => Target::Endpoint(endpoint),
            None => match self.config.routes.decide(&path) {
                Ok(Some(route)) => Target::Route(route),
                Ok(None) => return Err(refuse(Refusal::NoRoute, &path, &request)),
                Err(problem) => return Err(refuse(Refusal::UnsafePath(problem), &path, &request)),
            },
        };
        Ok(Visit { config: &self.config, host, path, target, request })
    }
}

fn step<'g, 'a>(visit: Visit<'g, 'a>, memory: &mut Memory, moment: &mut Moment<'_>) -> Step<'g, 'a> {
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

/// The status of a redirect that turns whatever method into GET (RFC 9110 section 15.4.4).
const SEE_OTHER: StatusCode = StatusCode::SEE_OTHER;
