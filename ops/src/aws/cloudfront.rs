//! Amazon CloudFront: one distribution.

use aws_sdk_cloudfront::Client;
use aws_sdk_cloudfront::types::{
    CachePolicyConfig, DistributionConfig, InvalidationBatch, OriginRequestPolicyConfig, Paths,
    ResponseHeadersPolicyConfig,
};

use super::{AwsError, Cloud};
use crate::report::Count;

/// A distribution, by its id.
#[derive(Clone)]
pub struct Distribution {
    client: Client,
    id: String,
}

/// An invalidation that CloudFront has taken on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalidation {
    /// Its id.
    pub id: String,
    /// Whether no edge location holds any more what it names.
    pub completed: bool,
}

/// How a distribution is.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct DistributionState {
    /// CloudFront's own host name of it.
    pub host: String,
    /// Whether it serves anything.
    pub enabled: bool,
    /// Whether its configuration has reached all edge locations.
    pub deployed: bool,
    /// The version of the function that every viewer request of the default behavior goes to.
    pub viewer_request: Option<String>,
}

impl Cloud {
    /// The distribution of this id.
    #[must_use]
    pub fn distribution(&self, id: &str) -> Distribution {
        Distribution { client: self.cloudfront(), id: id.to_owned() }
    }
}

impl Distribution {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// How it is.
    ///
    /// # Errors
    ///
    /// When the call fails.
    pub async fn state(&self) -> Result<DistributionState, AwsError> {
        let doing = || format!("looking at the distribution {}", self.id);
        let answer = self.client.get_distribution().id(&self.id).send().await;
        let answer = answer.map_err(|error| AwsError::new(doing(), error))?;
        let found = answer.distribution.ok_or_else(|| AwsError::incomplete(doing(), "distribution"))?;
        let config = found.distribution_config.as_ref();
        let behavior = config.and_then(|config| config.default_cache_behavior.as_ref());
        let functions = behavior.and_then(|behavior| behavior.lambda_function_associations.as_ref());
        let viewer_request = functions
            .and_then(|functions| {
                functions.items().iter().find(|it| it.event_type.as_str() == "viewer-request")
            })
            .map(|function| function.lambda_function_arn.clone());
        Ok(DistributionState {
            enabled: config.is_some_and(|config| config.enabled),
            deployed: found.status == "Deployed",
            host: found.domain_name,
            viewer_request,
        })
    }

    /// Creates an invalidation. The same reference with the same paths gives the one that was created before.
    ///
    /// # Errors
    ///
    /// When the call fails; with the code `TooManyInvalidationsInProgress` there is no room for it yet.
    pub async fn invalidate(&self, reference: &str, paths: Vec<String>) -> Result<Invalidation, AwsError> {
        let doing =
            || format!("invalidating {} of the distribution {}", Count::of(paths.len(), "path"), self.id);
        let quantity = i32::try_from(paths.len()).unwrap_or(i32::MAX);
        let batch = Paths::builder().quantity(quantity).set_items(Some(paths.clone())).build();
        let batch = batch
            .and_then(|paths| InvalidationBatch::builder().paths(paths).caller_reference(reference).build());
        let batch = batch.map_err(|_| AwsError::incomplete(doing(), "path"))?;
        let request = self.client.create_invalidation().distribution_id(&self.id).invalidation_batch(batch);
        let answer = request.send().await.map_err(|error| AwsError::new(doing(), error))?;
        let invalidation =
            answer.invalidation.ok_or_else(|| AwsError::incomplete(doing(), "invalidation"))?;
        Ok(Invalidation { completed: is_completed(&invalidation.status), id: invalidation.id })
    }

    /// How far an invalidation is.
    ///
    /// # Errors
    ///
    /// When the call fails.
    pub async fn invalidation(&self, id: &str) -> Result<Invalidation, AwsError> {
        let doing = || format!("looking at the invalidation {id} of the distribution {}", self.id);
        let answer = self.client.get_invalidation().distribution_id(&self.id).id(id).send().await;
        let answer = answer.map_err(|error| AwsError::new(doing(), error))?;
        let invalidation =
            answer.invalidation.ok_or_else(|| AwsError::incomplete(doing(), "invalidation"))?;
        Ok(Invalidation { completed: is_completed(&invalidation.status), id: invalidation.id })
    }
}

impl Distribution {
    /// How it is configured.
    ///
    /// # Errors
    ///
    /// When the call fails; with the code `NoSuchDistribution` there is none.
    pub async fn config(&self) -> Result<DistributionConfig, AwsError> {
        let doing = || format!("reading the configuration of the distribution {}", self.id);
        let answer = self.client.get_distribution_config().id(&self.id).send().await;
        let answer = answer.map_err(|error| AwsError::new(doing(), error))?;
        answer.distribution_config.ok_or_else(|| AwsError::incomplete(doing(), "DistributionConfig"))
    }
}

impl Cloud {
    /// A cache policy.
    ///
    /// # Errors
    ///
    /// When the call fails.
    pub async fn cache_policy(&self, id: &str) -> Result<CachePolicyConfig, AwsError> {
        let doing = || format!("reading the cache policy {id}");
        let answer = self.cloudfront().get_cache_policy().id(id).send().await;
        let policy = answer.map_err(|error| AwsError::new(doing(), error))?.cache_policy;
        let config = policy.and_then(|policy| policy.cache_policy_config);
        config.ok_or_else(|| AwsError::incomplete(doing(), "CachePolicyConfig"))
    }

    /// An origin request policy.
    ///
    /// # Errors
    ///
    /// When the call fails.
    pub async fn origin_request_policy(&self, id: &str) -> Result<OriginRequestPolicyConfig, AwsError> {
        let doing = || format!("reading the origin request policy {id}");
        let answer = self.cloudfront().get_origin_request_policy().id(id).send().await;
        let policy = answer.map_err(|error| AwsError::new(doing(), error))?.origin_request_policy;
        let config = policy.and_then(|policy| policy.origin_request_policy_config);
        config.ok_or_else(|| AwsError::incomplete(doing(), "OriginRequestPolicyConfig"))
    }

    /// A response headers policy.
    ///
    /// # Errors
    ///
    /// When the call fails.
    pub async fn response_headers_policy(&self, id: &str) -> Result<ResponseHeadersPolicyConfig, AwsError> {
        let doing = || format!("reading the response headers policy {id}");
        let answer = self.cloudfront().get_response_headers_policy().id(id).send().await;
        let policy = answer.map_err(|error| AwsError::new(doing(), error))?.response_headers_policy;
        let config = policy.and_then(|policy| policy.response_headers_policy_config);
        config.ok_or_else(|| AwsError::incomplete(doing(), "ResponseHeadersPolicyConfig"))
    }
}

/// moto writes it in capitals, CloudFront as `Completed`.
fn is_completed(status: &str) -> bool {
    status.eq_ignore_ascii_case("completed")
}
