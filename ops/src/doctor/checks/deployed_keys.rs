//! Is the deployed gate sealed with the keys that Parameter Store holds? They are compared by their hashes.

use super::Check;
use crate::doctor::facts::Source;
use crate::doctor::{Facts, Found, Unknown};
use crate::report::Count;

pub(super) const CHECK: Check = Check {
    name: "deployed-keys",
    reference: "https://docs.aws.amazon.com/systems-manager/latest/userguide/systems-manager-parameter-store.html",
    run,
};

const MEND: &str = "parapet deploy edge";

fn run(facts: &Facts, found: &mut Found) -> Result<(), Unknown> {
    let gate = facts.gate.known()?;
    let deployed = &gate.sealing_keys.known()?.prints;
    if let Source::File(path) = &gate.source {
        return Err(Unknown::because(format!("the keys in {path} were looked at, not those of the package")));
    }
    let Some(stored) = facts.stored_keys.known()? else {
        found.risky(
            "Parameter Store holds no sealing keys: the next deploy makes a new one, and turns away whoever is signing in \
             at that moment",
            MEND,
        );
        return Ok(());
    };
    let gone = deployed.iter().filter(|key| !stored.contains(key)).count();
    if gone > 0 {
        let keys = Count::of(gone, "sealing key");
        found.risky(
            format!("the deployed gate still takes {keys} that Parameter Store no longer holds"),
            MEND,
        );
    } else if stored.first() != deployed.first() {
        found.risky(
            "the newest sealing key in Parameter Store is not the one that the deployed gate seals with",
            MEND,
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::checks::healthy::{self, finds, known, silent};
    use crate::doctor::facts::SecretPrint;
    use crate::doctor::{Fact, Severity};

    fn prints(keys: &[&str]) -> Vec<SecretPrint> {
        keys.iter().map(|key| SecretPrint::of(key)).collect()
    }

    fn have(facts: &mut Facts, deployed: &[&str], stored: &[&str]) {
        known(&mut known(&mut facts.gate).sealing_keys).prints = prints(deployed);
        facts.stored_keys = Fact::Known(Some(prints(stored)));
    }

    #[test]
    fn a_rotation_that_was_not_deployed_is_found() {
        let rotated: &[(&[&str], &[&str])] = &[(&["old"], &["new", "old"]), (&["a", "b"], &["b", "a"])];
        for (deployed, stored) in rotated {
            finds(&CHECK, Severity::Risky, "is not the one", |facts| have(facts, deployed, stored));
        }
        let dropped = "1 sealing key that Parameter Store no longer holds";
        for deployed in [&["new", "old"][..], &["old"]] {
            finds(&CHECK, Severity::Risky, dropped, |facts| have(facts, deployed, &["new"]));
        }
        finds(&CHECK, Severity::Risky, "holds no sealing keys", |facts| {
            facts.stored_keys = Fact::Known(None);
        });
        // An old key that only Parameter Store still has does no harm.
        silent(&CHECK, |facts| have(facts, &["new"], &["new", "old"]));
    }

    #[test]
    fn what_is_not_known_is_not_checked() {
        let mut facts = healthy::facts();
        facts.stored_keys = Fact::unknown("AccessDeniedException");
        let run = |facts: &Facts| run(facts, &mut Found::by(CHECK.name, CHECK.reference));
        assert_eq!(run(&facts).unwrap_err().to_string(), "AccessDeniedException");
        let mut facts = healthy::facts();
        known(&mut facts.gate).sealing_keys = Fact::unknown("the package is gone");
        assert_eq!(run(&facts).unwrap_err().to_string(), "the package is gone");
        let mut facts = healthy::facts();
        known(&mut facts.gate).source = Source::File("edge-auth.json".to_owned());
        assert!(run(&facts).unwrap_err().to_string().contains("not those of the package"));
    }
}
