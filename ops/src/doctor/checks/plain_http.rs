//! Is the site there over HTTPS alone? Session cookies are `Secure`: over plain HTTP nobody stays signed in.

use super::Check;
use crate::doctor::{Facts, Found, Unknown};

pub(super) const CHECK: Check = Check {
    name: "plain-http",
    reference: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-viewers-to-cloudfront.html",
    run,
};

const MEND: &str = "set the viewer protocol policy to redirect-to-https: parapet deploy site";

fn run(facts: &Facts, found: &mut Found) -> Result<(), Unknown> {
    if facts.gate.known().is_ok_and(|gate| gate.hosts.iter().all(|host| host.scheme() == "http")) {
        // On this machine there is nothing else.
        return Ok(());
    }
    let by_distribution = facts.distribution.known();
    if let Ok(distribution) = &by_distribution {
        let open = distribution.behaviors.iter().filter(|one| one.viewer_protocol == "allow-all");
        let open: Vec<&str> = open.map(|behavior| behavior.pattern.as_str()).collect();
        if !open.is_empty() {
            found.broken(format!("plain HTTP is answered for {} (allow-all)", open.join(", ")), MEND);
        }
    }
    match (facts.plain_http.known(), by_distribution) {
        (Ok(Some(answer)), _) => {
            let goes_to_https = answer.header("location").is_some_and(|to| to.starts_with("https://"));
            let is_sign_in = answer.is_authorization_request();
            if (!goes_to_https || is_sign_in) && answer.status.as_u16() < 400 {
                found.broken(
                    format!(
                        "{} is answered with {} instead of being sent to HTTPS",
                        answer.url, answer.status
                    ),
                    MEND,
                );
            }
            Ok(())
        }
        (Ok(None), _) | (Err(_), Ok(_)) => Ok(()),
        (Err(why), Err(_)) => Err(why),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::checks::healthy::{answer, authorization_request, finds, known, silent};
    use crate::doctor::{Fact, Severity};

    #[test]
    fn plain_http_is_sent_to_https() {
        finds(&CHECK, Severity::Broken, "/admin/* (allow-all)", |facts| {
            known(&mut facts.distribution).behaviors[1].viewer_protocol = "allow-all".to_owned();
        });
        finds(&CHECK, Severity::Broken, "answered with 200", |facts| {
            facts.plain_http = Fact::Known(Some(answer(200, &[])));
        });
        finds(&CHECK, Severity::Broken, "answered with 302", |facts| {
            facts.plain_http = Fact::Known(Some(answer(302, &[("location", &authorization_request())])));
        });
        silent(&CHECK, |facts| facts.plain_http = Fact::Known(Some(answer(403, &[]))));
        silent(&CHECK, |facts| facts.plain_http = Fact::Known(None));
        silent(&CHECK, |facts| {
            known(&mut facts.gate).hosts = vec![gate::host::Host::parse("localhost:8080").unwrap()];
            known(&mut facts.distribution).behaviors[1].viewer_protocol = "allow-all".to_owned();
        });
    }
}
