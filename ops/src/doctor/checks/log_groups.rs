//! Is the gate's log kept in every region that runs it, and not for ever?

use super::Check;
use crate::doctor::fact::Gaps;
use crate::doctor::{Facts, Found, Unknown};

pub(super) const CHECK: Check = Check {
    name: "log-groups",
    reference: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-functions-logs.html",
    run,
};

fn run(facts: &Facts, found: &mut Found) -> Result<(), Unknown> {
    let mut gaps = Gaps::default();
    let (mut missing, mut endless) = (Vec::new(), Vec::new());
    for (region, group) in &facts.log_groups {
        match gaps.or_note(group) {
            Some(None) => missing.push(region.as_str()),
            Some(Some(group)) if group.retention_days.is_none() => endless.push(region.as_str()),
            _ => {}
        }
    }
    if !missing.is_empty() {
        found.risky(
            format!("there is no log group in {}: what the gate says there is lost", missing.join(", ")),
            "parapet deploy edge, which makes one in every region",
        );
    }
    if !endless.is_empty() {
        found.hint(
            format!("the log groups in {} keep their events for ever", endless.join(", ")),
            "set log_days under [watch] and run parapet deploy edge",
        );
    }
    gaps.close()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::checks::healthy::{facts, finds, silent};
    use crate::doctor::facts::LogGroup;
    use crate::doctor::{Fact, Severity};

    #[test]
    fn every_region_keeps_its_log_for_a_while() {
        finds(&CHECK, Severity::Risky, "in sa-east-1, eu-west-1", |facts| {
            let missing = ["sa-east-1", "eu-west-1"].map(|region| (region.to_owned(), Fact::Known(None)));
            facts.log_groups.extend(missing);
        });
        finds(&CHECK, Severity::Hint, "us-east-1 keep", |facts| {
            facts.log_groups[0].1 = Fact::Known(Some(LogGroup { retention_days: None }));
        });
        silent(&CHECK, |_| {});
    }

    #[test]
    fn a_region_that_cannot_be_asked_is_told() {
        let mut facts = facts();
        facts.log_groups.push(("eu-west-2".to_owned(), Fact::unknown("denied")));
        assert!(run(&facts, &mut Found::by(CHECK.name, CHECK.reference)).is_err());
    }
}
