//! What the viewer gets when there is no valid answer: CloudFront's page, status and `X-Cache`.

use super::Violation;
use crate::{error_page::error_page, function_host::InvokeError};

/// CloudFront's `X-Cache` where a viewer-request function took part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum XCache {
    /// The function generated the response.
    GeneratedResponse,
    /// The function failed, took too long or is not there.
    ExecutionError,
    /// The function's answer broke a rule.
    ValidationError,
    /// There was no instance left for the event.
    LimitExceeded,
}

impl XCache {
    /// The header's value.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::GeneratedResponse => "LambdaGeneratedResponse from cloudfront",
            Self::ExecutionError => "LambdaExecutionError from cloudfront",
            Self::ValidationError => "LambdaValidationError from cloudfront",
            Self::LimitExceeded => "LambdaLimitExceeded from cloudfront",
        }
    }
}

/// An error answered by CloudFront itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// 502 or 503.
    pub status: u16,
    /// What `X-Cache` says.
    pub x_cache: XCache,
    /// The page, `text/html`.
    pub html: String,
    /// Why, for the log; the page does not hold it.
    pub reason: String,
}

impl Failure {
    /// The function's answer broke a rule.
    #[must_use]
    pub fn of_answer(violation: &Violation, request_id: &str) -> Self {
        Self {
            status: 502,
            x_cache: XCache::ValidationError,
            html: error_page(502, violation.page_message(), request_id),
            reason: format!("lambda validation error: {violation}"),
        }
    }

    /// The function gave no answer.
    #[must_use]
    pub fn of_invocation(error: &InvokeError, request_id: &str) -> Self {
        let (x_cache, message) = match error {
            InvokeError::Throttled { .. } => (
                XCache::LimitExceeded,
                "The Lambda function associated with the CloudFront distribution was throttled.",
            ),
            _ => (
                XCache::ExecutionError,
                "The Lambda function associated with the CloudFront distribution is invalid or doesn't have the \
                 required permissions.",
            ),
        };
        Self { status: 503, x_cache, html: error_page(503, message, request_id), reason: error.to_string() }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_broken_rule_is_502_and_the_log_names_it() {
        let failure = Failure::of_answer(&Violation::DisallowedHeader("x-cache".to_owned()), "id==");
        assert_eq!(
            (failure.status, failure.x_cache.as_str()),
            (502, "LambdaValidationError from cloudfront")
        );
        assert!(failure.html.contains("<H1>502 ERROR</H1>"));
        assert!(failure.html.contains("The function tried to add a blacklisted header."));
        assert!(failure.html.contains("Request ID: id=="));
        assert!(!failure.html.contains("x-cache"));
        assert_eq!(failure.reason, "lambda validation error: header x-cache is disallowed");
    }

    #[test]
    fn a_throttle_is_503_limit_exceeded_and_any_other_failure_503_execution_error() {
        let throttled = Failure::of_invocation(&InvokeError::Throttled { instances: 1, queue: 0 }, "id");
        assert_eq!((throttled.status, throttled.x_cache), (503, XCache::LimitExceeded));
        let timed_out = InvokeError::TimedOut { after: Duration::from_secs(5) };
        let function = InvokeError::Function { error_type: "E".to_owned(), message: "secret".to_owned() };
        for error in [timed_out, function, InvokeError::Died { status: None }] {
            let failure = Failure::of_invocation(&error, "id");
            assert_eq!((failure.status, failure.x_cache), (503, XCache::ExecutionError));
            assert!(!failure.html.contains("secret"));
            assert_eq!(failure.reason, error.to_string());
        }
    }
}
