//! A distribution in the XML of CloudFront's API: the same configuration as the template's, with a `Quantity` beside
//! every list. What this machine does not read of the template is not told.

use std::{collections::BTreeMap, time::SystemTime};

use serde::Serialize;

use super::{
    BehaviorConfig, Distribution, DistributionConfig, OriginConfig,
    api_xml::{document, timestamp},
};

/// What GetDistribution tells beside the configuration.
pub(super) struct Facts {
    pub(super) started: SystemTime,
    pub(super) in_progress: usize,
}

/// The answer of GetDistribution.
pub(super) fn distribution(distribution: &Distribution, facts: &Facts) -> String {
    let element = DistributionElement {
        id: &distribution.id,
        arn: format!("arn:aws:cloudfront::000000000000:distribution/{}", distribution.id),
        status: "Deployed",
        last_modified_time: timestamp(facts.started),
        in_progress_invalidation_batches: facts.in_progress,
        domain_name: &distribution.domain_name,
        distribution_config: ConfigElement::of(&distribution.distribution_config),
    };
    document("Distribution", element)
}

/// The answer of GetDistributionConfig.
pub(super) fn config(distribution: &Distribution) -> String {
    document("DistributionConfig", ConfigElement::of(&distribution.distribution_config))
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct DistributionElement<'a> {
    id: &'a str,
    #[serde(rename = "ARN")]
    arn: String,
    status: &'static str,
    last_modified_time: String,
    in_progress_invalidation_batches: usize,
    domain_name: &'a str,
    distribution_config: ConfigElement<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct ConfigElement<'a> {
    caller_reference: &'static str,
    aliases: Listed<&'a String>,
    default_root_object: &'a str,
    origins: Listed<OriginElement<'a>>,
    default_cache_behavior: BehaviorElement<'a>,
    cache_behaviors: Listed<BehaviorElement<'a>>,
    custom_error_responses: Listed<ErrorElement>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cache_tag_config: Option<CacheTagElement<'a>>,
    comment: &'a str,
    enabled: bool,
}

/// A list with its length, each item in an element of its own name.
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Listed<T> {
    quantity: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<BTreeMap<&'static str, Vec<T>>>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct OriginElement<'a> {
    id: &'a str,
    domain_name: &'a str,
    origin_path: &'a str,
    custom_headers: Listed<HeaderElement<'a>>,
    #[serde(rename = "S3OriginConfig", skip_serializing_if = "Option::is_none")]
    s3_origin_config: Option<S3Element<'a>>,
    origin_access_control_id: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct HeaderElement<'a> {
    header_name: &'a str,
    header_value: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct S3Element<'a> {
    origin_access_identity: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct BehaviorElement<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    path_pattern: Option<String>,
    target_origin_id: &'a str,
    /// The truth on this machine.
    viewer_protocol_policy: &'static str,
    allowed_methods: Listed<&'a String>,
    compress: bool,
    lambda_function_associations: Listed<FunctionElement<'a>>,
    cache_policy_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin_request_policy_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    response_headers_policy_id: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct FunctionElement<'a> {
    #[serde(rename = "LambdaFunctionARN")]
    arn: &'a str,
    event_type: &'a str,
    include_body: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct CacheTagElement<'a> {
    header_name: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct ErrorElement {
    error_code: u16,
    #[serde(rename = "ErrorCachingMinTTL", skip_serializing_if = "Option::is_none")]
    error_caching_min_ttl: Option<u64>,
}

impl<T> Listed<T> {
    pub(super) fn of(element: &'static str, items: impl IntoIterator<Item = T>) -> Self {
        let items: Vec<_> = items.into_iter().collect();
        let quantity = items.len();
        Self { quantity, items: (quantity > 0).then(|| BTreeMap::from([(element, items)])) }
    }
}

impl<'a> ConfigElement<'a> {
    fn of(config: &'a DistributionConfig) -> Self {
        let behaviors = config.cache_behaviors.iter();
        let behaviors =
            behaviors.map(|one| BehaviorElement::of(Some(one.path_pattern.to_string()), &one.behavior));
        let errors = config.custom_error_responses.iter().map(|response| ErrorElement {
            error_code: response.error_code,
            error_caching_min_ttl: response.error_caching_min_ttl,
        });
        Self {
            caller_reference: "local",
            aliases: Listed::of("CNAME", &config.aliases),
            default_root_object: &config.default_root_object,
            origins: Listed::of("Origin", config.origins.iter().map(OriginElement::of)),
            default_cache_behavior: BehaviorElement::of(None, &config.default_cache_behavior),
            cache_behaviors: Listed::of("CacheBehavior", behaviors),
            custom_error_responses: Listed::of("CustomErrorResponse", errors),
            cache_tag_config: config
                .cache_tag_config
                .as_ref()
                .map(|tags| CacheTagElement { header_name: &tags.header_name }),
            comment: &config.comment,
            enabled: config.enabled,
        }
    }
}

impl<'a> OriginElement<'a> {
    fn of(origin: &'a OriginConfig) -> Self {
        let headers = origin.origin_custom_headers.iter().map(|custom| HeaderElement {
            header_name: &custom.header_name,
            header_value: &custom.header_value,
        });
        let s3 = origin.s3_origin_config.as_ref();
        Self {
            id: &origin.id,
            domain_name: &origin.domain_name,
            origin_path: &origin.origin_path,
            custom_headers: Listed::of("OriginCustomHeader", headers),
            s3_origin_config: s3
                .map(|config| S3Element { origin_access_identity: &config.origin_access_identity }),
            origin_access_control_id: origin.origin_access_control_id.as_deref().unwrap_or_default(),
        }
    }
}

impl<'a> BehaviorElement<'a> {
    fn of(path_pattern: Option<String>, behavior: &'a BehaviorConfig) -> Self {
        let functions = behavior.lambda_function_associations.iter().map(|function| FunctionElement {
            arn: &function.lambda_function_arn,
            event_type: &function.event_type,
            include_body: function.include_body,
        });
        Self {
            path_pattern,
            target_origin_id: &behavior.target_origin_id,
            viewer_protocol_policy: "allow-all",
            allowed_methods: Listed::of("Method", &behavior.allowed_methods),
            compress: behavior.compress,
            lambda_function_associations: Listed::of("LambdaFunctionAssociation", functions),
            cache_policy_id: &behavior.cache_policy_id,
            origin_request_policy_id: behavior.origin_request_policy_id.as_deref(),
            response_headers_policy_id: behavior.response_headers_policy_id.as_deref(),
        }
    }
}
