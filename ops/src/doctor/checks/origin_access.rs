//! Can the site be read around the gate, or more of its bucket than the site, or tokens on their way?

use super::Check;
use crate::doctor::facts::{Origin, OriginKind};
use crate::doctor::{Facts, Found, Unknown};

pub(super) const CHECK: Check = Check {
    name: "origin-access",
    reference: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html",
    run,
};

fn run(facts: &Facts, found: &mut Found) -> Result<(), Unknown> {
    let distribution = facts.distribution.known()?;
    let has_pages = |origin: &Origin| {
        distribution.behaviors.iter().any(|behavior| behavior.pattern == "*" && behavior.origin == origin.id)
    };
    for origin in &distribution.origins {
        let name = &origin.domain_name;
        if matches!(origin.kind, OriginKind::Bucket { .. }) && origin.path.is_empty() && has_pages(origin) {
            found.risky(
                format!(
                    "{name} has no origin path: viewers reach all of the bucket, with what deploys remember under .parapet/"
                ),
                "give the origin the path of the site's folder, such as /site, where parapet deploy site puts the files",
            );
        }
        match origin.kind {
            OriginKind::Server { .. } if name.contains(".s3-website") => found.broken(
                format!(
                    "{name} is a website endpoint of S3, which only a public bucket has: the site can \
                 be read around the gate"
                ),
                "take the bucket's REST endpoint with an origin access control, and block public access: \
                 parapet deploy site",
            ),
            OriginKind::Server { https_only: false } => found.risky(
                format!("{name} is asked over plain HTTP, with the access token in clear text"),
                "set the origin protocol policy to https-only: parapet deploy site",
            ),
            OriginKind::Bucket { signed: false } => found.risky(
                format!(
                    "{name} is asked without a signature: either nothing can be read, or everybody \
                 can, around the gate"
                ),
                "give the origin an origin access control, and block public access: parapet deploy site",
            ),
            _ => {}
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
    fn origins_are_asked_with_a_signature_or_over_tls() {
        finds(&CHECK, Severity::Risky, "without a signature", |facts| {
            known(&mut facts.distribution).origins[0].kind = OriginKind::Bucket { signed: false };
        });
        finds(&CHECK, Severity::Risky, "plain HTTP", |facts| {
            known(&mut facts.distribution).origins[1].kind = OriginKind::Server { https_only: false };
        });
        finds(&CHECK, Severity::Broken, "website endpoint", |facts| {
            let origin = &mut known(&mut facts.distribution).origins[0];
            origin.domain_name = "cms.s3-website.eu-central-1.amazonaws.com".to_owned();
            origin.kind = OriginKind::Server { https_only: false };
        });
        finds(&CHECK, Severity::Risky, "no origin path", |facts| {
            known(&mut facts.distribution).origins[0].path.clear();
        });
        silent(&CHECK, |_| {});
    }
}
