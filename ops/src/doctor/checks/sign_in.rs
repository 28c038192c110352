//! Is a visitor without a session really sent to sign in, and by a gate that is configured like this?

use super::Check;
use crate::doctor::facts::{Answer, GateSettings};
use crate::doctor::{Facts, Found, Unknown};

pub(super) const CHECK: Check = Check {
    name: "sign-in",
    reference: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-the-edge.html",
    run,
};

fn run(facts: &Facts, found: &mut Found) -> Result<(), Unknown> {
    let answer = facts.signed_out.known()?;
    let (status, url) = (answer.status, &answer.url);
    if answer.is_authorization_request() {
        compare(answer, facts.gate.known()?, found);
    } else if status.is_success() {
        found.broken(
            format!("{url} is there for everybody: expected to be sent to sign in, got {status}"),
            "if it is meant for everybody, name a page that is not with --url; else associate the gate with the \
             behavior of this path: parapet deploy site",
        );
    } else if status.is_server_error() {
        found.broken(
            format!("{url} answers {status}: the gate fails{}", cloudfront_says(answer)),
            "read why: parapet logs --since 1h --event fault",
        );
    } else {
        found.broken(
            format!("{url} answers {status}, expected to be sent to sign in: no gate answers there"),
            "check that the host names the distribution, and the behavior of this path the gate: parapet \
             status",
        );
    }
    Ok(())
}

/// What the gate that runs sends people with, against the configuration at hand.
fn compare(answer: &Answer, gate: &GateSettings, found: &mut Found) {
    let location = answer.header("location").unwrap_or_default();
    let authorize = format!("{}/oauth2/authorize?", gate.hosted_ui);
    if !location.starts_with(&authorize) {
        let sent_to = location.split('?').next().unwrap_or_default();
        found.broken(
            format!("people are sent to {sent_to}, expected {authorize}: another gate or configuration runs"),
            "parapet deploy edge",
        );
    }
    let client = answer.location_parameter("client_id").unwrap_or_default();
    if client != gate.client_id {
        found.broken(
            format!("people are sent with the client {client}, expected {}", gate.client_id),
            "parapet deploy edge",
        );
    }
}

fn cloudfront_says(answer: &Answer) -> &'static str {
    if answer.header("x-cache").is_some_and(|said| said.contains("LambdaGeneratedResponse")) {
        ""
    } else {
        ", so that CloudFront answers for it"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::checks::healthy::{answer, authorization_request, finds, silent};
    use crate::doctor::{Fact, Severity};

    #[test]
    fn a_page_that_everybody_gets_is_broken() {
        finds(&CHECK, Severity::Broken, "there for everybody", |facts| {
            facts.signed_out = Fact::Known(answer(200, &[]));
        });
        finds(&CHECK, Severity::Broken, "the gate fails", |facts| {
            facts.signed_out = Fact::Known(answer(503, &[]));
        });
        finds(&CHECK, Severity::Broken, "no gate answers", |facts| {
            facts.signed_out = Fact::Known(answer(403, &[]));
        });
        silent(&CHECK, |_| {});
    }

    #[test]
    fn another_gate_is_told_by_where_it_sends_people() {
        let sent = |location: String| Fact::Known(answer(302, &[("location", &location)]));
        finds(&CHECK, Severity::Broken, "another gate", |facts| {
            facts.signed_out = sent(authorization_request().replace("//cms.auth", "//old.auth"));
        });
        finds(&CHECK, Severity::Broken, "the client 2other", |facts| {
            facts.signed_out = sent(authorization_request().replace("1example23456789", "2other"));
        });
    }
}
