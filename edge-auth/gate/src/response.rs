//! Response: a generated answer.
//!
//! Answers generated at viewer-request are never cached by CloudFront and pass no response headers policy: they
//! bring every header themselves, and `Cache-Control: no-store` keeps them out of every other cache.

use http::StatusCode;

use crate::cookie::SetCookie;

/// A generated answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    status: StatusCode,
    headers: Vec<(String, String)>,
    body: String,
}

impl Response {
    /// An answer without a body.
    #[must_use]
    pub fn empty(status: StatusCode) -> Response {
        Response { status, headers: vec![("cache-control".into(), "no-store".into())], body: String::new() }
    }

    /// A redirect. `location` is a return path or a URL that the gate built itself.
    #[must_use]
    pub fn redirect(status: StatusCode, location: &str) -> Response {
        Response::empty(status).with_header("location", location)
    }

    /// An answer with a body.
    #[must_use]
    pub fn document(status: StatusCode, content_type: &str, body: String) -> Response {
        Response { body, ..Response::empty(status) }.with_header("content-type", content_type)
    }

    /// Sets a header field, in the place of one of the same name.
    #[must_use]
    pub fn with_header(mut self, name: &str, value: &str) -> Response {
        match self.headers.iter_mut().find(|(present, _)| present == name) {
            Some((_, present)) => value.clone_into(present),
            None => self.headers.push((name.to_owned(), value.to_owned())),
        }
        self
    }

    /// Sets a header field unless the answer has one of the same name.
    #[must_use]
    pub fn with_default_header(self, name: &str, value: &str) -> Response {
        if self.headers.iter().any(|(present, _)| present == name) {
            self
        } else {
            self.with_header(name, value)
        }
    }

    /// Adds cookies, each in a Set-Cookie line of its own (RFC 6265 section 3 forbids joining them).
    #[must_use]
    pub fn with_cookies(mut self, cookies: impl IntoIterator<Item = SetCookie>) -> Response {
        self.headers.extend(cookies.into_iter().map(|cookie| ("set-cookie".to_owned(), cookie.to_string())));
        self
    }

    /// Drops the body, as an answer to HEAD must.
    #[must_use]
    pub fn without_body(self) -> Response {
        Response { body: String::new(), ..self }
    }

    /// The bytes of its header fields and body.
    #[must_use]
    pub fn length(&self) -> usize {
        let headers = self.headers.iter().map(|(name, value)| name.len().saturating_add(value.len()));
        headers.fold(self.body.len(), usize::saturating_add)
    }

    /// The status code.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The header fields; names are lower case, and lines of one name stand together.
    #[must_use]
    pub fn headers(&self) -> &[(String, String)] {
        &self.headers
    }

    /// The body; empty if there is none.
    #[must_use]
    pub fn body(&self) -> &str {
        &self.body
    }
}
