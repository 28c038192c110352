//! The addresses of the user pool's endpoints.

use std::fmt;

use http::Uri;

use crate::host::is_loopback;

/// An absolute `https` URL; plain `http` is accepted for loopback addresses only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndpointUrl {
    text: String,
    uri: Uri,
}

impl EndpointUrl {
    /// Reads a URL without user information, query or fragment; a trailing slash is dropped.
    ///
    /// # Errors
    ///
    /// Says what was expected when it is not such a URL.
    pub fn parse(text: &str) -> Result<EndpointUrl, &'static str> {
        const EXPECTED: &str = "an https:// URL (http:// for loopback addresses only)";
        let text = text.strip_suffix('/').unwrap_or(text);
        let uri: Uri = text.parse().map_err(|_| EXPECTED)?;
        let host = uri.host().unwrap_or_default();
        let transport_is_safe = match uri.scheme_str() {
            Some("https") => true,
            Some("http") => is_loopback(host),
            _ => false,
        };
        let has_more = text.contains(['?', '#', '@']) || text.ends_with('/');
        if !transport_is_safe || host.is_empty() || has_more {
            return Err(EXPECTED);
        }
        Ok(EndpointUrl { text: text.to_owned(), uri })
    }

    /// The URL below this one; `path` starts with a slash.
    ///
    /// # Errors
    ///
    /// Says what was expected when the result is not a URL.
    pub fn join(&self, path: &str) -> Result<EndpointUrl, &'static str> {
        EndpointUrl::parse(&format!("{}{path}", self.text))
    }

    /// The URL as text, without a trailing slash.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether the connection is to be encrypted.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.uri.scheme_str() == Some("https")
    }

    /// The host name or address to connect to.
    #[must_use]
    pub fn host(&self) -> &str {
        self.uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']')
    }

    /// The port to connect to.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.uri.port_u16().unwrap_or(if self.is_https() { 443 } else { 80 })
    }

    /// Host and port as the Host header carries them.
    #[must_use]
    pub fn authority(&self) -> &str {
        self.uri.authority().map_or("", http::uri::Authority::as_str)
    }

    /// The path, at least `/`.
    #[must_use]
    pub fn path(&self) -> &str {
        self.uri.path()
    }
}

impl fmt::Display for EndpointUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_is_for_loopback_only() {
        for url in ["http://127.0.0.1:8081", "http://localhost:8081/pool", "https://login.example.com/"] {
            assert!(EndpointUrl::parse(url).is_ok(), "{url}");
        }
        for url in
            ["http://login.example.com", "http://127.0.0.1.example.com", "ftp://localhost", "login", ""]
        {
            assert!(EndpointUrl::parse(url).is_err(), "{url}");
        }
    }

    #[test]
    fn a_url_with_more_than_a_path_is_refused() {
        for url in ["https://a@b", "https://a?b", "https://a#b", "https://a//", "https:///a"] {
            assert!(EndpointUrl::parse(url).is_err(), "{url}");
        }
    }

    #[test]
    fn parts_are_what_a_client_needs() {
        let url = EndpointUrl::parse("http://127.0.0.1:8081").unwrap().join("/oauth2/token").unwrap();
        assert_eq!((url.host(), url.port(), url.path()), ("127.0.0.1", 8081, "/oauth2/token"));
        assert_eq!(EndpointUrl::parse("https://a.example").unwrap().port(), 443);
    }
}
