//! What every generated answer carries, whatever it is.

use super::refusal::{Format, Refusal, Rejection};
use crate::config::Config;
use crate::decision::{Decision, Outcome};
use crate::request::Request;
use crate::response::Response;

/// The longest answer, in bytes of headers and body. CloudFront takes 40 KB, with the JSON around them.
const MAX_ANSWER: usize = 36_000;

/// Adds the configured header fields and the gate's own defaults; an answer to HEAD loses its body. An answer that
/// CloudFront would not take gives way to one that it does.
pub(super) fn dress<'a>(config: &Config, decision: Decision<'a>, is_head: bool) -> Decision<'a> {
    let decision = with_headers(config, decision);
    let decision = if is_too_long(&decision) { too_long(config, decision) } else { decision };
    match decision.outcome {
        Outcome::Answer(response) if is_head => Decision::answer(response.without_body(), decision.record),
        outcome => Decision { outcome, ..decision },
    }
}

fn with_headers<'a>(config: &Config, decision: Decision<'a>) -> Decision<'a> {
    let Outcome::Answer(response) = decision.outcome else { return decision };
    let response = config
        .response_headers
        .iter()
        .fold(response, |response, (name, value)| with_header(response, name, value))
        .with_default_header("x-content-type-options", "nosniff")
        .with_default_header("referrer-policy", "no-referrer");
    Decision::answer(response, decision.record)
}

/// A page's own content security policy stays: it allows the page's style, and nothing else. So does what it says
/// about frames.
fn with_header(response: Response, name: &str, value: &str) -> Response {
    match name {
        "content-security-policy" | "x-frame-options" => response.with_default_header(name, value),
        _ => response.with_header(name, value),
    }
}

fn is_too_long(decision: &Decision<'_>) -> bool {
    matches!(&decision.outcome, Outcome::Answer(response) if response.length() > MAX_ANSWER)
}

/// The answer is lost, but what it was about stays in the log.
fn too_long<'a>(config: &Config, lost: Decision<'a>) -> Decision<'a> {
    let decision = Rejection::new(Refusal::Internal, Format::Page).decide(&Request::none());
    let record = lost.record.or(decision.record).map(|record| record.into_fault("answer_too_long"));
    with_headers(config, Decision { record, ..decision })
}
