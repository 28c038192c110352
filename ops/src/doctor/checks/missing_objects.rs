//! Is an object that is not there a 404? S3 says 403 to whom may not list the bucket.

use super::Check;
use crate::doctor::{Facts, Found, Unknown};

pub(super) const CHECK: Check = Check {
    name: "missing-objects",
    reference: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html",
    run,
};

fn run(facts: &Facts, found: &mut Found) -> Result<(), Unknown> {
    let answer = facts.missing.known()?;
    match answer.status.as_u16() {
        403 => found.risky(
            format!("{}, which is not there, answers 403, expected 404", answer.url),
            "let the distribution list the bucket (s3:ListBucket in its policy): parapet deploy site",
        ),
        200..=299 => found.risky(
            format!(
                "{}, which is not there, answers {}: missing scripts come as pages",
                answer.url, answer.status
            ),
            "take the distribution's custom error response for 403 and 404 away",
        ),
        500..=599 => found.broken(
            format!("{} answers {}: the bucket cannot be read", answer.url, answer.status),
            "check the bucket's policy: parapet deploy site",
        ),
        _ => {}
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::checks::healthy::{answer, finds, silent};
    use crate::doctor::{Fact, Severity};

    #[test]
    fn what_is_not_there_is_a_404() {
        finds(&CHECK, Severity::Risky, "s3", |facts| {
            facts.missing = Fact::Known(answer(403, &[])).map(named)
        });
        finds(&CHECK, Severity::Risky, "come as pages", |facts| {
            facts.missing = Fact::Known(answer(200, &[]))
        });
        finds(&CHECK, Severity::Broken, "cannot be read", |facts| {
            facts.missing = Fact::Known(answer(502, &[]))
        });
        silent(&CHECK, |_| {});
    }

    fn named(mut answer: crate::doctor::facts::Answer) -> crate::doctor::facts::Answer {
        answer.url = "https://cms.example.com/public/s3".to_owned();
        answer
    }
}
