//! A request as it reached the origin.

use bytes::Bytes;
use http::{HeaderMap, header, request::Parts};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::claims::unverified_claims;

/// A body that is text is shown up to this size, in bytes.
const SHOWN_BODY: usize = 64 * 1024;

/// What reached the origin; also the JSON that it answers with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SeenRequest {
    /// The method.
    pub method: String,
    /// The raw path.
    pub path: String,
    /// The raw query string, if there was a question mark.
    pub query: Option<String>,
    /// `HTTP/1.1` or `HTTP/2.0`.
    pub version: String,
    /// Every header in order, names in lower case; values that are not UTF-8 with replacement characters.
    pub headers: Vec<(String, String)>,
    /// The `Cookie` header, if any came: behind the gate none of its own may.
    pub cookie: Option<String>,
    /// The claims of the bearer token, decoded and not verified.
    pub unverified_claims: Option<Value>,
    /// Bytes of the body.
    pub body_length: u64,
    /// The body, if it is UTF-8 and at most 64 KiB.
    pub body: Option<String>,
}

impl SeenRequest {
    /// `body` holds the beginning of the body, of at least one byte more than is shown if there is that much.
    pub(super) fn new(parts: &Parts, body: &Bytes, body_length: u64) -> Self {
        let text = |value: &http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let authorization = parts.headers.get(header::AUTHORIZATION).map(text);
        let shown = body_length <= SHOWN_BODY as u64 && body_length > 0;
        Self {
            method: parts.method.to_string(),
            path: parts.uri.path().to_owned(),
            query: parts.uri.query().map(ToOwned::to_owned),
            version: format!("{:?}", parts.version),
            headers: parts
                .headers
                .iter()
                .map(|(name, value)| (name.as_str().to_owned(), text(value)))
                .collect(),
            cookie: joined(&parts.headers),
            unverified_claims: authorization.as_deref().and_then(unverified_claims),
            body_length,
            body: shown.then(|| std::str::from_utf8(body).ok().map(ToOwned::to_owned)).flatten(),
        }
    }

    /// How much of a body has to be kept to be shown.
    pub(super) const KEPT_BODY: usize = SHOWN_BODY;

    /// The first header of this name.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut named = self.headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
        named.next().map(|(_, value)| value.as_str())
    }
}

fn joined(headers: &HeaderMap) -> Option<String> {
    let values: Vec<_> = headers.get_all(header::COOKIE).iter().collect();
    let values = values.iter().map(|value| String::from_utf8_lossy(value.as_bytes()));
    let all = values.collect::<Vec<_>>().join("; ");
    (!all.is_empty()).then_some(all)
}
