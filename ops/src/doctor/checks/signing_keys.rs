//! Are the keys that the package brings those that the user pool signs with?

use super::Check;
use crate::doctor::{Facts, Found, Unknown};

pub(super) const CHECK: Check = Check {
    name: "signing-keys",
    reference: "https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html",
    run,
};

fn run(facts: &Facts, found: &mut Found) -> Result<(), Unknown> {
    let gate = facts.gate.known()?;
    let (baked, served) = (gate.baked_keys.known()?, facts.served_keys.known()?);
    let missing: Vec<&str> = served.iter().filter(|kid| !baked.contains(kid)).map(String::as_str).collect();
    let mend = "parapet deploy edge, which bakes in the keys of today";
    if served.is_empty() {
        found.broken(
            format!("{} holds no key that can verify a token", gate.jwks_uri),
            "check the user pool in parapet.toml, then parapet deploy edge",
        );
    } else if baked.is_empty() {
        found.risky(
            format!(
                "the package brings no keys: every new instance of the gate has to fetch {} first",
                gate.jwks_uri
            ),
            mend,
        );
    } else if missing.len() == served.len() {
        found.broken(
            format!(
                "none of the keys in the package ({}) is one that {} serves ({})",
                baked.join(", "),
                gate.jwks_uri,
                served.join(", ")
            ),
            format!("check that the user pool is the right one, then {mend}"),
        );
    } else if !missing.is_empty() {
        found.risky(
            format!(
                "the user pool serves keys that the package does not bring ({}): it has rotated them, and every new \
                 instance of the gate fetches them first",
                missing.join(", ")
            ),
            mend,
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
    fn rotated_keys_are_told() {
        let baked =
            |kids: &[&str]| crate::doctor::Fact::Known(kids.iter().map(|kid| (*kid).to_owned()).collect());
        finds(&CHECK, Severity::Risky, "has rotated them", |facts| {
            known(&mut facts.gate).baked_keys = baked(&["k1", "k0"]);
        });
        finds(&CHECK, Severity::Broken, "none of the keys", |facts| {
            known(&mut facts.gate).baked_keys = baked(&["k0"]);
        });
        finds(&CHECK, Severity::Risky, "brings no keys", |facts| {
            known(&mut facts.gate).baked_keys = baked(&[]);
        });
        finds(&CHECK, Severity::Broken, "holds no key", |facts| known(&mut facts.served_keys).clear());
        silent(&CHECK, |facts| known(&mut facts.gate).baked_keys = baked(&["k2", "k1", "k0"]));
    }
}
