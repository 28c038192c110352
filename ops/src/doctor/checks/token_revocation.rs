//! Does signing out revoke the refresh token (RFC 7009)?

use super::Check;
use crate::doctor::{Facts, Found, Unknown};

pub(super) const CHECK: Check = Check {
    name: "token-revocation",
    reference: "https://docs.aws.amazon.com/cognito/latest/developerguide/token-revocation.html",
    run,
};

fn run(facts: &Facts, found: &mut Found) -> Result<(), Unknown> {
    let client = facts.client.known()?;
    if !client.revokes_tokens {
        found.risky(
            format!(
                "the app client {} does not revoke tokens: after signing out, a copied refresh token \
             goes on working",
                client.id
            ),
            "turn EnableTokenRevocation on: parapet deploy identity",
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
    fn tokens_are_revoked() {
        finds(&CHECK, Severity::Risky, "does not revoke", |facts| {
            known(&mut facts.client).revokes_tokens = false
        });
        silent(&CHECK, |_| {});
    }
}
