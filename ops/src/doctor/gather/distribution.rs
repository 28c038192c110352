//! A distribution's configuration, from CloudFront's words into the checks'.

use aws_sdk_cloudfront::types::{
    AllowedMethods, CacheBehavior, DefaultCacheBehavior, DistributionConfig, ForwardedValues,
    FunctionAssociations, LambdaFunctionAssociations,
};

use super::policies;
use crate::aws::Cloud;
use crate::doctor::Fact;
use crate::doctor::facts::{
    Association, Behavior, CachePolicy, Distribution, ErrorResponse, Forwarded, Origin, OriginKind,
};

/// Reads the distribution and the policies that its behaviors name.
pub(super) async fn read(cloud: &Cloud, id: &str, domain_name: &str) -> Fact<Distribution> {
    let config = match cloud.distribution_config(id).await {
        Ok(config) => config,
        Err(error) => return Fact::unknown(error),
    };
    let mut behaviors = Vec::new();
    for behavior in raw_behaviors(&config) {
        behaviors.push(behavior.into_behavior(cloud).await);
    }
    Fact::Known(Distribution {
        id: id.to_owned(),
        domain_name: domain_name.to_owned(),
        enabled: config.enabled,
        aliases: config.aliases.clone().and_then(|aliases| aliases.items).unwrap_or_default(),
        certificate: certificate(&config),
        minimum_protocol: config
            .viewer_certificate
            .as_ref()
            .filter(|certificate| certificate.cloud_front_default_certificate != Some(true))
            .and_then(|certificate| Some(certificate.minimum_protocol_version.as_ref()?.as_str().to_owned())),
        default_root_object: config.default_root_object.clone().unwrap_or_default(),
        origins: origins(&config),
        behaviors,
        error_responses: error_responses(&config),
    })
}

fn certificate(config: &DistributionConfig) -> Option<String> {
    let certificate = config.viewer_certificate.as_ref()?;
    certificate.acm_certificate_arn.clone().filter(|arn| !arn.is_empty())
}

fn origins(config: &DistributionConfig) -> Vec<Origin> {
    let origins = config.origins.iter().flat_map(|origins| &origins.items);
    origins
        .map(|origin| {
            let control = origin.origin_access_control_id.as_deref().is_some_and(|id| !id.is_empty());
            let identity = origin.s3_origin_config.as_ref().map(|s3| !s3.origin_access_identity.is_empty());
            let kind = match (&origin.custom_origin_config, identity) {
                (Some(custom), _) => {
                    OriginKind::Server { https_only: custom.origin_protocol_policy.as_str() == "https-only" }
                }
                (None, Some(identity)) => OriginKind::Bucket { signed: control || identity },
                // An origin in a VPC is asked within AWS.
                (None, None) => OriginKind::Server { https_only: true },
            };
            let path = origin.origin_path.clone().unwrap_or_default();
            Origin { id: origin.id.clone(), domain_name: origin.domain_name.clone(), path, kind }
        })
        .collect()
}

fn error_responses(config: &DistributionConfig) -> Vec<ErrorResponse> {
    let responses = config.custom_error_responses.iter().flat_map(|responses| responses.items());
    responses
        .map(|response| ErrorResponse {
            status: response.error_code,
            page: response.response_page_path.clone().filter(|page| !page.is_empty()),
            answered: response.response_code.clone().filter(|code| !code.is_empty()),
        })
        .collect()
}

/// What the default behavior and the others have in common.
struct RawBehavior {
    pattern: String,
    origin: String,
    viewer_protocol: String,
    methods: Vec<String>,
    compress: bool,
    functions: Vec<Association>,
    cloudfront_functions: Vec<String>,
    cache_policy: Option<String>,
    origin_request_policy: Option<String>,
    response_headers_policy: Option<String>,
    legacy: Option<(Option<ForwardedValues>, i64)>,
}

fn raw_behaviors(config: &DistributionConfig) -> Vec<RawBehavior> {
    let listed = config.cache_behaviors.iter().flat_map(|behaviors| behaviors.items());
    listed.map(one).chain(config.default_cache_behavior.as_ref().map(default)).collect()
}

