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
    use crate::doctor::Fact;
    use crate::doctor::Severity;
    use crate::doctor::checks::healthy::{finds, group, known, silent};

    #[test]
    fn routes_name_groups_that_are_there() {
        finds(&CHECK, Severity::Broken, "nobody is let in", |facts| {
            known(&mut facts.pool).groups = Fact::Known(vec![group("Editors")]);
        });
        finds(&CHECK, Severity::Hint, "for admins", |facts| {
            known(&mut facts.pool).groups = Fact::Known(vec![group("editors")]);
        });
        silent(&CHECK, |_| {});
    }
}
