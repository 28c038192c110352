//! Requests that CloudFront answers itself, and what it says on its error page.

use http::{Method, StatusCode};

use super::origin::OriginError;
use crate::{error_page::error_page, viewer_request::Failure};

/// Why a request gets CloudFront's own error page.
#[derive(Debug, thiserror::Error)]
pub(super) enum Refusal {
    #[error("the URL has {0} characters, expected at most 8192")]
    UrlTooLong(usize),
    #[error("the header section has {0} bytes, expected at most 20480")]
    HeadersTooLarge(usize),
    #[error("the body has {0} bytes, expected at most 20 GB")]
    BodyTooLarge(u64),
    #[error("the request has no usable host")]
    NoHost,
    #[error("no distribution answers to host {0:?}")]
    UnknownHost(String),
    #[error("the distribution is disabled")]
    Disabled,
    #[error("method {method} is not among the allowed methods")]
    Method { method: Method, cacheable_only: bool },
    #[error("a GET or HEAD request has a body")]
    BodyOnRead,
    #[error("the function's request cannot be sent on: {0}")]
    Unsendable(&'static str),
    #[error("the fetch for the cache ended without an answer")]
    FetchLost,
    #[error("the body of the request broke off")]
    BodyCut(#[source] axum::Error),
    #[error("{}", .0.reason)]
    Function(Failure),
    #[error(transparent)]
    Origin(#[from] OriginError),
}

impl Refusal {
    pub(super) fn status(&self) -> StatusCode {
        match self {
            Self::UrlTooLong(_) => StatusCode::URI_TOO_LONG,
            // CloudFront borrows nginx's status for header sections that are too large.
            Self::HeadersTooLarge(_) => StatusCode::from_u16(494).unwrap_or(StatusCode::BAD_REQUEST),
            Self::BodyTooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::NoHost | Self::BodyCut(_) => StatusCode::BAD_REQUEST,
            Self::UnknownHost(_) | Self::Disabled | Self::Method { .. } | Self::BodyOnRead => {
                StatusCode::FORBIDDEN
            }
            Self::Function(failure) => {
                StatusCode::from_u16(failure.status).unwrap_or(StatusCode::BAD_GATEWAY)
            }
            Self::Unsendable(_) | Self::FetchLost => StatusCode::BAD_GATEWAY,
            Self::Origin(OriginError::TimedOut { .. }) => StatusCode::GATEWAY_TIMEOUT,
            Self::Origin(_) => StatusCode::BAD_GATEWAY,
        }
    }

    /// CloudFront's error page.
    pub(super) fn page(&self, request_id: &str) -> String {
        if let Self::Function(failure) = self {
            return failure.html.clone();
        }
        error_page(self.status().as_u16(), self.told(), request_id)
    }

    /// What the viewer is told; the reason itself stays in the log.
    fn told(&self) -> &'static str {
        match self {
            Self::UrlTooLong(_) | Self::HeadersTooLarge(_) | Self::BodyTooLarge(_) => "Request is too large.",
            Self::Method { cacheable_only: true, .. } => {
                "This distribution is not configured to allow the HTTP request method that was used for this \
                 request. The distribution supports only cachable requests."
            }
            Self::Method { .. } => {
                "This distribution is not configured to allow the HTTP request method that was used for this request."
            }
            Self::NoHost | Self::UnknownHost(_) | Self::Disabled | Self::BodyOnRead | Self::BodyCut(_) => {
                "Bad request."
            }
            Self::Function(_) | Self::Unsendable(_) => "The Lambda function returned an invalid request.",
            Self::Origin(OriginError::TimedOut { .. }) => {
                "CloudFront attempted to establish a connection with the \
                 origin, but either the attempt failed or the origin closed the connection."
            }
            Self::FetchLost | Self::Origin(_) => "CloudFront wasn't able to connect to the origin.",
        }
    }
}