fn one(from: &CacheBehavior) -> RawBehavior {
    RawBehavior {
        pattern: from.path_pattern.clone(),
        origin: from.target_origin_id.clone(),
        viewer_protocol: from.viewer_protocol_policy.as_str().to_owned(),
        methods: methods(from.allowed_methods.as_ref()),
        compress: from.compress == Some(true),
        functions: functions(from.lambda_function_associations.as_ref()),
        cloudfront_functions: cloudfront_functions(from.function_associations.as_ref()),
        cache_policy: given(from.cache_policy_id.as_ref()),
        origin_request_policy: given(from.origin_request_policy_id.as_ref()),
        response_headers_policy: given(from.response_headers_policy_id.as_ref()),
        #[expect(deprecated, reason = "distributions of before 2020 still have no policies")]
        legacy: Some((from.forwarded_values.clone(), from.max_ttl.unwrap_or(31_536_000))),
    }
}

fn default(from: &DefaultCacheBehavior) -> RawBehavior {
    RawBehavior {
        pattern: "*".to_owned(),
        origin: from.target_origin_id.clone(),
        viewer_protocol: from.viewer_protocol_policy.as_str().to_owned(),
        methods: methods(from.allowed_methods.as_ref()),
        compress: from.compress == Some(true),
        functions: functions(from.lambda_function_associations.as_ref()),
        cloudfront_functions: cloudfront_functions(from.function_associations.as_ref()),
        cache_policy: given(from.cache_policy_id.as_ref()),
        origin_request_policy: given(from.origin_request_policy_id.as_ref()),
        response_headers_policy: given(from.response_headers_policy_id.as_ref()),
        #[expect(deprecated, reason = "distributions of before 2020 still have no policies")]
        legacy: Some((from.forwarded_values.clone(), from.max_ttl.unwrap_or(31_536_000))),
    }
}

impl RawBehavior {
    async fn into_behavior(self, cloud: &Cloud) -> Behavior {
        let (cache, origin_request) = match (&self.cache_policy, self.legacy) {
            (Some(id), _) => {
                let origin_request =
                    policies::origin_request(cloud, self.origin_request_policy.as_deref()).await;
                (policies::cache(cloud, id).await, origin_request)
            }
            (None, Some((Some(values), max_ttl))) => {
                let nothing_more = ("none".to_owned(), Forwarded::None);
                (Fact::Known(by_forwarded_values(&values, max_ttl)), Fact::Known(nothing_more))
            }
            (None, _) => (
                Fact::unknown("a behavior names no cache policy"),
                Fact::unknown("a behavior names no policy"),
            ),
        };
        Behavior {
            pattern: self.pattern,
            origin: self.origin,
            viewer_protocol: self.viewer_protocol,
            methods: self.methods,
            compress: self.compress,
            functions: self.functions,
            cloudfront_functions: self.cloudfront_functions,
            cache,
            origin_request,
            response: policies::response(cloud, self.response_headers_policy.as_deref()).await,
        }
    }
}

/// What distributions had before there were policies: what is forwarded is the cache key.
fn by_forwarded_values(values: &ForwardedValues, max_ttl: i64) -> CachePolicy {
    let headers = values.headers.as_ref().map(|headers| headers.items().to_vec()).unwrap_or_default();
    let headers = match headers.as_slice() {
        [] => Forwarded::None,
        [all] if all == "*" => Forwarded::All,
        _ => Forwarded::Only(headers),
    };
    let cookies = values.cookies.as_ref();
    let names = cookies.and_then(|cookies| cookies.whitelisted_names.as_ref());
    let names = names.map(|names| names.items().to_vec()).unwrap_or_default();
    let cookies = policies::forwarded(cookies.map_or("none", |cookies| cookies.forward.as_str()), names);
    // Forwarding every header field means keeping nothing.
    let max_ttl = if headers == Forwarded::All { 0 } else { max_ttl };
    CachePolicy { name: "ForwardedValues".to_owned(), max_ttl, headers, cookies }
}

fn methods(methods: Option<&AllowedMethods>) -> Vec<String> {
    match methods {
        Some(methods) => methods.items.iter().map(|method| method.as_str().to_owned()).collect(),
        None => vec!["GET".to_owned(), "HEAD".to_owned()],
    }
}

fn functions(associations: Option<&LambdaFunctionAssociations>) -> Vec<Association> {
    let associations = associations.map(|associations| associations.items()).unwrap_or_default();
    associations
        .iter()
        .map(|association| Association {
            arn: association.lambda_function_arn.clone(),
            event: association.event_type.as_str().to_owned(),
            include_body: association.include_body == Some(true),
        })
        .collect()
}

fn cloudfront_functions(associations: Option<&FunctionAssociations>) -> Vec<String> {
    let associations = associations.map(|associations| associations.items()).unwrap_or_default();
    associations.iter().map(|association| association.event_type.as_str().to_owned()).collect()
}

fn given(id: Option<&String>) -> Option<String> {
    id.filter(|id| !id.is_empty()).cloned()
}
