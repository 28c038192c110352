//! How long an answer stays in the cache: "Manage how long content stays in the cache" and "How CloudFront processes
//! HTTP 4xx and 5xx status codes" of its Developer Guide.

use std::{
    collections::HashMap,
    time::{Duration, SystemTime},
};

use http::{HeaderMap, StatusCode, header};

use super::{CachePolicy, distribution::CustomErrorResponse};

/// CloudFront's error caching minimum TTL, in seconds, where a distribution says nothing.
const ERROR_MIN_TTL: u64 = 10;

/// The error caching minimum TTLs of a distribution.
#[derive(Clone, Debug, Default)]
pub(super) struct ErrorTtls(HashMap<u16, u64>);

impl ErrorTtls {
    pub(super) fn new(responses: &[CustomErrorResponse]) -> Self {
        let said = responses.iter().filter_map(|one| Some((one.error_code, one.error_caching_min_ttl?)));
        Self(said.collect())
    }

    fn of(&self, status: StatusCode) -> u64 {
        self.0.get(&status.as_u16()).copied().unwrap_or(ERROR_MIN_TTL)
    }
}

/// How long to keep an answer: `None` not at all; zero to keep it only in order to ask the origin whether it is still
/// current.
pub(super) fn time_to_live(
    status: StatusCode,
    headers: &HeaderMap,
    policy: &CachePolicy,
    errors: &ErrorTtls,
    now: SystemTime,
) -> Option<Duration> {
    let said = Directives::read(headers, now);
    let age = number(headers, &header::AGE).unwrap_or(0);
    if status.is_client_error() || status.is_server_error() {
        return error_ttl(status, &said, errors.of(status)).map(Duration::from_secs);
    }
    if policy.max_ttl == 0 {
        return None;
    }
    if said.no_store || said.private || said.no_cache {
        // A minimum above zero wins over everything an origin says.
        return match policy.min_ttl {
            0 if said.no_store || said.private => None,
            min => Some(Duration::from_secs(min)),
        };
    }
    let lifetime = match said.shared_lifetime() {
        Some(seconds) => {
            seconds.saturating_sub(age).clamp(policy.min_ttl, policy.max_ttl.max(policy.min_ttl))
        }
        None => policy.default_ttl,
    };
    Some(Duration::from_secs(lifetime))
}

/// Some errors are always kept, some only when the origin names a lifetime, the rest never.
fn error_ttl(status: StatusCode, said: &Directives, min: u64) -> Option<u64> {
    let lifetime = if said.no_store || said.private || said.no_cache { None } else { said.max_age() };
    let ttl = match status.as_u16() {
        404 | 414 | 500..=504 => lifetime.unwrap_or(0).max(min),
        400 | 403 | 405 | 412 | 415 => lifetime?.max(min),
        _ => return None,
    };
    (ttl > 0).then_some(ttl)
}

#[derive(Default)]
struct Directives {
    no_store: bool,
    no_cache: bool,
    private: bool,
    max_age: Option<u64>,
    s_maxage: Option<u64>,
    expires_in: Option<u64>,
}

impl Directives {
    /// RFC 9111 section 5.2.2. `no-cache` and `private` with field names concern those fields only.
    fn read(headers: &HeaderMap, now: SystemTime) -> Self {
        let mut said = Self::default();
        let values = headers.get_all(header::CACHE_CONTROL).iter().filter_map(|value| value.to_str().ok());
        for directive in values.flat_map(|value| value.split(',')) {
            let (name, argument) = directive.trim().split_once('=').unwrap_or((directive.trim(), ""));
            let seconds = || argument.trim_matches('"').parse().ok();
            match name.trim().to_ascii_lowercase().as_str() {
                "no-store" => said.no_store = true,
                "no-cache" => said.no_cache |= argument.is_empty(),
                "private" => said.private |= argument.is_empty(),
                "max-age" => said.max_age = said.max_age.or_else(seconds),
                "s-maxage" => said.s_maxage = said.s_maxage.or_else(seconds),
                _ => {}
            }
        }
        said.expires_in = headers.get(header::EXPIRES).map(|value| {
            let date = value.to_str().ok().and_then(|text| httpdate::parse_http_date(text).ok());
            // A date that cannot be read has passed (RFC 9111 section 5.3).
            date.and_then(|date| date.duration_since(now).ok()).map_or(0, |left| left.as_secs())
        });
        said
    }

    fn max_age(&self) -> Option<u64> {
        self.s_maxage.or(self.max_age)
    }

