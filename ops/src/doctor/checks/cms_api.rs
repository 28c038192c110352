//! Does the CMS's API answer those who come through the site, and nobody else? Its database and its tables are behind the
//! question that is asked.

use http::StatusCode;

use super::Check;
use crate::doctor::{Facts, Found, Unknown};

pub(super) const CHECK: Check = Check {
    name: "cms-api",
    reference: "https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-lambda.html",
    run,
};

fn run(facts: &Facts, found: &mut Found) -> Result<(), Unknown> {
    let Some(api) = facts.cms_api.known()? else { return Ok(()) };
    match api.shown.status {
        StatusCode::OK => {}
        StatusCode::FORBIDDEN => found.broken(
            format!("{} refuses what the distribution shows to it", api.shown.url),
            "parapet deploy backend, which gives the same secret to both",
        ),
        StatusCode::SERVICE_UNAVAILABLE => found.broken(
            format!(
                "{} answers, but cannot reach its database, or the database lacks its tables",
                api.shown.url
            ),
            "parapet deploy backend, which migrates; parapet logs --cms --since 15m tells why",
        ),
        status => found.broken(
            format!("{} answers with {status}, expected 200", api.shown.url),
            "parapet logs --cms --since 15m tells why",
        ),
    }
    if api.hidden.status.is_success() {
        found.broken(
            format!("{} answers whoever comes past the CDN and the gate", api.hidden.url),
            "parapet deploy backend, which tells the API what to ask for",
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Severity;
    use crate::doctor::checks::healthy::{finds, known, silent};
    use crate::doctor::facts::CmsApi;

    #[test]
    fn an_api_answers_through_the_distribution_alone() {
        fn with(shown: u16, hidden: u16) -> impl FnOnce(&mut Facts) {
            move |facts| {
                let Some(CmsApi { shown: with, hidden: without }) = known(&mut facts.cms_api) else { return };
                with.status = StatusCode::from_u16(shown).unwrap();
                without.status = StatusCode::from_u16(hidden).unwrap();
            }
        }
        silent(&CHECK, with(200, 403));
        silent(&CHECK, |facts| *known(&mut facts.cms_api) = None);
        finds(&CHECK, Severity::Broken, "refuses what the distribution shows", with(403, 403));
        finds(&CHECK, Severity::Broken, "cannot reach its database", with(503, 403));
        finds(&CHECK, Severity::Broken, "answers with 500", with(500, 403));
        finds(&CHECK, Severity::Broken, "past the CDN", with(200, 200));
    }
}
