//! Does the access token reach the API? The gate puts it into `Authorization`, which CloudFront drops by default.

use super::Check;
use super::served_api::ServedApi;
use crate::doctor::fact::Gaps;
use crate::doctor::facts::CachePolicy;
use crate::doctor::{Facts, Found, Unknown};

pub(super) const CHECK: Check = Check {
    name: "api-authorization",
    reference: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/add-origin-custom-headers.html#add-origin-custom-headers-forward-authorization",
    run,
};

fn run(facts: &Facts, found: &mut Found) -> Result<(), Unknown> {
    let (gate, distribution) = (facts.gate.known()?, facts.distribution.known()?);
    let mut gaps = Gaps::default();
    for served in ServedApi::all(gate, distribution) {
        let behavior = served.behavior;
        let pattern = &behavior.pattern;
        let (Some(cache), Some((policy, headers))) =
            (gaps.or_note(&behavior.cache), gaps.or_note(&behavior.origin_request))
        else {
            continue;
        };
        if behavior.pattern == "*" && distribution.behaviors.len() > 1 {
            found.risky(
                format!(
                    "the API ({}) has no behavior of its own: the default one answers it",
                    served.patterns()
                ),
                "name the API's host under [api], then parapet deploy site",
            );
        }
        if !is_forwarded(cache, headers.takes("authorization")) {
            found.broken(
                format!(
                    "Authorization does not reach the API: the behavior {pattern} has the origin request policy {policy} \
                     and the cache policy {}",
                    cache.name
                ),
                "give the behavior the origin request policy AllViewerExceptHostHeader: parapet deploy site",
            );
        }
    }
    gaps.close()
}

fn is_forwarded(cache: &CachePolicy, by_origin_request: bool) -> bool {
    by_origin_request || cache.headers.takes("authorization")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::checks::healthy::{finds, known, silent};
    use crate::doctor::facts::{Behavior, Forwarded};
    use crate::doctor::{Fact, Severity};

    fn api(facts: &mut Facts) -> &mut Behavior {
        &mut known(&mut facts.distribution).behaviors[0]
    }

    #[test]
    fn authorization_has_to_be_forwarded() {
        for headers in [Forwarded::None, Forwarded::AllBut(vec!["authorization".to_owned()])] {
            finds(&CHECK, Severity::Broken, "does not reach the API", |facts| {
                api(facts).origin_request = Fact::Known(("own".to_owned(), headers));
            });
        }
        silent(&CHECK, |facts| {
            api(facts).origin_request = Fact::Known(("none".to_owned(), Forwarded::None));
            known(&mut api(facts).cache).headers = Forwarded::Only(vec!["authorization".to_owned()]);
        });
    }

    #[test]
    fn an_api_has_a_behavior_of_its_own() {
        finds(&CHECK, Severity::Risky, "no behavior of its own", |facts| {
            let behaviors = &mut known(&mut facts.distribution).behaviors;
            let api = behaviors.remove(0);
            behaviors[1].origin_request = api.origin_request;
        });
    }

    #[test]
    fn every_behavior_that_answers_the_api_has_to_forward_it() {
        let search = |facts: &mut Facts, headers| {
            let behaviors = &mut known(&mut facts.distribution).behaviors;
            let mut search = behaviors[0].clone();
            search.pattern = "/api/v1/search".to_owned();
            search.origin_request = Fact::Known(("own".to_owned(), headers));
            behaviors.insert(0, search);
        };
        finds(&CHECK, Severity::Broken, "the behavior /api/v1/search has", |facts| {
            search(facts, Forwarded::None);
        });
        silent(&CHECK, |facts| search(facts, Forwarded::All));
    }

    #[test]
    fn an_unknown_policy_is_not_taken_for_right() {
        let mut facts = crate::doctor::checks::healthy::facts();
        api(&mut facts).origin_request = Fact::unknown("denied");
        let mut found = Found::by(CHECK.name, CHECK.reference);
        assert_eq!(run(&facts, &mut found).unwrap_err().to_string(), "denied");
    }
}
