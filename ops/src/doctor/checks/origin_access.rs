//! Can the site be read around the gate, or tokens be read on their way?

use super::Check;
use crate::doctor::facts::OriginKind;
use crate::doctor::{Facts, Found, Unknown};

pub(super) const CHECK: Check = Check {
    name: "origin-access",
    reference: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html",
    run,
};

fn run(facts: &Facts, found: &mut Found) -> Result<(), Unknown> {
    for origin in &facts.distribution.known()?.origins {
        let name = &origin.domain_name;
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
        silent(&CHECK, |_| {});
    }
}
