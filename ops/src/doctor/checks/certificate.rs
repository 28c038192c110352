//! Is the certificate in us-east-1, valid, and for every host?

use super::Check;
use crate::doctor::facts::Certificate;
use crate::doctor::{Facts, Found, Unknown};
use crate::moment::Moment;
use crate::regions;

pub(super) const CHECK: Check = Check {
    name: "certificate",
    reference: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cnames-and-https-requirements.html",
    run,
};

/// ACM renews 60 days before the end; what is nearer will not be renewed by itself any more.
const SOON_SECONDS: i64 = 30 * 86_400;

fn run(facts: &Facts, found: &mut Found) -> Result<(), Unknown> {
    for problem in &facts.tls_problems {
        found.broken(
            format!("browsers are warned away: {problem}"),
            "name all hosts in [site] domains and run parapet deploy all, which orders a certificate for \
             them",
        );
    }
    let hosts: Vec<&str> = facts.gate.known()?.hosts.iter().map(|host| host.without_port()).collect();
    let hosts: Vec<&str> = hosts.into_iter().filter(|host| !is_without_own(host)).collect();
    if hosts.is_empty() {
        return Ok(());
    }
    let Some(certificate) = facts.certificate.known()? else {
        found.broken(
            format!("the distribution has no certificate for {}, only CloudFront's own", hosts.join(", ")),
            "parapet deploy all, which orders one",
        );
        return Ok(());
    };
    valid(certificate, facts.now, found);
    let uncovered: Vec<&str> = hosts.into_iter().filter(|host| !certificate.covers(host)).collect();
    if !uncovered.is_empty() {
        found.broken(
            format!(
                "the certificate {} is for {}, not for {}",
                certificate.arn,
                certificate.names.join(", "),
                uncovered.join(", ")
            ),
            "order one for all hosts: name them in [site] domains and run parapet deploy all",
        );
    }
    protocol(facts, found)
}

/// CloudFront's own name and loopback come with what they need.
fn is_without_own(host: &str) -> bool {
    host.ends_with(".cloudfront.net") || gate::host::is_loopback(host)
}

fn valid(certificate: &Certificate, now: Moment, found: &mut Found) {
    let arn = &certificate.arn;
    if certificate.region() != regions::CLOUDFRONT {
        found.broken(
            format!(
                "the certificate {arn} is in {}, expected us-east-1: CloudFront takes no \
             other",
                certificate.region()
            ),
            "order it in us-east-1 and put its ARN into [site] certificate, or leave that out and run \
             parapet deploy all",
        );
    }
    if certificate.status != "ISSUED" {
        found.broken(
            format!("the certificate {arn} is {}, expected ISSUED", certificate.status),
            "put the CNAME records that ACM asks for into DNS: aws acm describe-certificate --region \
             us-east-1",
        );
    } else if let Some(end) = certificate.not_after.filter(|end| end.unix() < now.unix() + SOON_SECONDS) {
        let renewal =
            if certificate.renews { "ACM has not renewed it" } else { "it is not renewed by itself" };
        found.risky(
            format!("the certificate {arn} ends at {}, and {renewal}", end.rfc3339()),
            "check that the CNAME records of its validation are still in DNS, or import a new one",
        );
    }
}

fn protocol(facts: &Facts, found: &mut Found) -> Result<(), Unknown> {
    let distribution = facts.distribution.known()?;
    // TLSv1.2_2021 is 2021's choice of ciphers; TLSv1.2_2018 and older ones still take CBC.
    let is_old =
        |protocol: &&String| !(protocol.starts_with("TLSv1.3") || protocol.as_str() >= "TLSv1.2_2021");
    if let Some(protocol) = distribution.minimum_protocol.as_ref().filter(is_old) {
        found.hint(
            format!(
                "the distribution {} speaks {protocol} and newer, expected TLSv1.2_2021",
                distribution.id
            ),
            "set its minimum protocol version to TLSv1.2_2021: parapet deploy site",
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::checks::healthy::{finds, known, silent};
    use crate::doctor::{Fact, Severity};

    fn certificate(facts: &mut Facts) -> &mut Certificate {
        known(&mut facts.certificate).as_mut().unwrap()
    }

    #[test]
    fn it_is_in_us_east_1_and_for_the_host() {
        finds(&CHECK, Severity::Broken, "is in eu-central-1", |facts| {
            certificate(facts).arn = "arn:aws:acm:eu-central-1:1:certificate/1".to_owned();
        });
        finds(&CHECK, Severity::Broken, "not for cms.example.com", |facts| {
            certificate(facts).names = vec!["example.com".to_owned(), "*.cms.example.com".to_owned()];
        });
        finds(&CHECK, Severity::Broken, "only CloudFront's own", |facts| {
            facts.certificate = Fact::Known(None)
        });
        silent(&CHECK, |facts| certificate(facts).names = vec!["*.Example.com".to_owned()]);
    }

    #[test]
    fn it_is_valid_and_stays_so() {
        finds(&CHECK, Severity::Broken, "PENDING_VALIDATION", |facts| {
            certificate(facts).status = "PENDING_VALIDATION".to_owned();
        });
        finds(&CHECK, Severity::Risky, "has not renewed", |facts| {
            let soon = facts.now.plus(SOON_SECONDS - 1);
            certificate(facts).not_after = Some(soon);
        });
        silent(&CHECK, |facts| {
            let later = facts.now.plus(SOON_SECONDS);
            certificate(facts).not_after = Some(later);
        });
        finds(&CHECK, Severity::Hint, "TLSv1.2_2018", |facts| {
            known(&mut facts.distribution).minimum_protocol = Some("TLSv1.2_2018".to_owned());
        });
        finds(&CHECK, Severity::Broken, "warned away", |facts| {
            facts.tls_problems = vec!["https://cms.example.com: invalid peer certificate".to_owned()];
        });
    }
}
