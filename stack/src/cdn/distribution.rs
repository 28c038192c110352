//! A distribution's configuration, in the names and shape of CloudFormation's `AWS::CloudFront::Distribution`, so that
//! the template that is deployed can be served locally.

use std::collections::HashMap;

use serde::Deserialize;

use super::{CachePolicy, OriginRequestPolicy, PathPattern, ResponseHeadersPolicy};

/// A distribution and the policies of its account that it may name.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Distribution {
    /// Its id, as in the paths of CloudFront's API.
    pub id: String,
    /// Its own host name, as in `d111111abcdef8.cloudfront.net`.
    pub domain_name: String,
    /// What it does.
    pub distribution_config: DistributionConfig,
    /// Cache policies beside AWS's managed ones, by id.
    #[serde(default)]
    pub cache_policies: HashMap<String, CachePolicy>,
    /// Origin request policies beside AWS's managed ones, by id.
    #[serde(default)]
    pub origin_request_policies: HashMap<String, OriginRequestPolicy>,
    /// Response headers policies beside AWS's managed ones, by id.
    #[serde(default)]
    pub response_headers_policies: HashMap<String, ResponseHeadersPolicy>,
}

/// `DistributionConfig`. What only concerns TLS, logging and prices is not read.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct DistributionConfig {
    /// Host names it answers to beside its own. Empty: any, because local host names are nobody's.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The object that stands for `/`.
    #[serde(default)]
    pub default_root_object: String,
    /// Where answers come from.
    pub origins: Vec<OriginConfig>,
    /// What applies where no other behavior matches.
    pub default_cache_behavior: BehaviorConfig,
    /// What applies to paths; the first match wins.
    #[serde(default)]
    pub cache_behaviors: Vec<PathBehaviorConfig>,
    /// How long errors are kept, by status.
    #[serde(default)]
    pub custom_error_responses: Vec<CustomErrorResponse>,
}

/// An origin as a distribution knows it. Where it stands locally is said at start, by its id.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct OriginConfig {
    /// Its id, which behaviors name.
    pub id: String,
    /// Its host name, sent as `Host`.
    pub domain_name: String,
    /// Put before every path.
    #[serde(default)]
    pub origin_path: String,
    /// Headers that CloudFront adds.
    #[serde(default)]
    pub origin_custom_headers: Vec<OriginCustomHeader>,
}

/// A header that CloudFront adds to every request to an origin.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct OriginCustomHeader {
    /// Its name.
    pub header_name: String,
    /// Its value.
    pub header_value: String,
}

/// `DefaultCacheBehavior`. `ViewerProtocolPolicy` has no meaning on clear text and is not read.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct BehaviorConfig {
    /// The id of the origin.
    pub target_origin_id: String,
    /// Methods let through: GET and HEAD if nothing is said.
    #[serde(default = "reading")]
    pub allowed_methods: Vec<String>,
    /// The id of the cache policy.
    pub cache_policy_id: String,
    /// The id of the origin request policy.
    pub origin_request_policy_id: Option<String>,
    /// The id of the response headers policy.
    pub response_headers_policy_id: Option<String>,
    /// Whether answers are compressed for viewers that can read them.
    #[serde(default)]
    pub compress: bool,
    /// Functions; those of `viewer-request` are called.
    #[serde(default)]
    pub lambda_function_associations: Vec<LambdaFunctionAssociation>,
}

/// One of `CacheBehaviors`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct PathBehaviorConfig {
    /// The paths.
    pub path_pattern: PathPattern,
    /// What applies to them.
    #[serde(flatten)]
    pub behavior: BehaviorConfig,
}

/// A function that a behavior calls.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct LambdaFunctionAssociation {
    /// When: only `viewer-request` is known here.
    pub event_type: String,
    /// Whether it gets the request's body.
    #[serde(default)]
    pub include_body: bool,
}

/// How long CloudFront keeps an origin's error.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct CustomErrorResponse {
    /// The status.
    pub error_code: u16,
    /// Seconds it is kept at least; CloudFront's default is 10.
    #[serde(rename = "ErrorCachingMinTTL")]
    pub error_caching_min_ttl: Option<u64>,
    /// A page in its place; not supported here, because it would rewrite the API's errors too.
    pub response_page_path: Option<String>,
}

fn reading() -> Vec<String> {
    vec!["GET".into(), "HEAD".into()]
}
