//! Are refresh tokens rotated, with enough grace for two tabs that renew at once (RFC 9700 section 4.14.2)?

use super::Check;
use crate::doctor::{Facts, Found, Unknown};

pub(super) const CHECK: Check = Check {
    name: "refresh-rotation",
    reference: "https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-refresh-token.html",
    run,
};

/// Two renewals of one browser lie some seconds apart at most.
const ENOUGH_SECONDS: i32 = 10;

fn run(facts: &Facts, found: &mut Found) -> Result<(), Unknown> {
    let client = facts.client.known()?;
    match client.rotation_grace {
        None => found.hint(
            format!(
                "the app client {} does not rotate refresh tokens: a stolen one works until its \
             end",
                client.id
            ),
            "parapet deploy identity turns rotation on; a client brought along: RefreshTokenRotation \
             ENABLED with 60 s",
        ),
        Some(grace) if grace < ENOUGH_SECONDS => found.risky(
            format!(
                "the app client {} lets a rotated refresh token work for {grace} s: of two tabs that renew \
                 at once, one is signed out",
                client.id
            ),
            "set RetryGracePeriodSeconds to 60: parapet deploy identity",
        ),
        Some(_) => {}
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Severity;
    use crate::doctor::checks::healthy::{finds, known, silent};

    #[test]
    fn rotation_has_enough_grace() {
        finds(&CHECK, Severity::Hint, "does not rotate", |facts| {
            known(&mut facts.client).rotation_grace = None
        });
        finds(&CHECK, Severity::Risky, "for 9 s", |facts| known(&mut facts.client).rotation_grace = Some(9));
        silent(&CHECK, |facts| known(&mut facts.client).rotation_grace = Some(10));
    }
}
