//! Cache policies: what makes two requests the same, and how long an answer stays.

use serde::{Deserialize, de::IgnoredAny};

use super::selection::{CookiesConfig, HeadersConfig, QueryStringsConfig, Selection};

/// A cache policy, read in the shape of CloudFormation's `CachePolicyConfig`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "CachePolicyConfig")]
pub struct CachePolicy {
    /// Seconds an answer stays at least, whatever its `Cache-Control` says.
    pub min_ttl: u64,
    /// Seconds an answer stays that says nothing itself.
    pub default_ttl: u64,
    /// Seconds an answer stays at most.
    pub max_ttl: u64,
    /// Headers in the cache key; they reach the origin as well, like all that is in the key.
    pub headers: Selection,
    /// Cookies in the cache key.
    pub cookies: Selection,
    /// Query strings in the cache key.
    pub query_strings: Selection,
    /// Whether `gzip` in `Accept-Encoding` makes a variant of its own.
    pub gzip: bool,
    /// Whether `br` does.
    pub brotli: bool,
}

impl CachePolicy {
    /// A policy that AWS manages, by its id; the ids are the same in every account.
    #[must_use]
    pub fn managed(id: &str) -> Option<Self> {
        match id {
            "658327ea-f89d-4fab-a63d-7e88639e58f6" => Some(Self::caching_optimized()),
            "b2884449-e4de-46a7-ac36-70bc7f1ddd6d" => {
                Some(Self { gzip: false, brotli: false, ..Self::caching_optimized() })
            }
            "4135ea2d-6df8-44a3-9df3-4b5a84be39ad" => Some(Self::caching_disabled()),
            _ => None,
        }
    }

    /// CachingOptimized: the path alone, a second to a year.
    #[must_use]
    pub fn caching_optimized() -> Self {
        Self {
            min_ttl: 1,
            default_ttl: 86_400,
            max_ttl: 31_536_000,
            headers: Selection::None,
            cookies: Selection::None,
            query_strings: Selection::None,
            gzip: true,
            brotli: true,
        }
    }

    /// CachingDisabled: every time to live is zero.
    #[must_use]
    pub fn caching_disabled() -> Self {
        Self {
            min_ttl: 0,
            default_ttl: 0,
            max_ttl: 0,
            gzip: false,
            brotli: false,
            ..Self::caching_optimized()
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct CachePolicyConfig {
    /// Behaviors name policies by id.
    #[serde(rename = "Name")]
    _name: Option<IgnoredAny>,
    /// For people.
    #[serde(rename = "Comment")]
    _comment: Option<IgnoredAny>,
    #[serde(rename = "MinTTL")]
    min_ttl: u64,
    #[serde(rename = "DefaultTTL")]
    default_ttl: Option<u64>,
    #[serde(rename = "MaxTTL")]
    max_ttl: Option<u64>,
    parameters_in_cache_key_and_forwarded_to_origin: Parameters,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Parameters {
    enable_accept_encoding_gzip: bool,
    #[serde(default)]
    enable_accept_encoding_brotli: bool,
    headers_config: HeadersConfig,
    cookies_config: CookiesConfig,
    query_strings_config: QueryStringsConfig,
}

impl From<CachePolicyConfig> for CachePolicy {
    fn from(config: CachePolicyConfig) -> Self {
        let parameters = config.parameters_in_cache_key_and_forwarded_to_origin;
        let default_ttl = config.default_ttl.unwrap_or(86_400.max(config.min_ttl));
        Self {
            min_ttl: config.min_ttl,
            default_ttl,
            max_ttl: config.max_ttl.unwrap_or(31_536_000.max(default_ttl)),
            headers: parameters.headers_config.into(),
            cookies: parameters.cookies_config.into(),
            query_strings: parameters.query_strings_config.into(),
            gzip: parameters.enable_accept_encoding_gzip,
            brotli: parameters.enable_accept_encoding_brotli,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_reads_as_in_a_template() {
        let policy: CachePolicy = serde_json::from_value(serde_json::json!({
            "Name": "pages", "MinTTL": 0, "DefaultTTL": 60,
            "ParametersInCacheKeyAndForwardedToOrigin": {
                "EnableAcceptEncodingGzip": true,
                "HeadersConfig": { "HeaderBehavior": "whitelist", "Headers": ["Accept-Language"] },
                "CookiesConfig": { "CookieBehavior": "none" },
                "QueryStringsConfig": { "QueryStringBehavior": "allExcept", "QueryStrings": ["utm_source"] },
            },
        }))
        .unwrap();
        assert_eq!((policy.min_ttl, policy.default_ttl, policy.max_ttl), (0, 60, 31_536_000));
        assert!(policy.gzip && !policy.brotli && policy.headers.contains_header("accept-language"));
        assert!(policy.query_strings.contains("q") && !policy.query_strings.contains("utm_source"));
    }

    #[test]
    fn managed_policies_are_known_by_id() {
        let optimized = CachePolicy::managed("658327ea-f89d-4fab-a63d-7e88639e58f6").unwrap();
        assert_eq!((optimized.min_ttl, optimized.max_ttl), (1, 31_536_000));
        assert_eq!(CachePolicy::managed("4135ea2d-6df8-44a3-9df3-4b5a84be39ad").unwrap().max_ttl, 0);
        assert_eq!(CachePolicy::managed("x"), None);
    }
}
