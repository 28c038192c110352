//! Does the hosted UI answer under the configured domain, and does it take the gate's authorization request?

use http::StatusCode;

use super::Check;
use crate::doctor::facts::{Answer, GateSettings, HostedUi, UserPool};
use crate::doctor::{Facts, Found, Unknown};

pub(super) const CHECK: Check = Check {
    name: "hosted-ui",
    reference: "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-assign-domain.html",
    run,
};

fn run(facts: &Facts, found: &mut Found) -> Result<(), Unknown> {
    let by_cognito = facts.hosted_ui.known();
    if let (Ok(domain), Ok(gate)) = (&by_cognito, facts.gate.known()) {
        described(gate, domain.as_ref(), facts.pool.known().ok(), found);
    }
    match (facts.authorization.known(), by_cognito) {
        (Ok(answer), _) => asked(answer, found),
        // Each alone tells whether it works.
        (Err(_), Ok(_)) => {}
        (Err(why), Err(_)) => return Err(why),
    }
    Ok(())
}

fn described(gate: &GateSettings, domain: Option<&HostedUi>, pool: Option<&UserPool>, found: &mut Found) {
    let name = gate.hosted_ui.trim_start_matches("https://");
    let Some(domain) = domain else {
        let own = pool.map(own_domains).unwrap_or_default();
        found.broken(
            format!("Cognito knows no hosted UI at {name}{own}"),
            "parapet deploy identity; with a pool brought along, give it a domain and name it under \
             [sign_in]",
        );
        return;
    };
    if domain.status != "ACTIVE" {
        found.broken(
            format!("the hosted UI {} is {}, expected ACTIVE", domain.host, domain.status),
            "a domain of one's own takes up to an hour and a DNS record at its alias target: aws \
             cognito-idp describe-user-pool-domain",
        );
    }
    if let Some(pool) = pool.filter(|pool| pool.id != domain.pool) {
        found.broken(
            format!(
                "the hosted UI {} belongs to the user pool {}, expected {}",
                domain.host, domain.pool, pool.id
            ),
            "name the domain of your user pool under [sign_in], then parapet deploy edge",
        );
    }
}

fn own_domains(pool: &UserPool) -> String {
    match pool.domain.as_ref().or(pool.prefix.as_ref()) {
        Some(domain) => format!("; the pool {} has {domain}", pool.id),
        None => format!("; the pool {} has none", pool.id),
    }
}

/// What came when the gate's own authorization request was sent on. Cognito shows a page of its own, at `/error` or with
/// 400, where it does not trust the redirect URI (RFC 6749 section 4.1.2.1).
fn asked(answer: &Answer, found: &mut Found) {
    let location = answer.header("location").unwrap_or_default();
    let error = answer.location_parameter("error");
    let host = answer.url.split('?').next().unwrap_or_default();
    if location.split('?').next().unwrap_or_default().ends_with("/error")
        || answer.status == StatusCode::BAD_REQUEST
    {
        let error = error.unwrap_or_else(|| "redirect_mismatch or an unknown client".to_owned());
        found.broken(
            format!("{host} refuses the gate's authorization request: {error}"),
            "register the callback URL with the app client: parapet deploy identity",
        );
    } else if let Some(error) = error {
        found.broken(
            format!("{host} refuses the gate's authorization request: {error}"),
            "invalid_scope: allow the scopes; unauthorized_client: allow the authorization code grant: \
             parapet deploy identity",
        );
    } else if answer.status.is_client_error() || answer.status.is_server_error() {
        found.broken(
            format!("{host} answers {}: there is no hosted UI", answer.status),
            "give the user pool a domain: parapet deploy identity",
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::checks::healthy::{answer, finds, known, silent};
    use crate::doctor::{Fact, Severity};

    #[test]
    fn the_domain_is_active_and_the_pools_own() {
        finds(&CHECK, Severity::Broken, "the pool eu-central-1_EXAMPLE has cms", |facts| {
            facts.hosted_ui = Fact::Known(None);
        });
        finds(&CHECK, Severity::Broken, "is CREATING", |facts| {
            known(&mut facts.hosted_ui).as_mut().unwrap().status = "CREATING".to_owned();
        });
        finds(&CHECK, Severity::Broken, "belongs to the user pool", |facts| {
            known(&mut facts.hosted_ui).as_mut().unwrap().pool = "eu-central-1_OTHER".to_owned();
        });
        silent(&CHECK, |facts| facts.hosted_ui = Fact::unknown("denied"));
        silent(&CHECK, |facts| facts.authorization = Fact::unknown("offline"));
    }

    #[test]
    fn the_authorization_request_is_taken() {
        let answered = |status, location: &str| Fact::Known(answer(status, &[("location", location)]));
        finds(&CHECK, Severity::Broken, "redirect_mismatch", |facts| {
            facts.authorization =
                answered(302, "https://cms.example/error?error=redirect_mismatch&client_id=x");
        });
        finds(&CHECK, Severity::Broken, "redirect_mismatch or", |facts| {
            facts.authorization = answered(400, "")
        });
        finds(&CHECK, Severity::Broken, "invalid_scope", |facts| {
            facts.authorization = answered(302, "https://cms.example.com/auth/callback?error=invalid_scope");
        });
        finds(&CHECK, Severity::Broken, "no hosted UI", |facts| facts.authorization = answered(404, ""));
    }
}
