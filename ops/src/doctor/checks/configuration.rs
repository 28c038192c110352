//! Does the gate start at all?

use super::Check;
use crate::doctor::{Facts, Found, Unknown};

pub(super) const CHECK: Check = Check {
    name: "configuration",
    reference: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-503-service-unavailable.html",
    run,
};

fn run(facts: &Facts, found: &mut Found) -> Result<(), Unknown> {
    for problem in &facts.config_problems {
        found.broken(
            format!(
                "the gate refuses its edge-auth.json and does not start, so that CloudFront answers \
             503: {problem}"
            ),
            "mend it (in parapet.toml where that makes the file), then parapet deploy edge",
        );
    }
    if facts.config_problems.is_empty() {
        facts.gate.known()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::checks::healthy::{finds, silent};
    use crate::doctor::{Fact, Severity};

    #[test]
    fn what_the_gate_refuses_is_broken() {
        finds(&CHECK, Severity::Broken, "hosts: expected", |facts| {
            facts.gate = Fact::unknown("refused");
            facts.config_problems = vec!["hosts: expected a list".to_owned()];
        });
        silent(&CHECK, |_| {});
    }
}
