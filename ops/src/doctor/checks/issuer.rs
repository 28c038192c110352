//! Are the issuers those of this user pool? Every token would be refused otherwise (OpenID Connect Core 3.1.3.7).

use serde_json::Value;

use super::Check;
use crate::doctor::facts::GateSettings;
use crate::doctor::{Facts, Found, Unknown};
use crate::gate_config::issuers;

pub(super) const CHECK: Check = Check {
    name: "issuer",
    reference: "https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html",
    run,
};

fn run(facts: &Facts, found: &mut Found) -> Result<(), Unknown> {
    let gate = facts.gate.known()?;
    regions(gate, found);
    if let Ok(pool) = facts.pool.known() {
        let expected = issuers(&format!("https://cognito-idp.{}.amazonaws.com/{}", pool.region(), pool.id));
        for issuer in gate.issuers.iter().filter(|issuer| !expected.contains(issuer)) {
            found.broken(
                format!(
                    "the issuer {issuer} is not that of the user pool {}, expected {}",
                    pool.id,
                    expected.join(" or ")
                ),
                "name the user pool in parapet.toml, then parapet deploy edge",
            );
        }
    }
    published(facts, gate, found)
}

/// A pool's id begins with its region.
fn regions(gate: &GateSettings, found: &mut Found) {
    for issuer in &gate.issuers {
        let Some((host, pool)) = issuer.strip_prefix("https://").and_then(|rest| rest.split_once('/')) else {
            continue;
        };
        let Some(region) = host.split_once("cognito-idp.").and_then(|(_, rest)| rest.split('.').next())
        else {
            continue;
        };
        let of_pool = pool.split_once('_').map_or("", |(region, _)| region);
        if of_pool != region {
            found.broken(
                format!("the issuer {issuer} names the region {region}, but the pool {pool} is in {of_pool}"),
                "mend the issuer: https://cognito-idp.<region>.amazonaws.com/<user pool id>",
            );
        }
    }
}

/// What the issuer says of itself (OpenID Connect Discovery 1.0 section 4.3).
fn published(facts: &Facts, gate: &GateSettings, found: &mut Found) -> Result<(), Unknown> {
    let answer = facts.discovery.known()?;
    if !answer.status.is_success() {
        found.broken(
            format!("{} answers {}: there is no such user pool", answer.url, answer.status),
            "check the user pool's id and region in parapet.toml, then parapet deploy edge",
        );
        return Ok(());
    }
    let document: Value = serde_json::from_str(&answer.body).unwrap_or_default();
    let says = |member: &str| document.get(member).and_then(Value::as_str).unwrap_or_default().to_owned();
    let issuer = says("issuer");
    if !gate.issuers.contains(&issuer) {
        found.broken(
            format!(
                "the user pool calls itself {issuer:?}, but the gate accepts only {}",
                gate.issuers.join(" or ")
            ),
            format!("put {issuer} among user_pool.issuers: parapet deploy edge"),
        );
    }
    let endpoint = says("authorization_endpoint");
    if !endpoint.is_empty() && !endpoint.starts_with(&format!("{}/", gate.hosted_ui)) {
        // A pool with two domains names one of them only.
        found.hint(
            format!(
                "the user pool's authorization endpoint is {endpoint}, but the gate sends people to {}",
                gate.hosted_ui
            ),
            "name the pool's own hosted UI under [sign_in], then parapet deploy edge",
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Fact;
    use crate::doctor::Severity;
    use crate::doctor::checks::healthy::{answer, finds, known, silent};
    use crate::doctor::facts::Answer;

    #[test]
    fn the_issuers_are_the_pools() {
        finds(&CHECK, Severity::Broken, "is not that of the user pool", |facts| {
            known(&mut facts.pool).id = "eu-central-1_OTHER".to_owned();
            known(&mut facts.gate).issuers.truncate(1);
        });
        finds(&CHECK, Severity::Broken, "names the region eu-west-1", |facts| {
            facts.pool = Fact::unknown("denied");
            let wrong = "https://cognito-idp.eu-west-1.amazonaws.com/eu-central-1_EXAMPLE".to_owned();
            known(&mut facts.gate).issuers.push(wrong);
        });
        silent(&CHECK, |facts| facts.pool = Fact::unknown("denied"));
    }

    #[test]
    fn the_pool_says_who_it_is() {
        finds(&CHECK, Severity::Broken, "there is no such user pool", |facts| {
            facts.discovery = Fact::Known(answer(404, &[]));
        });
        finds(&CHECK, Severity::Broken, "calls itself \"https://other.example\"", |facts| {
            let body = r#"{"issuer":"https://other.example"}"#.to_owned();
            facts.discovery = Fact::Known(Answer { body, ..answer(200, &[]) });
        });
        finds(&CHECK, Severity::Hint, "https://new.example/oauth2/authorize", |facts| {
            let discovery = known(&mut facts.discovery);
            discovery.body = discovery
                .body
                .replace("https://cms.auth.eu-central-1.amazoncognito.com", "https://new.example");
        });
    }
}
