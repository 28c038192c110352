//! May the app client ask for what the gate asks for? One scope too many and every sign-in ends in `invalid_scope`.

use super::Check;
use crate::doctor::{Facts, Found, Unknown};

pub(super) const CHECK: Check = Check {
    name: "scopes",
    reference: "https://docs.aws.amazon.com/cognito/latest/developerguide/authorization-endpoint.html",
    run,
};

fn run(facts: &Facts, found: &mut Found) -> Result<(), Unknown> {
    let (gate, client) = (facts.gate.known()?, facts.client.known()?);
    let missing: Vec<&str> =
        gate.scopes.iter().filter(|scope| !client.scopes.contains(scope)).map(String::as_str).collect();
    if !missing.is_empty() {
        found.broken(
            format!(
                "the gate asks for the scopes {}, but the app client {} may only have {}: {} is refused",
                gate.scopes.join(" "),
                client.id,
                client.scopes.join(" "),
                missing.join(" ")
            ),
            format!(
                "allow {} for the app client, or take it out of [gate] scopes and run parapet deploy edge",
                missing.join(" ")
            ),
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Severity;
    use crate::doctor::checks::healthy::{finds, known, silent};

    #[test]
    fn every_scope_has_to_be_allowed() {
        finds(&CHECK, Severity::Broken, "profile is refused", |facts| {
            known(&mut facts.client).scopes.retain(|scope| scope != "profile");
        });
        silent(&CHECK, |facts| known(&mut facts.client).scopes.push("phone".to_owned()));
    }
}
