//! A distribution's configuration, in the names and shape of CloudFormation's `AWS::CloudFront::Distribution`, so that
//! the template that is deployed can be served locally.

use std::collections::HashMap;

use serde::{Deserialize, de::Error};
use serde_json::{Map, Value};

use super::{CachePolicy, OriginRequestPolicy, PathPattern, ResponseHeadersPolicy, unread};

/// A distribution and the policies of its account that it may name.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct Distribution {
    /// Its id, as in the paths of CloudFront's API.
    pub id: String,
    /// Its own host name, as in `d111111abcdef8.cloudfront.net`.
    pub domain_name: String,
    /// What it does.
    #[serde(deserialize_with = "unread::without")]
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

/// `DistributionConfig`, without what [`UNREAD`](super::UNREAD) lists.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct DistributionConfig {
    /// Whether it answers at all.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// What people call it.
    #[serde(default)]
    pub comment: String,
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
    /// Where cache tags are read from; without it there are none.
    pub cache_tag_config: Option<CacheTagConfig>,
}

/// `CacheTagConfig`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct CacheTagConfig {
    /// The header field of an origin's answers that lists them, separated by commas.
    pub header_name: String,
}

/// An origin as a distribution knows it. Where it stands locally is said at start, by its id.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
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
    /// How CloudFront signs what it asks a bucket.
    pub origin_access_control_id: Option<String>,
    /// That it is a bucket.
    pub s3_origin_config: Option<S3OriginConfig>,
    /// That it is an HTTP server.
    pub custom_origin_config: Option<CustomOriginConfig>,
}

/// `S3OriginConfig`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct S3OriginConfig {
    /// The older way to sign; empty where there is origin access control.
    #[serde(default)]
    pub origin_access_identity: String,
}

/// `CustomOriginConfig`. All that the template says in it is about TLS.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustomOriginConfig {}

/// A header that CloudFront adds to every request to an origin.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct OriginCustomHeader {
    /// Its name.
    pub header_name: String,
    /// Its value.
    pub header_value: String,
}

/// `DefaultCacheBehavior`, and what every behavior says.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
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
    /// Functions: when each is called, for `viewer-request` and `origin-response`.
    #[serde(default)]
    pub lambda_function_associations: Vec<LambdaFunctionAssociation>,
}

/// One of `CacheBehaviors`.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "Map<String, Value>")]
pub struct PathBehaviorConfig {
    /// The paths.
    pub path_pattern: PathPattern,
    /// What applies to them.
    pub behavior: BehaviorConfig,
}

impl TryFrom<Map<String, Value>> for PathBehaviorConfig {
    type Error = serde_json::Error;

    fn try_from(mut members: Map<String, Value>) -> Result<Self, serde_json::Error> {
        let path_pattern = members.remove("PathPattern");
        let path_pattern = path_pattern.ok_or_else(|| serde_json::Error::missing_field("PathPattern"))?;
        Ok(Self {
            path_pattern: serde_json::from_value(path_pattern)?,
            behavior: serde_json::from_value(Value::Object(members))?,
        })
    }
}

/// A function that a behavior calls.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct LambdaFunctionAssociation {
    /// When: `viewer-request` or `origin-response`.
    pub event_type: String,
    /// Whether it gets the request's body.
    #[serde(default)]
    pub include_body: bool,
    /// The version of the function. What runs on this machine is said at start.
    #[serde(rename = "LambdaFunctionARN", default)]
    pub lambda_function_arn: String,
}

/// How long CloudFront keeps an origin's error.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct CustomErrorResponse {
    /// The status.
    pub error_code: u16,
    /// Seconds it is kept at least; CloudFront's default is 10.
    #[serde(rename = "ErrorCachingMinTTL")]
    pub error_caching_min_ttl: Option<u64>,
    /// A page in its place; not supported here, because it would rewrite the API's errors too.
    pub response_page_path: Option<String>,
    /// Another status for that page; not supported here either.
    pub response_code: Option<u16>,
}

fn yes() -> bool {
    true
}

fn reading() -> Vec<String> {
    vec!["GET".into(), "HEAD".into()]
}
