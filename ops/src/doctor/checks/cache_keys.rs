//! Is anything personal kept for everybody, or anything common kept once for each person?

use gate::route::RouteKind;

use super::Check;
use crate::doctor::fact::Gaps;
use crate::doctor::facts::{Behavior, CachePolicy, Forwarded, GateSettings};
use crate::doctor::{Facts, Found, Unknown};

pub(super) const CHECK: Check = Check {
    name: "cache-keys",
    reference: "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/controlling-the-cache-key.html",
    run,
};

fn run(facts: &Facts, found: &mut Found) -> Result<(), Unknown> {
    let (gate, distribution) = (facts.gate.known()?, facts.distribution.known()?);
    let mut gaps = Gaps::default();
    for behavior in &distribution.behaviors {
        let Some(cache) = gaps.or_note(&behavior.cache).filter(|cache| cache.caches()) else { continue };
        if serves_api(gate, behavior) {
            api(behavior, cache, found);
        } else {
            site(behavior, cache, found);
        }
    }
    gaps.close()
}

fn serves_api(gate: &GateSettings, behavior: &Behavior) -> bool {
    gate.route(&behavior.sample()).is_some_and(|route| route.kind == RouteKind::Api)
}

fn api(behavior: &Behavior, cache: &CachePolicy, found: &mut Found) {
    let (pattern, name) = (&behavior.pattern, &cache.name);
    let mend = "give the behavior the cache policy CachingDisabled: parapet deploy site";
    if cache.headers.takes("authorization") {
        found.risky(
            format!("answers of the API are kept by {name} ({pattern}), for each access token apart"),
            mend,
        );
    } else {
        found.broken(
            format!(
                "answers of the API are kept by {name} ({pattern}) without Authorization in the key: what one person is \
                 answered, another one may get"
            ),
            mend,
        );
    }
}

fn site(behavior: &Behavior, cache: &CachePolicy, found: &mut Found) {
    let (pattern, name) = (&behavior.pattern, &cache.name);
    let mend = "give the behavior the cache policy CachingOptimized: parapet deploy site";
    if cache.headers.takes("authorization") {
        found.risky(
            format!("{name} ({pattern}) keeps pages for each Authorization apart, so that nothing is shared"),
            mend,
        );
    }
    if matches!(cache.cookies, Forwarded::All | Forwarded::AllBut(_)) {
        found.risky(
            format!(
                "{name} ({pattern}) keeps pages for each visitor's cookies apart, so that hardly \
             anything is shared"
            ),
            mend,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Severity;
    use crate::doctor::checks::healthy::{finds, known, silent};

    fn cache(facts: &mut Facts, behavior: usize) -> &mut CachePolicy {
        known(&mut known(&mut facts.distribution).behaviors[behavior].cache)
    }

    #[test]
    fn an_apis_answers_are_not_kept() {
        finds(&CHECK, Severity::Broken, "another one may get", |facts| cache(facts, 0).max_ttl = 1);
        finds(&CHECK, Severity::Risky, "each access token apart", |facts| {
            cache(facts, 0).max_ttl = 1;
            cache(facts, 0).headers = Forwarded::Only(vec!["authorization".to_owned()]);
        });
        silent(&CHECK, |_| {});
    }

    #[test]
    fn pages_are_kept_once() {
        finds(&CHECK, Severity::Risky, "each visitor's cookies", |facts| {
            cache(facts, 2).cookies = Forwarded::All
        });
        finds(&CHECK, Severity::Risky, "each Authorization", |facts| {
            cache(facts, 1).headers = Forwarded::Only(vec!["Authorization".to_owned()]);
        });
        silent(&CHECK, |facts| cache(facts, 2).cookies = Forwarded::Only(vec!["theme".to_owned()]));
    }
}
