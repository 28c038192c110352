//! Return path: the page on this host that a viewer comes back to after signing in.
//!
//! It travels through the browser and the user pool, and it becomes a Location header: a text that leads to
//! another host, or breaks out of the header, must not become one (RFC 9700 section 4.11).

use std::fmt;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::path::RequestPath;

/// The longest return path that is kept, in bytes. It travels sealed in `state`, where it is a third longer, and no URL
/// that holds it may be longer than CloudFront's 8,192 bytes.
pub const MAX_RETURN_PATH: usize = 2_900;

/// What may not stand in a path or query as it is (RFC 3986 section 3.3 and 3.4).
const UNSAFE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A path with an optional query, always on this host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnPath(String);

impl ReturnPath {
    /// The start page.
    #[must_use]
    pub fn root() -> ReturnPath {
        ReturnPath("/".to_owned())
    }

    /// The address that a request asked for. A query that makes it too long is left behind, then the path.
    #[must_use]
    pub fn of_request(path: &str, querystring: &str) -> ReturnPath {
        let whole = if querystring.is_empty() { path.to_owned() } else { format!("{path}?{querystring}") };
        ReturnPath::parse(&whole).or_else(|| ReturnPath::parse(path)).unwrap_or_else(ReturnPath::root)
    }

    /// Whether [`ReturnPath::of_request`] leaves nothing behind.
    #[must_use]
    pub fn keeps(path: &str, querystring: &str) -> bool {
        let whole = if querystring.is_empty() { path.to_owned() } else { format!("{path}?{querystring}") };
        ReturnPath::parse(&whole).is_some()
    }

    /// The URL of a request once more, however long: for a redirect that must repeat it. The path was read as a
    /// [`RequestPath`] before, so it leads to this host.
    #[must_use]
    pub fn same_url(path: &str, querystring: &str) -> String {
        let path = utf8_percent_encode(path, UNSAFE);
        if querystring.is_empty() {
            return path.to_string();
        }
        format!("{path}?{}", utf8_percent_encode(querystring, UNSAFE))
    }

    /// Reads a return path that anybody may have written. A fragment is dropped; what may not stand in a query as it is,
    /// such as a backslash, is encoded.
    #[must_use]
    pub fn parse(text: &str) -> Option<ReturnPath> {
        let text = text.split('#').next().unwrap_or_default();
        let path = text.split('?').next().unwrap_or_default();
        // A browser takes a backslash for a slash; RequestPath refuses two of them at the beginning.
        RequestPath::parse(path).ok().filter(|_| !path.contains('\\'))?;
        let encoded = utf8_percent_encode(text, UNSAFE).to_string();
        (encoded.len() <= MAX_RETURN_PATH).then_some(ReturnPath(encoded))
    }

    /// The path without its query.
    #[must_use]
    pub fn path(&self) -> &str {
        self.0.split('?').next().unwrap_or_default()
    }

    /// Path and query, ASCII, as a Location header carries them.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ReturnPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_page_with_its_query_is_kept() {
        for text in ["/", "/guide/", "/a?b=c&d=%2F", "/a?to=//evil.example", "/caf%C3%A9?q=a+b"] {
            assert_eq!(ReturnPath::parse(text).unwrap().as_str(), text);
        }
        assert_eq!(ReturnPath::parse("/café?q=ü").unwrap().as_str(), "/caf%C3%A9?q=%C3%BC");
        assert_eq!(ReturnPath::parse("/a#b").unwrap().as_str(), "/a");
        assert_eq!(ReturnPath::parse("/a?path=C:\\x").unwrap().as_str(), "/a?path=C:%5Cx");
        assert_eq!(ReturnPath::parse("/a?b=\r\nc").unwrap().as_str(), "/a?b=%0D%0Ac");
        assert_eq!(ReturnPath::parse("/tags/c%23/?x").unwrap().as_str(), "/tags/c%23/?x");
    }

    #[test]
    fn a_query_that_is_too_long_is_left_behind() {
        let long = "x".repeat(9_000);
        assert_eq!(ReturnPath::of_request("/a", &long).as_str(), "/a");
        assert!(
            !ReturnPath::keeps("/a", &long)
                && ReturnPath::keeps("/a", "b")
                && ReturnPath::keeps("/a", "")
                && !ReturnPath::keeps(&format!("/{long}"), "")
        );
        assert_eq!(ReturnPath::of_request(&format!("/{long}"), "").as_str(), "/");
    }

    #[test]
    fn the_limit_holds_to_the_byte() {
        let just = format!("/{}", "a".repeat(MAX_RETURN_PATH - 1));
        assert!(ReturnPath::parse(&just).is_some());
        assert!(ReturnPath::parse(&format!("{just}a")).is_none());
    }

    proptest! {
        #[test]
        fn whatever_is_accepted_stays_on_the_host(text in "[/\\\\.:@a-z%0-9\\t\\r\\n ?#&=\u{3002}\u{ff0e}]{0,30}") {
            if let Some(path) = ReturnPath::parse(&text) {
                let location = path.as_str();
                prop_assert!(location.starts_with('/'));
                prop_assert!(!location.starts_with("//") && !location.starts_with("/\\"));
                prop_assert!(location.bytes().all(|b| b.is_ascii_graphic() && b != b'\\'));
            }
        }

        #[test]
        fn parsing_its_own_text_changes_nothing(text in "/.{0,60}") {
            if let Some(path) = ReturnPath::parse(&text) {
                prop_assert_eq!(ReturnPath::parse(path.as_str()), Some(path));
            }
        }
    }
}
