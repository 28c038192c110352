//! What the gate would decide for a request, and why, step by step.
//!
//! The gate itself decides, with its own configuration, at a time that is given, and tells what it finds out on the way
//! (`gate::trace`); nothing is asked of the user pool.
//! No secret is repeated: of tokens and cookies only names, sizes, times and what is wrong with them; of query strings
//! only the parameters' names, but for those of an authorization request that everybody may see.

mod asked;
mod cookies;
mod error;
mod exchange;
mod finding;
mod listener;
mod outcome;
mod redaction;
mod source;
mod token;
mod tokens;
mod who_and_what;

use gate::config::Config;
use gate::event;
use gate::flow::{Gate, Step};
use gate::memory::Memory;
use gate::moment::{Moment as GateMoment, Random, UnixTime};
use gate::request::Request;
use serde::Serialize;

pub use asked::Asked;
pub use error::ExplainError;
pub use exchange::ExchangePlan;
pub use finding::Finding;
use listener::Listener;
pub use outcome::{Answered, Forwarded, Outcome};
pub use source::{BUILT, ConfigSource};

use crate::moment::Moment;

/// What the gate would do, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The time for which it is explained.
    pub at: Moment,
    /// The request, in one line, without secrets.
    pub request: String,
    /// What the gate finds, in the order in which it looks.
    pub findings: Vec<Finding>,
    /// What comes of it.
    pub outcome: Outcome,
}

/// Explains what the gate does with a viewer-request event at a time.
///
/// # Errors
///
/// When the text is no viewer-request event.
pub fn explain(config: Config, event: &str, at: Moment) -> Result<Explanation, ExplainError> {
    let request = event::read(event)?;
    let now = UnixTime(u64::try_from(at.unix()).unwrap_or_default());
    let line = request_line(&request);
    let mut memory = Memory::new(config.jwks.clone());
    let gate = Gate::new(config);
    let before = request.clone();
    let listener = Listener::new(gate.config(), &before, now);
    let mut moment = GateMoment { now, random: &mut Unshown };
    let step = gate.decide_traced(request, &mut memory, &mut moment, &listener);
    let findings = listener.heard();
    let outcome = match step {
        Step::Decided(decision) => outcome::of(&decision, &before),
        Step::Exchange(exchange) => {
            Outcome::Exchange(exchange::plan(*exchange, &before, &mut memory, &mut moment))
        }
    };
    Ok(Explanation { at, request: line, findings, outcome })
}

fn request_line(request: &Request<'_>) -> String {
    let host = request.headers.single("host").unwrap_or("(no host)");
    let query = redaction::query(&request.querystring);
    let separator = if query.is_empty() { "" } else { "?" };
    redaction::line(&format!("{} {host}{}{separator}{query}", request.method, request.uri))
}

/// In the place of randomness: what is made with it is neither shown nor sent.
struct Unshown;

impl Random for Unshown {
    fn fill(&mut self, buffer: &mut [u8]) {
        buffer.fill(0);
    }
}

#[cfg(test)]
mod tests;
