//! A call to AWS that did not do what was asked.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::display::DisplayErrorContext;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

/// A call that failed: what was being done, and AWS's reason.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{doing} failed: {reason}")]
pub struct CallError {
    doing: String,
    reason: String,
    code: Option<String>,
    status: Option<u16>,
    fault: Fault,
}

/// Whose fault it is, as far as that can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// No credentials were found, or they are no longer good.
    Credentials,
    /// The caller may not do that.
    Denied,
    /// Too many calls at this time.
    Throttled,
    /// The service has trouble of its own: a status of 500 or more.
    Service,
    /// No answer came.
    Network,
    /// The service said no, with a code of its own.
    Refused,
}

impl CallError {
    /// From the SDK's error; `doing` is what was being done, such as "reading the bucket cms-site".
    #[must_use]
    pub fn new<E>(doing: impl Into<String>, error: SdkError<E, HttpResponse>) -> CallError
    where
        E: ProvideErrorMetadata + std::error::Error + 'static,
    {
        let service = error.as_service_error();
        let code = service.and_then(|error| error.code()).map(str::to_owned);
        let message = service.and_then(|error| error.message()).map(str::to_owned);
        let status = error.raw_response().map(|answer| answer.status().as_u16());
        let fault = fault(&error, code.as_deref(), status);
        let reason = match (&code, message) {
            (Some(code), Some(message)) => format!("{code}: {message}"),
            (Some(code), None) => code.clone(),
            (None, _) => DisplayErrorContext(&error).to_string(),
        };
        CallError { doing: doing.into(), reason, code, status, fault }
    }

    /// An answer without what it has to hold.
    #[must_use]
    pub fn incomplete(doing: impl Into<String>, missing: &str) -> CallError {
        let reason = format!("the answer holds no {missing}");
        CallError { doing: doing.into(), reason, code: None, status: None, fault: Fault::Refused }
    }

    /// Whose fault it is.
    #[must_use]
    pub fn fault(&self) -> Fault {
        self.fault
    }

    /// The service's own code, such as `PreconditionFailed`.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// Whether the service said no with this code.
    #[must_use]
    pub fn is(&self, code: &str) -> bool {
        self.code() == Some(code)
    }

    /// The status of the HTTP response, where one came.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.status
    }

    /// Whether the same call may well succeed later: throttling, trouble of the service's own, a lost answer.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        matches!(self.fault, Fault::Throttled | Fault::Service | Fault::Network)
    }
}

fn fault<E>(error: &SdkError<E, HttpResponse>, code: Option<&str>, status: Option<u16>) -> Fault {
    match (error, code, status) {
        (_, Some(code), _) if is_about_credentials(code) => Fault::Credentials,
        (_, Some("AccessDenied" | "AccessDeniedException" | "UnauthorizedOperation"), _) => Fault::Denied,
        (_, Some(code), _) if is_throttling(code) => Fault::Throttled,
        (_, _, Some(429)) => Fault::Throttled,
        (SdkError::ServiceError(_) | SdkError::ResponseError(_), _, Some(500..)) => Fault::Service,
        (SdkError::ServiceError(_), ..) => Fault::Refused,
        (SdkError::DispatchFailure(failure), ..) if !failure.is_io() && !failure.is_timeout() => {
            Fault::Credentials
        }
        _ => Fault::Network,
    }
}

/// Each service spells it in its own way: `Throttling`, `ThrottlingException`, `SlowDown`, `TooManyRequestsException`.
fn is_throttling(code: &str) -> bool {
    code.contains("Throttl")
        || code.contains("TooManyRequests")
        || matches!(code, "SlowDown" | "RequestLimitExceeded" | "PriorRequestNotComplete")
}

fn is_about_credentials(code: &str) -> bool {
    matches!(
        code,
        "ExpiredToken"
            | "ExpiredTokenException"
            | "InvalidAccessKeyId"
            | "InvalidClientTokenId"
            | "SignatureDoesNotMatch"
            | "UnrecognizedClientException"
    )
}
