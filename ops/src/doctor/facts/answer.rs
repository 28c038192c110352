//! What the web answers.

use http::{HeaderMap, StatusCode};

use crate::web_client::WebAnswer;

/// An answer, and what was asked.
#[derive(Debug, Clone)]
pub struct Answer {
    /// What was asked for.
    pub url: String,
    /// The status.
    pub status: StatusCode,
    /// The header fields.
    pub headers: HeaderMap,
    /// The body as text.
    pub body: String,
}

/// What the CMS's API answers at its own address, to a question for which nobody has to be signed in.
#[derive(Debug, Clone)]
pub struct CmsApi {
    /// To who shows what the distribution shows.
    pub shown: Answer,
    /// To who shows nothing.
    pub hidden: Answer,
}

/// Another machine's clock, read through its `Date` header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockReading {
    /// Whose clock it is: a host name.
    pub host: String,
    /// How far this machine is ahead of it, in seconds.
    pub ahead: i64,
}

impl Answer {
    /// What came for `url`.
    #[must_use]
    pub fn to(url: impl Into<String>, answer: WebAnswer) -> Answer {
        let WebAnswer { status, headers, body, .. } = answer;
        Answer { url: url.into(), status, headers, body }
    }

    /// A header field, if it is there as text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// A parameter of the query in `Location`.
    #[must_use]
    pub fn location_parameter(&self, name: &str) -> Option<String> {
        let (_, query) = self.header("location")?.split_once('?')?;
        let query = query.split('#').next().unwrap_or_default();
        form_urlencoded::parse(query.as_bytes())
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.into_owned())
    }

    /// Whether it sends people to an OAuth 2.0 authorization endpoint.
    #[must_use]
    pub fn is_authorization_request(&self) -> bool {
        self.status.is_redirection() && self.location_parameter("code_challenge").is_some()
    }
}
