//! What AWS answered when it did not do what was asked.

use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use crate::failure::{NextStep, chain};

/// A call that failed.
#[derive(Debug, thiserror::Error)]
#[error("{doing} failed: {reason}")]
pub struct AwsError {
    doing: String,
    reason: String,
    code: Option<String>,
    kind: Kind,
}

/// Whose fault it is, as far as that can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// No credentials were found, or they are no longer good.
    Credentials,
    /// The operator may not do that.
    Denied,
    /// Too many calls.
    Throttled,
    /// The answer did not come.
    Network,
    /// The service said no, with a code of its own.
    Refused,
}

impl AwsError {
    /// From the SDK's error; `doing` is what was being done, such as "reading the bucket cms-site".
    #[must_use]
    pub fn new<E, R>(doing: impl Into<String>, error: SdkError<E, R>) -> AwsError
    where
        E: ProvideErrorMetadata + std::error::Error + 'static,
        R: std::fmt::Debug + 'static,
    {
        let code = error.as_service_error().and_then(|error| error.code()).map(str::to_owned);
        let message = error.as_service_error().and_then(|error| error.message()).map(str::to_owned);
        let kind = match (&error, code.as_deref()) {
            (_, Some(code)) if is_about_credentials(code) => Kind::Credentials,
            (_, Some("AccessDenied" | "AccessDeniedException" | "UnauthorizedOperation")) => Kind::Denied,
            (_, Some(code))
                if code.contains("Throttl") || code == "SlowDown" || code.contains("TooManyRequests") =>
            {
                Kind::Throttled
            }
            (SdkError::ServiceError(_), _) => Kind::Refused,
            (SdkError::DispatchFailure(failure), _) if !failure.is_io() && !failure.is_timeout() => {
                Kind::Credentials
            }
            _ => Kind::Network,
        };
        let reason = match (&code, message) {
            (Some(code), Some(message)) => format!("{code}: {message}"),
            (Some(code), None) => code.clone(),
            (None, _) => chain(&error),
        };
        AwsError { doing: doing.into(), reason, code, kind }
    }

    /// An answer without what it has to hold.
    #[must_use]
    pub fn incomplete(doing: impl Into<String>, missing: &str) -> AwsError {
        let reason = format!("the answer holds no {missing}");
        AwsError { doing: doing.into(), reason, code: None, kind: Kind::Refused }
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

impl NextStep for AwsError {
    fn next_step(&self) -> String {
        match self.kind {
            Kind::Credentials => {
                "sign in to AWS (aws sso login, or set AWS_PROFILE or AWS_ACCESS_KEY_ID and \
                                  AWS_SECRET_ACCESS_KEY), then run the command again"
                    .to_owned()
            }
            Kind::Denied => {
                "give your role what infra/operator-policy.json allows, then run the command again".to_owned()
            }
            Kind::Throttled => {
                "wait a minute and run the command again: it goes on where it stopped".to_owned()
            }
            Kind::Network => "check the network and --endpoint-url, then run the command again".to_owned(),
            Kind::Refused => {
                "read AWS's reason above, mend it, and run the command again; --verbose shows every call"
                    .to_owned()
            }
        }
    }
}
