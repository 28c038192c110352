//! The configuration of a distribution with the gate in it, and what differs.

use aws_sdk_cloudfront::types::{
    DistributionConfig, EventType, FunctionAssociations, LambdaFunctionAssociation,
    LambdaFunctionAssociations, Origins,
};
use serde::Serialize;

use super::AssociationError;

/// A distribution's configuration with the gate in it.
#[derive(Debug, Clone)]
pub struct Associated {
    /// All of it.
    pub config: DistributionConfig,
    /// Its behaviors, the default one last.
    pub behaviors: Vec<Behavior>,
}

/// What becomes of a behavior.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Behavior {
    /// Its path pattern; `*` is the default one.
    pub path: String,
    /// The events for which the gate is called then.
    pub events: Vec<String>,
    /// Those of them for which it was not, or another version of it.
    pub changed: Vec<String>,
}

/// Puts a version of the gate into every behavior: on viewer requests, and on the answers of a bucket. Everything else
/// stays as it is.
///
/// # Errors
///
/// When another function has such an event; all of them are named.
pub fn with_gate(mut config: DistributionConfig, version: &str) -> Result<Associated, AssociationError> {
    let origins = config.origins.take();
    let (mut behaviors, mut taken) = (Vec::new(), Vec::new());
    let mut plan = |path: &str, origin: &str, lambda: &mut Option<_>, functions: &Option<_>| {
        let events = events(origin, origins.as_ref());
        match associated(lambda.take(), functions.as_ref(), &events, version) {
            Ok((all, changed)) => {
                *lambda = Some(all);
                let events = events.iter().map(|event| event.as_str().to_owned()).collect();
                behaviors.push(Behavior { path: path.to_owned(), events, changed });
            }
            Err(others) => taken.extend(others.into_iter().map(|other| format!("{path}: {other}"))),
        }
    };
    for behavior in config.cache_behaviors.iter_mut().filter_map(|all| all.items.as_mut()).flatten() {
        plan(
            &behavior.path_pattern,
            &behavior.target_origin_id,
            &mut behavior.lambda_function_associations,
            &behavior.function_associations,
        );
    }
    if let Some(behavior) = &mut config.default_cache_behavior {
        let lambda = &mut behavior.lambda_function_associations;
        plan("*", &behavior.target_origin_id, lambda, &behavior.function_associations);
    }
    config.origins = origins;
    if taken.is_empty() { Ok(Associated { config, behaviors }) } else { Err(AssociationError::Taken(taken)) }
}

/// The gate answers viewers, and looks at what a bucket answers: its errors are raw, an API's are its own.
fn events(origin: &str, origins: Option<&Origins>) -> Vec<EventType> {
    let origin = origins.and_then(|origins| origins.items.iter().find(|one| one.id == origin));
    let is_bucket = origin.is_some_and(|origin| {
        let is_named_so =
            origin.domain_name.contains(".s3") && origin.domain_name.ends_with(".amazonaws.com");
        origin.s3_origin_config.is_some() || (origin.custom_origin_config.is_none() && is_named_so)
    });
    let mut events = vec![EventType::ViewerRequest];
    events.extend(is_bucket.then_some(EventType::OriginResponse));
    events
}

/// A behavior's functions with the gate among them, and the events for which that is new; or what stands in the way.
fn associated(
    lambda: Option<LambdaFunctionAssociations>,
    functions: Option<&FunctionAssociations>,
    events: &[EventType],
    version: &str,
) -> Result<(LambdaFunctionAssociations, Vec<String>), Vec<String>> {
    let mut items = lambda.and_then(|all| all.items).unwrap_or_default();
    let is_gate = |arn: &str| unversioned(arn) == unversioned(version);
    // On a viewer's events CloudFront takes functions of one kind only.
    let edge = functions.into_iter().flat_map(FunctionAssociations::items);
    let edge = edge.filter(|one| one.event_type.as_str().starts_with("viewer-"));
    let mut others: Vec<String> =
        edge.map(|one| format!("{} has {}", one.event_type.as_str(), one.function_arn)).collect();
    let mut changed = Vec::new();
    for event in events {
        let wanted = LambdaFunctionAssociation::builder()
            .event_type(event.clone())
            .lambda_function_arn(version)
            .include_body(false)
            .build();
        let Ok(wanted) = wanted else { continue };
        match items.iter_mut().find(|one| one.event_type == *event) {
            Some(one) if one.lambda_function_arn == version => {}
            Some(one) if is_gate(&one.lambda_function_arn) => {
                *one = wanted;
                changed.push(event.as_str().to_owned());
            }
            Some(one) => others.push(format!("{} has {}", event.as_str(), one.lambda_function_arn)),
            None => {
                items.push(wanted);
                changed.push(event.as_str().to_owned());
            }
        }
    }
    if !others.is_empty() {
        return Err(others);
    }
    let quantity = i32::try_from(items.len()).unwrap_or(i32::MAX);
    let all = LambdaFunctionAssociations::builder().quantity(quantity).set_items(Some(items)).build();
    all.map(|all| (all, changed)).map_err(|error| vec![error.to_string()])
}

/// `arn:aws:lambda:us-east-1:111122223333:function:gate:7` without its version.
fn unversioned(arn: &str) -> &str {
    match arn.rsplit_once(':') {
        Some((function, version)) if version.bytes().all(|byte| byte.is_ascii_digit()) => function,
        _ => arn,
    }
}

