//! Does every group that a route names exist? Nobody could ever have such a route.

use gate::route::Access;

use super::Check;
use crate::doctor::{Facts, Found, Unknown};

pub(super) const CHECK: Check = Check {
    name: "groups",
    reference: "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-user-groups.html",
    run,
};

fn run(facts: &Facts, found: &mut Found) -> Result<(), Unknown> {
    let (gate, pool) = (facts.gate.known()?, facts.pool.known()?);
    let groups = pool.groups.known()?;
    for route in gate.routes.routes() {
        let Access::Groups(named) = &route.access else { continue };
        let is_there = |name: &str| groups.iter().any(|group| group.name == name);
        let missing: Vec<&str> =
            named.iter().map(|group| group.as_str()).filter(|name| !is_there(name)).collect();
        if missing.is_empty() {
            continue;
        }
        let problem = format!(
            "the route {} is for {}, which the user pool {} does not have",
            route.pattern.as_str(),
            missing.join(", "),
            pool.id
        );
        let mend = "add them to [sign_in] groups and run parapet deploy identity, or mend the route";
        // A trigger may put any group into tokens.
        if missing.len() == named.len() && !pool.adds_claims {
            found.broken(format!("{problem}: nobody is let in"), mend);
        } else {
            found.hint(problem, mend);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::checks::healthy::{group, known, run, silent};
    use crate::doctor::{Fact, Severity};

    /// What is found where the pool has these groups: how bad, and of which route what is missing.
    fn found(groups: &[&str], adds_claims: bool) -> Vec<(Severity, String)> {
        let findings = run(&CHECK, |facts| {
            let pool = known(&mut facts.pool);
            pool.adds_claims = adds_claims;
            pool.groups = Fact::Known(groups.iter().map(|name| group(name)).collect());
        });
        let said = |problem: &str| problem.split_once(", which").unwrap().0.to_owned();
        findings
            .iter()
            .map(|finding| {
                let is_broken = finding.severity == Severity::Broken;
                assert_eq!(finding.problem.ends_with("nobody is let in"), is_broken, "{finding:#?}");
                (finding.severity, said(&finding.problem))
            })
            .collect()
    }

    #[test]
    fn routes_name_groups_that_are_there() {
        let team = |severity, missing| (severity, format!("the route /team/* is for {missing}"));
        let admin = |severity, missing| (severity, format!("the route /admin/* is for {missing}"));
        let (broken, hint) = (Severity::Broken, Severity::Hint);
        // Names of groups are compared to the letter.
        assert_eq!(
            found(&["Editors"], false),
            [team(broken, "editors, admins"), admin(broken, "authors, editors, admins")]
        );
        assert_eq!(
            found(&["authors"], false),
            [team(broken, "editors, admins"), admin(hint, "editors, admins")]
        );
        assert_eq!(
            found(&["authors"], true),
            [team(hint, "editors, admins"), admin(hint, "editors, admins")]
        );
        assert_eq!(found(&["editors"], false), [team(hint, "admins"), admin(hint, "authors, admins")]);
        silent(&CHECK, |_| {});
    }
}
