//! Do browsers learn to come over HTTPS by themselves (RFC 6797)?

use super::Check;
use crate::doctor::fact::Gaps;
use crate::doctor::facts::{Distribution, GateSettings};
use crate::doctor::{Facts, Found, Unknown};

pub(super) const CHECK: Check = Check {
    name: "transport-security",
    reference: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html",
    run,
};

const HEADER: &str = "strict-transport-security";

fn run(facts: &Facts, found: &mut Found) -> Result<(), Unknown> {
    let gate = facts.gate.known()?;
    // Browsers take it over HTTPS only (RFC 6797 section 8.1).
    if gate.hosts.iter().all(|host| host.scheme() == "http") {
        return Ok(());
    }
    if !gate.response_headers.iter().any(|(name, _)| name == HEADER) {
        found.hint(
            "answers of the gate have no Strict-Transport-Security".to_owned(),
            "add strict-transport-security to [gate] response_headers, then parapet deploy edge",
        );
    }
    match facts.distribution.known() {
        Ok(distribution) => by_policy(gate, distribution, found),
        Err(why) => as_delivered(facts, found, why),
    }
}

/// Where the distribution is not known, a page tells.
fn as_delivered(facts: &Facts, found: &mut Found, why: Unknown) -> Result<(), Unknown> {
    let mut pages = facts.pages.iter().filter_map(|page| page.known().ok()).peekable();
    if pages.peek().is_none() {
        return Err(why);
    }
    for page in pages.filter(|page| page.transport_security.is_none()) {
        found.risky(
            format!("{} ({}) has no Strict-Transport-Security", page.path, page.from),
            "give its behavior a response headers policy with it: parapet deploy site",
        );
    }
    Ok(())
}

fn by_policy(gate: &GateSettings, distribution: &Distribution, found: &mut Found) -> Result<(), Unknown> {
    use gate::route::RouteKind;
    let mut gaps = Gaps::default();
    for behavior in &distribution.behaviors {
        let is_api = gate.route(&behavior.sample()).is_some_and(|route| route.kind == RouteKind::Api);
        let Some(policy) = gaps.or_note(&behavior.response).filter(|_| !is_api) else { continue };
        let seconds = policy.as_ref().and_then(|policy| policy.transport_security_seconds).unwrap_or(0);
        if seconds == 0 {
            found.risky(
                format!("pages of the behavior {} have no Strict-Transport-Security", behavior.pattern),
                "give the behavior a response headers policy with it: parapet deploy site",
            );
        }
    }
    gaps.close()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Fact;
    use crate::doctor::Severity;
    use crate::doctor::checks::healthy::{finds, known, silent};

    #[test]
    fn pages_and_the_gates_answers_have_it() {
        finds(&CHECK, Severity::Hint, "answers of the gate", |facts| {
            known(&mut facts.gate).response_headers.clear();
        });
        finds(&CHECK, Severity::Risky, "/admin/*", |facts| {
            known(&mut facts.distribution).behaviors[1].response = Fact::Known(None);
        });
        silent(&CHECK, |facts| {
            known(&mut facts.distribution).behaviors[0].response = Fact::Known(None);
        });
    }

    #[test]
    fn a_page_tells_where_the_distribution_is_not_known() {
        silent(&CHECK, |facts| facts.distribution = Fact::unknown("denied"));
        finds(&CHECK, Severity::Risky, "/admin/index.html", |facts| {
            facts.distribution = Fact::unknown("denied");
            known(&mut facts.pages[0]).transport_security = None;
        });
    }

    #[test]
    fn loopback_needs_none() {
        silent(&CHECK, |facts| {
            let gate = known(&mut facts.gate);
            gate.hosts = vec![gate::host::Host::parse("localhost:8080").unwrap()];
            gate.response_headers.clear();
            facts.distribution = Fact::unknown("not asked");
        });
    }
}