#[cfg(test)]
mod tests {
    use aws_sdk_cloudfront::types::{
        CacheBehavior, CacheBehaviors, CustomOriginConfig, DefaultCacheBehavior, FunctionAssociation, Origin,
        OriginProtocolPolicy, S3OriginConfig, ViewerProtocolPolicy,
    };

    use super::*;

    const SEVEN: &str = "arn:aws:lambda:us-east-1:111122223333:function:gate:7";
    const SIX: &str = "arn:aws:lambda:us-east-1:111122223333:function:gate:6";
    const OTHER: &str = "arn:aws:lambda:us-east-1:111122223333:function:rewrite:3";

    fn functions(items: &[(EventType, &str)]) -> LambdaFunctionAssociations {
        let items = items.iter().map(|(event, arn)| {
            let one = LambdaFunctionAssociation::builder().event_type(event.clone());
            one.lambda_function_arn(*arn).build().unwrap()
        });
        let items: Vec<_> = items.collect();
        let quantity = i32::try_from(items.len()).unwrap();
        LambdaFunctionAssociations::builder().quantity(quantity).set_items(Some(items)).build().unwrap()
    }

    /// An API under `/api/*`, and a bucket behind everything else.
    fn config(
        api: Option<LambdaFunctionAssociations>,
        edge: Option<FunctionAssociations>,
    ) -> DistributionConfig {
        let origin = |id: &str| Origin::builder().id(id).domain_name("x");
        let bucket = S3OriginConfig::builder().origin_access_identity("").build();
        let server = CustomOriginConfig::builder().http_port(80).https_port(443);
        let server = server.origin_protocol_policy(OriginProtocolPolicy::HttpsOnly).build().unwrap();
        let origins = Origins::builder().quantity(2);
        let origins = origins.items(origin("site").s3_origin_config(bucket).build().unwrap());
        let origins =
            origins.items(origin("api").custom_origin_config(server).build().unwrap()).build().unwrap();
        let behavior = CacheBehavior::builder().path_pattern("/api/*").target_origin_id("api");
        let behavior = behavior.viewer_protocol_policy(ViewerProtocolPolicy::HttpsOnly);
        let behavior = behavior.set_lambda_function_associations(api).build().unwrap();
        let default = DefaultCacheBehavior::builder().target_origin_id("site");
        let default = default.viewer_protocol_policy(ViewerProtocolPolicy::HttpsOnly);
        let default = default.set_function_associations(edge).build().unwrap();
        let behaviors = CacheBehaviors::builder().quantity(1).items(behavior).build().unwrap();
        let config = DistributionConfig::builder().caller_reference("r").comment("kept").enabled(true);
        config.origins(origins).cache_behaviors(behaviors).default_cache_behavior(default).build().unwrap()
    }

    fn told(associated: &Associated) -> Vec<(&str, String, String)> {
        let lists = |one: &Behavior| (one.events.join(" "), one.changed.join(" "));
        let told = associated.behaviors.iter().map(|one| (one.path.as_str(), lists(one)));
        told.map(|(path, (events, changed))| (path, events, changed)).collect()
    }

    #[test]
    fn viewers_and_a_buckets_answers_go_through_the_gate() {
        let both = "viewer-request origin-response".to_owned();
        let request = "viewer-request".to_owned();
        let first = with_gate(config(None, None), SEVEN).unwrap();
        assert_eq!(
            told(&first),
            [("/api/*", request.clone(), request.clone()), ("*", both.clone(), both.clone())]
        );
        assert_eq!(first.config.comment, "kept");
        let again = with_gate(first.config.clone(), SEVEN).unwrap();
        assert!(again.behaviors.iter().all(|one| one.changed.is_empty()), "{:?}", again.behaviors);
        assert_eq!(again.config, first.config);
    }

    #[test]
    fn another_version_of_the_gate_gives_way_and_other_events_stay() {
        let api = functions(&[(EventType::ViewerRequest, SIX), (EventType::OriginRequest, OTHER)]);
        let associated = with_gate(config(Some(api), None), SEVEN).unwrap();
        let behavior = &associated.config.cache_behaviors.unwrap().items.unwrap()[0];
        let now = behavior.lambda_function_associations.as_ref().unwrap();
        let now: Vec<_> = now.items().iter().map(|one| one.lambda_function_arn.as_str()).collect();
        assert_eq!(now, [SEVEN, OTHER]);
        assert_eq!(associated.behaviors[0].changed, ["viewer-request"]);
    }

    #[test]
    fn whatever_else_answers_is_named_all_at_once() {
        let api = functions(&[(EventType::ViewerRequest, OTHER)]);
        let edge = FunctionAssociation::builder().event_type(EventType::ViewerResponse);
        let edge = edge.function_arn("arn:aws:cloudfront::111122223333:function/headers").build().unwrap();
        let edge = FunctionAssociations::builder().quantity(1).items(edge).build().unwrap();
        let Err(AssociationError::Taken(taken)) = with_gate(config(Some(api), Some(edge)), SEVEN) else {
            panic!("it has to be refused")
        };
        assert_eq!(taken.len(), 2);
        assert_eq!(taken[0], format!("/api/*: viewer-request has {OTHER}"));
        assert!(taken[1].starts_with("*: viewer-response has arn:aws:cloudfront"), "{taken:?}");
    }
}
