//! Do origins that are found by their own host name get the viewer's instead? API Gateway then answers 403, S3 refuses
//! the signature.

use super::Check;
use crate::doctor::fact::Gaps;
use crate::doctor::facts::{Origin, OriginKind};
use crate::doctor::{Facts, Found, Unknown};

pub(super) const CHECK: Check = Check {
    name: "host-header",
    reference: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html",
    run,
};

fn run(facts: &Facts, found: &mut Found) -> Result<(), Unknown> {
    let distribution = facts.distribution.known()?;
    let mut gaps = Gaps::default();
    for behavior in &distribution.behaviors {
        let Some(origin) = distribution.origin(behavior).filter(|origin| goes_by_its_host(origin)) else {
            continue;
        };
        let (Some(cache), Some((policy, headers))) =
            (gaps.or_note(&behavior.cache), gaps.or_note(&behavior.origin_request))
        else {
            continue;
        };
        if headers.takes("host") || cache.headers.takes("host") {
            found.broken(
                format!(
                    "the behavior {} sends the viewer's Host to {} (origin request policy {policy}, cache policy {}), \
                     which answers to its own name only",
                    behavior.pattern, origin.domain_name, cache.name
                ),
                "take AllViewerExceptHostHeader for an API and no origin request policy for a bucket: \
                 parapet deploy site",
            );
        }
    }
    gaps.close()
}

fn goes_by_its_host(origin: &Origin) -> bool {
    let name = &origin.domain_name;
    matches!(origin.kind, OriginKind::Bucket { .. })
        || name.contains(".execute-api.")
        || name.contains(".lambda-url.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::checks::healthy::{finds, known, silent};
    use crate::doctor::facts::Forwarded;
    use crate::doctor::{Fact, Severity};

    #[test]
    fn the_viewers_host_reaches_no_bucket_and_no_api_gateway() {
        for behavior in [0, 2] {
            finds(&CHECK, Severity::Broken, "sends the viewer's Host", |facts| {
                known(&mut facts.distribution).behaviors[behavior].origin_request =
                    Fact::Known(("AllViewer".to_owned(), Forwarded::All));
            });
        }
        silent(&CHECK, |facts| {
            let distribution = known(&mut facts.distribution);
            distribution.origins[1].domain_name = "api.example.com".to_owned();
            distribution.behaviors[0].origin_request = Fact::Known(("AllViewer".to_owned(), Forwarded::All));
        });
    }
}
