//! May people come back from signing out? The hosted UI shows an error page otherwise, and its session goes on.

use gate::auth_paths::Endpoint;

use super::{Check, near_miss};
use crate::doctor::{Facts, Found, Unknown};

pub(super) const CHECK: Check = Check {
    name: "logout-urls",
    reference: "https://docs.aws.amazon.com/cognito/latest/developerguide/logout-endpoint.html",
    run,
};

fn run(facts: &Facts, found: &mut Found) -> Result<(), Unknown> {
    let (gate, client) = (facts.gate.known()?, facts.client.known()?);
    for host in &gate.hosts {
        let expected = host.url(&gate.auth_paths.path(Endpoint::SignedOut));
        if !client.logout_urls.contains(&expected) {
            found.broken(
                format!(
                    "the sign-out URL {expected} is not registered with the app client {}, so that signing out ends \
                     on an error page: {}",
                    client.id,
                    near_miss::explained(&client.logout_urls, &expected)
                ),
                format!("parapet deploy identity; with a client brought along, add {expected} to its \
                 allowed sign-out URLs"),
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
    fn a_sign_out_url_has_to_be_registered() {
        finds(&CHECK, Severity::Broken, "none is registered", |facts| {
            known(&mut facts.client).logout_urls.clear();
        });
        finds(&CHECK, Severity::Broken, "a slash at its end", |facts| {
            known(&mut facts.client).logout_urls =
                vec!["https://cms.example.com/auth/signed-out/".to_owned()];
        });
        silent(&CHECK, |_| {});
    }
}
