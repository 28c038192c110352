//! Amazon CloudFront: how a distribution and its policies are configured.

use aws_sdk_cloudfront::types::{
    CachePolicyConfig, DistributionConfig, OriginRequestPolicyConfig, ResponseHeadersPolicyConfig,
};

use super::{CallError, Cloud};

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
    /// How a distribution is.
    ///
    /// # Errors
    ///
    /// When the call fails.
    pub async fn distribution_state(&self, id: &str) -> Result<DistributionState, CallError> {
        let doing = || format!("looking at the distribution {id}");
        let answer = self.cloudfront().get_distribution().id(id).send().await;
        let answer = answer.map_err(|error| CallError::new(doing(), error))?;
        let found = answer.distribution.ok_or_else(|| CallError::incomplete(doing(), "distribution"))?;
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

    /// How a distribution is configured.
    ///
    /// # Errors
    ///
    /// When the call fails; with the code `NoSuchDistribution` there is none.
    pub async fn distribution_config(&self, id: &str) -> Result<DistributionConfig, CallError> {
        Ok(self.distribution_config_as_found(id).await?.0)
    }

    /// How a distribution is configured, and the entity tag by which a change of it says what it has seen.
    ///
    /// # Errors
    ///
    /// When the call fails; with the code `NoSuchDistribution` there is none.
    pub async fn distribution_config_as_found(
        &self,
        id: &str,
    ) -> Result<(DistributionConfig, String), CallError> {
        let doing = || format!("reading the configuration of the distribution {id}");
        let answer = self.cloudfront().get_distribution_config().id(id).send().await;
        let answer = answer.map_err(|error| CallError::new(doing(), error))?;
        let found = answer.e_tag.ok_or_else(|| CallError::incomplete(doing(), "ETag"))?;
        let config = answer.distribution_config;
        Ok((config.ok_or_else(|| CallError::incomplete(doing(), "DistributionConfig"))?, found))
    }

    /// Changes a distribution that is still as it was found.
    ///
    /// # Errors
    ///
    /// When the call fails; with the code `PreconditionFailed` somebody has changed it since.
    pub async fn update_distribution(
        &self,
        id: &str,
        config: DistributionConfig,
        found: &str,
    ) -> Result<(), CallError> {
        let call = self.cloudfront().update_distribution().id(id).distribution_config(config).if_match(found);
        let changed = call.send().await;
        changed.map(drop).map_err(|error| CallError::new(format!("changing the distribution {id}"), error))
    }

    /// A cache policy.
    ///
    /// # Errors
    ///
    /// When the call fails.
    pub async fn cache_policy(&self, id: &str) -> Result<CachePolicyConfig, CallError> {
        let doing = || format!("reading the cache policy {id}");
        let answer = self.cloudfront().get_cache_policy().id(id).send().await;
        let policy = answer.map_err(|error| CallError::new(doing(), error))?.cache_policy;
        let config = policy.and_then(|policy| policy.cache_policy_config);
        config.ok_or_else(|| CallError::incomplete(doing(), "CachePolicyConfig"))
    }

    /// An origin request policy.
    ///
    /// # Errors
    ///
    /// When the call fails.
    pub async fn origin_request_policy(&self, id: &str) -> Result<OriginRequestPolicyConfig, CallError> {
        let doing = || format!("reading the origin request policy {id}");
        let answer = self.cloudfront().get_origin_request_policy().id(id).send().await;
        let policy = answer.map_err(|error| CallError::new(doing(), error))?.origin_request_policy;
        let config = policy.and_then(|policy| policy.origin_request_policy_config);
        config.ok_or_else(|| CallError::incomplete(doing(), "OriginRequestPolicyConfig"))
    }

    /// A response headers policy.
    ///
    /// # Errors
    ///
    /// When the call fails.
    pub async fn response_headers_policy(&self, id: &str) -> Result<ResponseHeadersPolicyConfig, CallError> {
        let doing = || format!("reading the response headers policy {id}");
        let answer = self.cloudfront().get_response_headers_policy().id(id).send().await;
        let policy = answer.map_err(|error| CallError::new(doing(), error))?.response_headers_policy;
        let config = policy.and_then(|policy| policy.response_headers_policy_config);
        config.ok_or_else(|| CallError::incomplete(doing(), "ResponseHeadersPolicyConfig"))
    }
}
