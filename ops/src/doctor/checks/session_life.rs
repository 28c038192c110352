//! Do refresh tokens, ID tokens and cookies live for lengths of time that go together?

use super::Check;
use crate::doctor::{Facts, Found, Unknown};

pub(super) const CHECK: Check = Check {
    name: "session-life",
    reference: "https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-refresh-token.html",
    run,
};

const DAY: i64 = 86_400;

fn run(facts: &Facts, found: &mut Found) -> Result<(), Unknown> {
    let (gate, client) = (facts.gate.known()?, facts.client.known()?);
    let cookies = gate::cookie::SESSION_MAX_AGE;
    let (refresh, id) = (client.refresh_seconds, client.id_seconds);
    let in_days = |seconds: i64| format!("{:.1} days", seconds as f64 / DAY as f64);
    if refresh <= id {
        found.risky(
            format!(
                "refresh tokens live for {}, no longer than ID tokens ({id} s): sessions cannot be renewed",
                in_days(refresh)
            ),
            "set refresh_token_days under [sign_in], then parapet deploy identity",
        );
    } else if refresh > cookies {
        found.hint(
            format!(
                "refresh tokens live for {}, but their cookies for {} after the last renewal: who stays away for longer \
                 signs in again, while the token could still be used by whoever else has it",
                in_days(refresh),
                in_days(cookies)
            ),
            "set refresh_token_days = 30 under [sign_in], then parapet deploy identity",
        );
    } else if refresh < DAY {
        found.hint(
            format!("refresh tokens live for {} only: people sign in again every day", in_days(refresh)),
            "set refresh_token_days under [sign_in], then parapet deploy identity",
        );
    }
    let renew_within = i64::try_from(gate.renew_within).unwrap_or(i64::MAX);
    if id < renew_within.saturating_mul(2) {
        found.hint(
            format!(
                "ID tokens live for {id} s, and are renewed {renew_within} s before their end: about \
             every other page waits for Cognito"
            ),
            "let ID tokens live for an hour, or set renew_within_seconds lower under [gate]",
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
    fn lives_go_together() {
        for (refresh, severity, says) in [
            (3_600, Severity::Risky, "cannot be renewed"),
            (DAY - 1, Severity::Hint, "every day"),
            (30 * DAY + 1, Severity::Hint, "signs in again"),
        ] {
            finds(&CHECK, severity, says, |facts| known(&mut facts.client).refresh_seconds = refresh);
        }
        for refresh in [DAY, 30 * DAY] {
            silent(&CHECK, |facts| known(&mut facts.client).refresh_seconds = refresh);
        }
    }

    #[test]
    fn id_tokens_live_longer_than_they_wait_for_renewal() {
        finds(&CHECK, Severity::Hint, "every other page", |facts| known(&mut facts.client).id_seconds = 599);
        silent(&CHECK, |facts| known(&mut facts.client).id_seconds = 600);
    }
}
