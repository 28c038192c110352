//! Is there a behavior that leaves the gate out? Its paths are open to everybody, whatever the routes say.

use gate::route::Access;

use super::Check;
use crate::doctor::facts::{Behavior, GateSettings};
use crate::doctor::{Facts, Found, Unknown};

pub(super) const CHECK: Check = Check {
    name: "unprotected-paths",
    reference: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html",
    run,
};

fn run(facts: &Facts, found: &mut Found) -> Result<(), Unknown> {
    let distribution = facts.distribution.known()?;
    let gate = facts.gate.known()?;
    let asks = |behavior: &Behavior| behavior.viewer_request().is_some();
    for behavior in distribution.behaviors.iter().filter(|behavior| !asks(behavior)) {
        let pattern = &behavior.pattern;
        if behavior.cloudfront_functions.iter().any(|event| event.starts_with("viewer-")) {
            found.broken(
                format!(
                    "the behavior {pattern} runs a CloudFront Function, beside which the gate cannot be asked"
                ),
                "move what that function does to the origin, and associate the gate: parapet deploy site",
            );
        } else if is_public(gate, behavior) {
            found.hint(
                format!("the behavior {pattern} does not ask the gate; its route is public today"),
                "associate the gate with every behavior, so that the routes alone decide",
            );
        } else {
            found.broken(
                format!(
                    "the behavior {pattern} does not ask the gate: everybody gets its paths, whatever \
                 the routes say"
                ),
                "associate the gate with it, as parapet deploy site does, or take the behavior away",
            );
        }
    }
    Ok(())
}

/// Whether the routes give away all that the behavior is for.
fn is_public(gate: &GateSettings, behavior: &Behavior) -> bool {
    let is_public = |access: &Access| *access == Access::Public;
    let within = |pattern: &str| behavior.matches(&pattern.replace('*', "x"));
    let mut routes = gate.routes.routes().iter().filter(|route| within(route.pattern.as_str()));
    gate.route(&behavior.sample()).is_some_and(|route| is_public(&route.access))
        && routes.all(|route| is_public(&route.access))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Severity;
    use crate::doctor::checks::healthy::{finds, known, silent};

    #[test]
    fn every_behavior_asks_the_gate() {
        finds(&CHECK, Severity::Broken, "/admin/* does not ask", |facts| {
            known(&mut facts.distribution).behaviors[1].functions.clear();
        });
        finds(&CHECK, Severity::Hint, "public today", |facts| {
            let behavior = &mut known(&mut facts.distribution).behaviors[1];
            behavior.functions.clear();
            behavior.pattern = "/public/*".to_owned();
        });
        finds(&CHECK, Severity::Broken, "CloudFront Function", |facts| {
            let behavior = &mut known(&mut facts.distribution).behaviors[1];
            behavior.functions.clear();
            behavior.cloudfront_functions = vec!["viewer-request".to_owned()];
        });
        silent(&CHECK, |_| {});
    }

    #[test]
    fn a_behavior_wider_than_a_public_route_is_no_public_one() {
        finds(&CHECK, Severity::Broken, "* does not ask", |facts| {
            known(&mut facts.distribution).behaviors[2].functions.clear();
        });
    }
}
