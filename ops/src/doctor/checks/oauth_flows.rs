//! May the app client use the authorization code grant, and nothing weaker?

use super::Check;
use crate::doctor::{Facts, Found, Unknown};

pub(super) const CHECK: Check = Check {
    name: "oauth-flows",
    reference: "https://docs.aws.amazon.com/cognito/latest/developerguide/federation-endpoints-oauth-grants.html",
    run,
};

fn run(facts: &Facts, found: &mut Found) -> Result<(), Unknown> {
    let client = facts.client.known()?;
    let id = &client.id;
    let may = |flow: &str| client.flows.iter().any(|allowed| allowed == flow);
    if !client.may_use_oauth {
        found.broken(
            format!("the app client {id} may not use OAuth 2.0 (AllowedOAuthFlowsUserPoolClient is off)"),
            "parapet deploy identity; with a client brought along, turn on its login pages",
        );
    } else if !may("code") {
        found.broken(
            format!("the app client {id} may use {:?}, expected the authorization code grant", client.flows),
            "parapet deploy identity; with a client brought along, allow the authorization code grant",
        );
    }
    // RFC 9700 section 2.1.2.
    if may("implicit") {
        found.risky(
            format!("the app client {id} may use the implicit grant, which puts tokens into URLs"),
            "turn the implicit grant off: the gate never uses it",
        );
    }
    if client.may_use_oauth && client.identity_providers.is_empty() {
        found.broken(
            format!("the app client {id} has no identity provider, so that its hosted UI offers no sign-in"),
            "parapet deploy identity; with a client brought along, add COGNITO or your provider to it",
        );
    }
    if !client.hides_who_exists {
        found.hint(
            format!(
                "sign-in through the app client {id} tells who has an account \
             (PreventUserExistenceErrors is not ENABLED)"
            ),
            "set PreventUserExistenceErrors of the app client to ENABLED",
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
    fn the_code_grant_has_to_be_allowed() {
        finds(&CHECK, Severity::Broken, "AllowedOAuthFlowsUserPoolClient", |facts| {
            known(&mut facts.client).may_use_oauth = false;
        });
        finds(&CHECK, Severity::Broken, "expected the authorization code grant", |facts| {
            known(&mut facts.client).flows = vec!["client_credentials".to_owned()];
        });
        silent(&CHECK, |facts| known(&mut facts.client).flows.push("client_credentials".to_owned()));
    }

    #[test]
    fn weaker_settings_are_told() {
        finds(&CHECK, Severity::Risky, "implicit", |facts| {
            known(&mut facts.client).flows.push("implicit".to_owned());
        });
        finds(&CHECK, Severity::Broken, "no identity provider", |facts| {
            known(&mut facts.client).identity_providers.clear();
        });
        finds(&CHECK, Severity::Hint, "who has an account", |facts| {
            known(&mut facts.client).hides_who_exists = false;
        });
    }
}
