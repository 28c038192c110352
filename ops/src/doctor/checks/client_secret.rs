//! Do gate and app client agree about the client secret (RFC 6749 section 2.3.1)?

use super::Check;
use crate::doctor::{Facts, Found, Unknown};

pub(super) const CHECK: Check = Check {
    name: "client-secret",
    reference: "https://docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html",
    run,
};

fn run(facts: &Facts, found: &mut Found) -> Result<(), Unknown> {
    let (gate, client) = (facts.gate.known()?, facts.client.known()?);
    if gate.client_id != client.id {
        found.broken(
            format!("the gate is configured for the app client {}, expected {}", gate.client_id, client.id),
            "parapet deploy edge",
        );
        return Ok(());
    }
    let problem = match (gate.client_secret.known()?, &client.secret) {
        (None, Some(_)) => {
            "has a secret, but the gate is configured without one: every sign-in ends in invalid_client"
        }
        (Some(_), None) => {
            "has no secret, but the gate is configured with one: every sign-in ends in invalid_client"
        }
        (Some(ours), Some(theirs)) if ours != theirs => "has another secret than the gate is configured with",
        _ => return Ok(()),
    };
    found.broken(
        format!("the app client {} {problem}", client.id),
        "parapet deploy edge, which takes it from Cognito",
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::checks::healthy::{finds, known, silent};
    use crate::doctor::facts::SecretPrint;
    use crate::doctor::{Fact, Severity};

    #[test]
    fn both_have_the_same_secret_or_none() {
        finds(&CHECK, Severity::Broken, "configured without one", |facts| {
            known(&mut facts.client).secret = Some(SecretPrint::of("s"));
        });
        finds(&CHECK, Severity::Broken, "configured with one", |facts| {
            known(&mut facts.gate).client_secret = Fact::Known(Some(SecretPrint::of("s")));
        });
        finds(&CHECK, Severity::Broken, "another secret", |facts| {
            known(&mut facts.client).secret = Some(SecretPrint::of("s"));
            known(&mut facts.gate).client_secret = Fact::Known(Some(SecretPrint::of("t")));
        });
        silent(&CHECK, |facts| {
            known(&mut facts.client).secret = Some(SecretPrint::of("s"));
            known(&mut facts.gate).client_secret = Fact::Known(Some(SecretPrint::of("s")));
        });
    }

    #[test]
    fn it_is_the_same_client() {
        finds(&CHECK, Severity::Broken, "2other", |facts| {
            known(&mut facts.gate).client_id = "2other".to_owned();
        });
    }
}