    fn shared_lifetime(&self) -> Option<u64> {
        self.max_age().or(self.expires_in)
    }
}

pub(super) fn number(headers: &HeaderMap, name: &header::HeaderName) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use proptest::prelude::*;

    use super::*;

    fn policy(min_ttl: u64, default_ttl: u64, max_ttl: u64) -> CachePolicy {
        CachePolicy { min_ttl, default_ttl, max_ttl, ..CachePolicy::caching_optimized() }
    }

    fn ttl(status: u16, headers: &[(&'static str, &str)], policy: &CachePolicy) -> Option<u64> {
        let headers = headers.iter().map(|(n, v)| (n.parse().unwrap(), v.parse().unwrap())).collect();
        let status = StatusCode::from_u16(status).unwrap();
        let live = time_to_live(status, &headers, policy, &ErrorTtls::default(), UNIX_EPOCH);
        live.map(|duration| duration.as_secs())
    }

    fn cached(cache_control: &str, policy: &CachePolicy) -> Option<u64> {
        ttl(200, &[("cache-control", cache_control)], policy)
    }

    #[test]
    fn the_origin_decides_between_minimum_and_maximum() {
        let policy = policy(10, 60, 100);
        assert_eq!(ttl(200, &[], &policy), Some(60));
        assert_eq!(cached("max-age=50", &policy), Some(50));
        assert_eq!(cached("max-age=9", &policy), Some(10));
        assert_eq!(cached("max-age=101", &policy), Some(100));
        assert_eq!(cached("max-age=0, S-MaxAge=70", &policy), Some(70));
        assert_eq!(ttl(200, &[("cache-control", "max-age=50"), ("age", "20")], &policy), Some(30));
        assert_eq!(ttl(200, &[("expires", "Thu, 01 Jan 1970 00:00:40 GMT")], &policy), Some(40));
        assert_eq!(ttl(200, &[("expires", "0")], &policy), Some(10));
    }

    #[test]
    fn a_minimum_above_zero_overrules_refusals() {
        for refusal in ["no-store", "private", "no-cache"] {
            assert_eq!(cached(refusal, &policy(1, 60, 100)), Some(1), "{refusal}");
        }
        assert_eq!(cached("no-store", &policy(0, 60, 100)), None);
        assert_eq!(cached("private, max-age=5", &policy(0, 60, 100)), None);
        assert_eq!(cached("no-cache", &policy(0, 60, 100)), Some(0));
        assert_eq!(cached("no-cache=\"set-cookie\", max-age=5", &policy(0, 60, 100)), Some(5));
    }

    #[test]
    fn caching_disabled_keeps_errors_only() {
        let disabled = CachePolicy::caching_disabled();
        assert_eq!(cached("max-age=50", &disabled), None);
        assert_eq!(ttl(404, &[], &disabled), Some(10));
    }

    #[test]
    fn errors_stay_ten_seconds_at_least() {
        let policy = policy(1, 60, 100);
        assert_eq!(ttl(404, &[], &policy), Some(10));
        assert_eq!(ttl(503, &[("cache-control", "no-store")], &policy), Some(10));
        assert_eq!(ttl(404, &[("cache-control", "max-age=30")], &policy), Some(30));
        assert_eq!(ttl(403, &[], &policy), None);
        assert_eq!(ttl(403, &[("cache-control", "max-age=5")], &policy), Some(10));
        assert_eq!(ttl(401, &[("cache-control", "max-age=50")], &policy), None);
    }

    #[test]
    fn a_distribution_can_say_otherwise() {
        let said = r#"[{"ErrorCode":404,"ErrorCachingMinTTL":0},{"ErrorCode":500}]"#;
        let errors = ErrorTtls::new(&serde_json::from_str::<Vec<_>>(said).unwrap());
        let policy = policy(0, 60, 100);
        let of = |status| time_to_live(status, &HeaderMap::new(), &policy, &errors, UNIX_EPOCH);
        assert_eq!(of(StatusCode::NOT_FOUND), None);
        assert_eq!(of(StatusCode::INTERNAL_SERVER_ERROR), Some(Duration::from_secs(10)));
    }
    proptest! {
        #[test]
        fn nothing_an_origin_says_leaves_the_bounds(said in "[ -~]{0,40}|(s-maxage|max-age)=[0-9]{1,25}") {
            let live = cached(&said, &policy(10, 60, 100));
            prop_assert!(live.is_some_and(|seconds| (10..=100).contains(&seconds)), "{live:?}");
        }
    }
}
