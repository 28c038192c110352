//! HTTP request to the user pool and its result, as data for the shell.

use crate::endpoint_url::EndpointUrl;

/// One HTTP request to the user pool.
#[derive(Clone, PartialEq, Eq)]
pub struct PoolCall {
    /// Where to.
    pub url: EndpointUrl,
    /// The Authorization header, if one is to be sent.
    pub authorization: Option<String>,
    /// The form to post (RFC 6749 appendix B); without one, it is a GET.
    pub form: Option<String>,
}

impl PoolCall {
    /// Asks for a document.
    #[must_use]
    pub fn fetch(url: EndpointUrl) -> PoolCall {
        PoolCall { url, authorization: None, form: None }
    }
}

impl std::fmt::Debug for PoolCall {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The form holds codes, verifiers and tokens.
        f.debug_struct("PoolCall").field("url", &self.url.as_str()).finish_non_exhaustive()
    }
}

/// Result of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PoolAnswer {
    /// A whole HTTP response. Redirects are not followed.
    Answered {
        /// The status code.
        status: u16,
        /// The body.
        body: Vec<u8>,
    },
    /// No response, or not a whole one within the limits of time and size.
    Failed(CallFailure),
}

/// Failure of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CallFailure {
    /// The time was up.
    #[error("no whole answer in time")]
    TimedOut,
    /// No connection could be made, or it broke.
    #[error("no connection, or it broke")]
    Connection,
    /// The server's certificate was not accepted.
    #[error("the certificate was not accepted")]
    Certificate,
    /// The body was longer than any answer of a user pool.
    #[error("the answer is too long")]
    TooLong,
    /// The answer is not HTTP.
    #[error("the answer is not HTTP")]
    Protocol,
}
