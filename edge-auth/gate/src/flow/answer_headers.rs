//! Header fields of every generated answer, and the limit of its length.

use super::refusal::{Format, Refusal, Rejection};
use crate::config::Config;
use crate::decision::{Decision, Outcome};
use crate::reason::Reason;
use crate::request::Request;
use crate::response::Response;

/// The longest answer, in bytes of header fields and body. CloudFront takes 40 KB, with the JSON around them.
const MAX_ANSWER: usize = 36_000;

/// Adds the configured header fields and the gate's own defaults; drops the body of an answer to HEAD. Replaces an
/// answer longer than [`MAX_ANSWER`] by the 500 page, since CloudFront would refuse it.
pub(super) fn complete<'a>(config: &Config, decision: Decision<'a>, is_head: bool) -> Decision<'a> {
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

/// Sets a header field; a page's own `Content-Security-Policy` and `X-Frame-Options` stay, because they allow exactly what
/// the page needs.
fn with_header(response: Response, name: &str, value: &str) -> Response {
    match name {
        "content-security-policy" | "x-frame-options" => response.with_default_header(name, value),
        _ => response.with_header(name, value),
    }
}

fn is_too_long(decision: &Decision<'_>) -> bool {
    matches!(&decision.outcome, Outcome::Answer(response) if response.length() > MAX_ANSWER)
}

/// The 500 page instead of an answer; the record keeps what the lost answer was about.
fn too_long<'a>(config: &Config, lost: Decision<'a>) -> Decision<'a> {
    let decision = Rejection::new(Refusal::Internal, Format::Page).decide(&Request::none());
    let record = lost.record.or(decision.record).map(|record| record.into_fault(Reason::AnswerTooLong));
    with_headers(config, Decision { record, ..decision })
}
