//! Do behaviors let through the methods that routes take? CloudFront answers the others with a 403 of its own.

use gate::auth_paths::Endpoint;

use super::Check;
use super::served_api::ServedApi;
use crate::doctor::facts::Behavior;
use crate::doctor::{Facts, Found, Unknown};

pub(super) const CHECK: Check = Check {
    name: "methods",
    reference: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html",
    run,
};

fn run(facts: &Facts, found: &mut Found) -> Result<(), Unknown> {
    let (gate, distribution) = (facts.gate.known()?, facts.distribution.known()?);
    let mend = "let the behavior take GET, HEAD, OPTIONS, PUT, PATCH, POST and DELETE: parapet deploy site";
    for served in ServedApi::all(gate, distribution) {
        let behavior = served.behavior;
        if !["POST", "PUT", "DELETE"].iter().all(|wanted| takes(behavior, wanted)) {
            found.broken(
                format!(
                    "the behavior {} takes {} only, so that the API under {} cannot be written to",
                    behavior.pattern,
                    behavior.methods.join(", "),
                    served.patterns()
                ),
                mend,
            );
        }
    }
    let sign_out = gate.auth_paths.path(Endpoint::SignOut);
    if let Some(behavior) = distribution.behavior(&sign_out).filter(|behavior| !takes(behavior, "POST")) {
        found.risky(
            format!(
                "the behavior {} takes no POST, so that a form cannot sign out at {sign_out}",
                behavior.pattern
            ),
            mend,
        );
    }
    Ok(())
}

fn takes(behavior: &Behavior, method: &str) -> bool {
    behavior.methods.iter().any(|taken| taken == method)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Severity;
    use crate::doctor::checks::healthy::{finds, known, silent};

    #[test]
    fn an_api_is_written_to() {
        finds(&CHECK, Severity::Broken, "cannot be written to", |facts| {
            known(&mut facts.distribution).behaviors[0].methods.retain(|method| method != "PUT");
        });
        finds(&CHECK, Severity::Risky, "/auth/sign-out", |facts| {
            known(&mut facts.distribution).behaviors[2].methods.retain(|method| method != "POST");
        });
        silent(&CHECK, |facts| {
            known(&mut facts.distribution).behaviors[1].methods.retain(|method| method == "GET");
        });
    }
}
