//! Are the keys that seal sign-in attempts drawn at random, and not those of an example?

use super::Check;
use crate::doctor::{Facts, Found, Unknown};
use crate::report::Count;

pub(super) const CHECK: Check =
    Check { name: "sealing-keys", reference: "https://www.rfc-editor.org/rfc/rfc4086#section-3", run };

fn run(facts: &Facts, found: &mut Found) -> Result<(), Unknown> {
    let gate = facts.gate.known()?;
    let keys = gate.sealing_keys.known()?;
    let is_public = gate.hosts.iter().any(|host| host.scheme() == "https");
    if is_public && keys.written > 0 {
        found.broken(
            format!(
                "{} of {} in {} can be guessed, such as that of an example: whoever has it \
                 signs others in as themselves",
                keys.written,
                Count::of(keys.count, "sealing key"),
                gate.source
            ),
            "run parapet keys rotate --drop-old twice, which leaves only new keys, then parapet deploy edge",
        );
    }
    if keys.count > 3 {
        found.hint(
            format!(
                "{} has {} sealing keys; sign-in attempts last ten minutes, so that old ones open \
             nothing any more",
                gate.source, keys.count
            ),
            "parapet keys rotate --drop-old, then parapet deploy edge",
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::checks::healthy::{finds, known, silent};
    use crate::doctor::facts::SealingKeyFacts;
    use crate::doctor::{Fact, Severity};

    #[test]
    fn keys_are_drawn_and_few() {
        let keys = |count, written| Fact::Known(SealingKeyFacts { count, written, prints: Vec::new() });
        finds(&CHECK, Severity::Broken, "1 of 2", |facts| known(&mut facts.gate).sealing_keys = keys(2, 1));
        finds(&CHECK, Severity::Hint, "4 sealing keys", |facts| {
            known(&mut facts.gate).sealing_keys = keys(4, 0)
        });
        silent(&CHECK, |facts| known(&mut facts.gate).sealing_keys = keys(3, 0));
        silent(&CHECK, |facts| {
            known(&mut facts.gate).hosts = vec![gate::host::Host::parse("localhost:8080").unwrap()];
            known(&mut facts.gate).sealing_keys = keys(1, 1);
        });
    }
}
