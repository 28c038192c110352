//! Does the distribution ask the version of the gate that was deployed last, and in the right way?

use super::Check;
use crate::doctor::facts::{Association, Distribution};
use crate::doctor::{Facts, Found, Unknown};

pub(super) const CHECK: Check = Check {
    name: "function-version",
    reference: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-edge-edit-function.html",
    run,
};

const MEND: &str = "parapet deploy site, which associates the version that was deployed last";

fn run(facts: &Facts, found: &mut Found) -> Result<(), Unknown> {
    let distribution = facts.distribution.known()?;
    if !distribution.enabled {
        found.broken(
            format!("the distribution {} is disabled: nobody gets an answer", distribution.id),
            "parapet deploy all, which enables it once the gate stands before it",
        );
    }
    let asked: Vec<&Association> =
        distribution.behaviors.iter().filter_map(|one| one.viewer_request()).collect();
    if asked.is_empty() {
        return none_at_viewer_request(distribution, found);
    }
    let mut arns: Vec<&str> = asked.iter().map(|function| function.arn.as_str()).collect();
    arns.sort_unstable();
    arns.dedup();
    for arn in arns.iter().filter(|arn| version(arn).is_none()) {
        found.broken(
            format!("{arn} is no numbered version: Lambda@Edge runs neither $LATEST nor an alias"),
            MEND,
        );
    }
    if arns.len() > 1 {
        found.risky(format!("behaviors ask different functions: {}", arns.join(", ")), MEND);
    }
    if asked.iter().any(|function| function.include_body) {
        found.risky(
            "the gate is sent requests' bodies (IncludeBody), which it does not look at: CloudFront cuts \
             them at 40 KB",
            "turn IncludeBody off: parapet deploy site",
        );
    }
    let newest = facts.newest_version.known()?;
    for arn in arns.iter().filter(|arn| version(arn).is_some() && *arn != newest) {
        found.risky(format!("the distribution asks {arn}, but {newest} was deployed last"), MEND);
    }
    Ok(())
}

fn none_at_viewer_request(distribution: &Distribution, found: &mut Found) -> Result<(), Unknown> {
    let elsewhere = distribution.behaviors.iter().flat_map(|behavior| &behavior.functions).next();
    let problem = match elsewhere {
        Some(function) => format!("{} is asked at {}, expected viewer-request", function.arn, function.event),
        None => "no behavior asks the gate".to_owned(),
    };
    let consequence = if distribution.enabled { ": the site is open to everybody" } else { "" };
    found.broken(format!("the distribution {}: {problem}{consequence}", distribution.id), MEND);
    Ok(())
}

/// The number at the end of a version's ARN.
fn version(arn: &str) -> Option<u64> {
    arn.rsplit_once(':')?.1.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::checks::healthy::{finds, known, run, silent};
    use crate::doctor::facts::Facts;
    use crate::doctor::{Fact, Severity};

    fn each(facts: &mut Facts, change: impl Fn(&mut Association)) {
        let behaviors = &mut known(&mut facts.distribution).behaviors;
        behaviors.iter_mut().flat_map(|behavior| &mut behavior.functions).for_each(change);
    }

    #[test]
    fn a_numbered_version_has_to_be_asked_at_viewer_request() {
        for arn in
            ["arn:aws:lambda:us-east-1:1:function:gate", "arn:aws:lambda:us-east-1:1:function:gate:$LATEST"]
        {
            finds(&CHECK, Severity::Broken, "no numbered version", |facts| {
                each(facts, |function| function.arn = arn.to_owned());
            });
        }
        finds(&CHECK, Severity::Broken, "is asked at origin-request", |facts| {
            each(facts, |function| function.event = "origin-request".to_owned());
        });
        finds(&CHECK, Severity::Broken, "open to everybody", |facts| {
            known(&mut facts.distribution).behaviors.iter_mut().for_each(|one| one.functions.clear());
        });
        finds(&CHECK, Severity::Broken, "is disabled", |facts| {
            known(&mut facts.distribution).enabled = false
        });
        silent(&CHECK, |_| {});
    }

    #[test]
    fn it_is_the_newest_version_everywhere_without_bodies() {
        finds(&CHECK, Severity::Risky, "was deployed last", |facts| {
            facts.newest_version = Fact::Known("arn:aws:lambda:us-east-1:1:function:gate:8".to_owned());
        });
        finds(&CHECK, Severity::Risky, "IncludeBody", |facts| {
            each(facts, |function| function.include_body = true)
        });
        let findings = run(&CHECK, |facts| {
            known(&mut facts.distribution).behaviors[0].functions[0].arn =
                "arn:aws:lambda:us-east-1:1:function:g:6".into();
        });
        assert_eq!(findings.len(), 2, "{findings:#?}");
    }
}
