//! May people come back from signing in? Each host's callback has to be registered byte for byte (RFC 6749 section
//! 3.1.2.3).

use gate::auth_paths::Endpoint;

use super::{Check, near_miss};
use crate::doctor::{Facts, Found, Unknown};

pub(super) const CHECK: Check = Check {
    name: "callback-urls",
    reference: "https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-app-idp-settings.html",
    run,
};

fn run(facts: &Facts, found: &mut Found) -> Result<(), Unknown> {
    let (gate, client) = (facts.gate.known()?, facts.client.known()?);
    for host in &gate.hosts {
        let expected = host.url(&gate.auth_paths.path(Endpoint::Callback));
        if !client.callback_urls.contains(&expected) {
            found.broken(
                format!(
                    "the callback URL {expected} is not registered with the app client {}, so that nobody can sign \
                     in there: {}",
                    client.id,
                    near_miss::explained(&client.callback_urls, &expected)
                ),
                format!("parapet deploy identity; with a client brought along, add {expected} to its \
                 allowed callback URLs"),
            );
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Severity;
    use crate::doctor::checks::healthy::{finds, known, silent};

    #[test]
    fn a_callback_url_has_to_be_registered_to_the_letter() {
        for wrong in [
            "https://cms.example.com/auth/callback/",
            "http://cms.example.com/auth/callback",
            "https://CMS.example.com/auth/callback",
        ] {
            finds(&CHECK, Severity::Broken, "which differs by", |facts| {
                known(&mut facts.client).callback_urls = vec![wrong.to_owned()];
            });
        }
        silent(&CHECK, |facts| {
            known(&mut facts.client).callback_urls.push("https://other.example/x".to_owned())
        });
    }

    #[test]
    fn every_host_needs_its_own() {
        finds(&CHECK, Severity::Broken, "https://second.example/auth/callback", |facts| {
            known(&mut facts.gate).hosts.push(gate::host::Host::parse("second.example").unwrap());
        });
    }
}
