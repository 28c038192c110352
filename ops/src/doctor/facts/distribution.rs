//! A distribution, as its configuration says.

use gate::route::PathPattern;

use super::{CachePolicy, Forwarded, ResponsePolicy};
use crate::doctor::Fact;

/// A distribution.
#[derive(Debug, Clone)]
pub struct Distribution {
    /// Its id.
    pub id: String,
    /// CloudFront's own host name for it; empty where it is not known.
    pub domain_name: String,
    /// Whether it answers.
    pub enabled: bool,
    /// The site's own host names.
    pub aliases: Vec<String>,
    /// Its certificate, unless it is CloudFront's own.
    pub certificate: Option<String>,
    /// The oldest protocol that it speaks, such as `TLSv1.2_2021`.
    pub minimum_protocol: Option<String>,
    /// The object that `/` stands for, without a slash; empty for none.
    pub default_root_object: String,
    /// Where contents come from.
    pub origins: Vec<Origin>,
    /// The behaviors in the order in which they are tried; the default one last, with the pattern `*`.
    pub behaviors: Vec<Behavior>,
    /// What is answered instead of origins' errors.
    pub error_responses: Vec<ErrorResponse>,
}

/// An origin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Its id.
    pub id: String,
    /// Its host name.
    pub domain_name: String,
    /// What is put in front of every path that it is asked for: `/site`; empty for nothing.
    pub path: String,
    /// What kind it is.
    pub kind: OriginKind,
}

/// What kind of origin it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OriginKind {
    /// A bucket, and whether CloudFront signs its requests by an origin access control or identity.
    Bucket {
        /// Whether it does.
        signed: bool,
    },
    /// An HTTP server, and whether it is asked over HTTPS alone.
    Server {
        /// Whether it is.
        https_only: bool,
    },
}

/// A cache behavior.
#[derive(Debug, Clone)]
pub struct Behavior {
    /// Its path pattern; `*` for the default behavior.
    pub pattern: String,
    /// The id of its origin.
    pub origin: String,
    /// `allow-all`, `https-only` or `redirect-to-https`.
    pub viewer_protocol: String,
    /// The methods it lets through.
    pub methods: Vec<String>,
    /// Whether CloudFront compresses.
    pub compress: bool,
    /// Its Lambda@Edge functions.
    pub functions: Vec<Association>,
    /// The events at which it runs CloudFront Functions.
    pub cloudfront_functions: Vec<String>,
    /// What is kept, and by which key.
    pub cache: Fact<CachePolicy>,
    /// The header fields that reach the origin beside those of the cache key, and by which policy.
    pub origin_request: Fact<(String, Forwarded)>,
    /// What is added to answers, if anything.
    pub response: Fact<Option<ResponsePolicy>>,
}

/// A Lambda@Edge function that a behavior runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Association {
    /// Its ARN with the version.
    pub arn: String,
    /// `viewer-request` and so on.
    pub event: String,
    /// Whether it gets the request's body.
    pub include_body: bool,
}

/// What is answered instead of an origin's error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorResponse {
    /// The origin's status.
    pub status: i32,
    /// The page that is answered instead.
    pub page: Option<String>,
    /// The status it is answered with.
    pub answered: Option<String>,
}

impl Distribution {
    /// The behavior that a path has: the first whose pattern matches.
    #[must_use]
    pub fn behavior(&self, path: &str) -> Option<&Behavior> {
        self.behaviors.iter().find(|behavior| behavior.matches(path))
    }

    /// A behavior's origin.
    #[must_use]
    pub fn origin(&self, behavior: &Behavior) -> Option<&Origin> {
        self.origins.iter().find(|origin| origin.id == behavior.origin)
    }
}

impl Behavior {
    /// Whether its pattern matches. CloudFront lets the slash at its start out.
    #[must_use]
    pub fn matches(&self, path: &str) -> bool {
        let pattern = match self.pattern.as_str() {
            "*" => return true,
            pattern if pattern.starts_with('/') => pattern.to_owned(),
            pattern if pattern.starts_with('*') => pattern.replacen('*', "/*", 1),
            pattern => format!("/{pattern}"),
        };
        PathPattern::parse(&pattern).is_ok_and(|pattern| pattern.matches(path))
    }

    /// A path that it matches.
    #[must_use]
    pub fn sample(&self) -> String {
        sample(&self.pattern)
    }

    /// The gate's function, if it is asked at all.
    #[must_use]
    pub fn viewer_request(&self) -> Option<&Association> {
        self.functions.iter().find(|function| function.event == "viewer-request")
    }

    /// Whether a header field of the viewer reaches the origin.
    ///
    /// # Errors
    ///
    /// When a policy is not known.
    pub fn forwards(&self, header: &str) -> Result<bool, crate::doctor::Unknown> {
        let by_cache = self.cache.known()?.headers.takes(header);
        Ok(by_cache || self.origin_request.known()?.1.takes(header))
    }
}

/// A path that fits a pattern.
pub(crate) fn sample(pattern: &str) -> String {
    let path = pattern.replace(['*', '?'], "x");
    if path.starts_with('/') { path } else { format!("/{path}") }
}

#[cfg(test)]
mod tests {
    use crate::doctor::checks::healthy;

    #[test]
    fn the_first_matching_behavior_is_taken() {
        let distribution = healthy::distribution();
        let pattern = |path| distribution.behavior(path).unwrap().pattern.clone();
        assert_eq!(pattern("/api/notes"), "/api/*");
        assert_eq!(pattern("/guide/"), "*");
    }

    #[test]
    fn patterns_without_a_slash_match_as_cloudfront_takes_them() {
        let mut behavior = healthy::distribution().behaviors.remove(0);
        for (pattern, path) in [("images/*", "/images/a"), ("*.jpg", "/a/b.jpg"), ("*", "/")] {
            behavior.pattern = pattern.to_owned();
            assert!(behavior.matches(path), "{pattern} {path}");
            assert!(behavior.matches(&behavior.sample()), "{pattern}");
        }
    }
}
