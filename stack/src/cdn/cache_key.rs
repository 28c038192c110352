//! What makes two requests the same to the cache.

use http::HeaderMap;

use super::{
    behavior::Behavior,
    encoding::Accepted,
    forwarding::{ViewerFacts, cookies, keyed_headers, query},
};

/// The cache key: the path as it is sent on, and what the cache policy adds to it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct CacheKey {
    origin: String,
    path: String,
    query: String,
    headers: Vec<(String, String)>,
    cookies: String,
    accepted: Accepted,
}

impl CacheKey {
    pub(super) fn new(
        behavior: &Behavior,
        path: &str,
        raw_query: &str,
        viewer: &HeaderMap,
        accepted: Accepted,
        facts: &ViewerFacts,
    ) -> Self {
        let policy = &behavior.cache_policy;
        Self {
            origin: behavior.origin.id.clone(),
            path: path.to_owned(),
            query: query(raw_query, |name| policy.query_strings.contains(name)),
            headers: keyed_headers(viewer, &policy.headers, facts),
            cookies: cookies(viewer, |name| policy.cookies.contains(name)),
            accepted,
        }
    }

    /// What invalidation paths are compared with: every variant by headers, cookies and encoding shares it.
    pub(super) fn url(&self) -> String {
        if self.query.is_empty() { self.path.clone() } else { format!("{}?{}", self.path, self.query) }
    }

    /// Bytes it takes in memory, about.
    pub(super) fn size(&self) -> usize {
        let headers: usize = self.headers.iter().map(|(name, value)| name.len() + value.len()).sum();
        self.origin.len() + self.path.len() + self.query.len() + self.cookies.len() + headers
    }

    /// A key of a path alone.
    #[cfg(test)]
    pub(super) fn plain(path: &str) -> Self {
        Self {
            origin: "site".into(),
            path: path.into(),
            query: String::new(),
            headers: Vec::new(),
            cookies: String::new(),
            accepted: Accepted::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use http::Version;

    use super::*;
    use crate::cdn::{CachePolicy, OriginTarget, behavior::Behaviors, selection::Selection};

    fn key(
        change: impl Fn(&mut CachePolicy),
        path: &str,
        query: &str,
        headers: &[(&'static str, &str)],
    ) -> CacheKey {
        let mut policy = CachePolicy::caching_optimized();
        change(&mut policy);
        let mut distribution: crate::cdn::Distribution = serde_json::from_value(serde_json::json!({
            "Id": "E1", "DomainName": "d", "DistributionConfig": {
                "Origins": [{ "Id": "site", "DomainName": "b" }],
                "DefaultCacheBehavior": { "TargetOriginId": "site", "CachePolicyId": "p" } },
        }))
        .unwrap();
        distribution.cache_policies.insert("p".into(), policy);
        let targets = [("site".to_owned(), OriginTarget::Bucket(crate::bucket::Bucket::new()))].into();
        let behaviors = Behaviors::resolve(&distribution, &targets).unwrap();
        let behavior = behaviors.of("/");
        let viewer = headers.iter().map(|(n, v)| (n.parse().unwrap(), v.parse().unwrap())).collect();
        let accepted = Accepted::by(&viewer, &behavior.cache_policy);
        let facts = ViewerFacts {
            peer: ([127, 0, 0, 1], 1).into(),
            version: Version::HTTP_11,
            request_id: "r".into(),
            via: "v".into(),
        };
        CacheKey::new(behavior, path, query, &viewer, accepted, &facts)
    }

    #[test]
    fn only_what_the_policy_names_makes_a_difference() {
        let plain = key(|_| {}, "/a", "x=1", &[("cookie", "a=1"), ("accept-language", "de")]);
        assert_eq!(plain, key(|_| {}, "/a", "y=2", &[("cookie", "a=2"), ("accept-language", "en")]));
        assert_ne!(plain, key(|_| {}, "/A", "", &[]));
        assert_ne!(plain, key(|_| {}, "//a", "", &[]));
        let by_query = |p: &mut CachePolicy| p.query_strings = Selection::Only(vec!["x".into()]);
        assert_eq!(key(by_query, "/a", "x=1&y=1", &[]), key(by_query, "/a", "y=2&x=1", &[]));
        assert_ne!(key(by_query, "/a", "x=1", &[]), key(by_query, "/a", "x=2", &[]));
        let by_cookie = |p: &mut CachePolicy| p.cookies = Selection::AllExcept(vec!["t".into()]);
        assert_eq!(
            key(by_cookie, "/a", "", &[("cookie", "l=1; t=1")]),
            key(by_cookie, "/a", "", &[("cookie", "l=1")])
        );
        let by_header = |p: &mut CachePolicy| p.headers = Selection::Only(vec!["Accept-Language".into()]);
        assert_ne!(
            key(by_header, "/a", "", &[("accept-language", "de")]),
            key(by_header, "/a", "", &[("accept-language", "en")])
        );
    }

    #[test]
    fn encodings_make_variants_of_one_url() {
        let br = key(|_| {}, "/a", "", &[("accept-encoding", "br, gzip")]);
        let same = key(|_| {}, "/a", "", &[("accept-encoding", "gzip, deflate, br, zstd")]);
        let gzip = key(|_| {}, "/a", "", &[("accept-encoding", "gzip")]);
        assert_eq!(br, same);
        assert_ne!(br, gzip);
        assert_eq!(br.url(), gzip.url());
        assert_eq!(key(|p| p.query_strings = Selection::All, "/a", "q=1", &[]).url(), "/a?q=1");
    }
}
