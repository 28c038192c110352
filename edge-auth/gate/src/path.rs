//! The path that rules look at.
//!
//! CloudFront hands over the path as the viewer wrote it and forwards it just so, while an origin decodes it.
//! A rule must therefore see what the origin will see. Where two readers of one path could disagree (dot
//! segments, encoded separators, double encoding) there is no safe reading, and the request is refused.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// A request path, percent-decoded once (RFC 3986 section 2.1), that every reader reads alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestPath<'a> {
    decoded: Cow<'a, str>,
}

/// Why a path has no safe reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PathProblem {
    /// It does not start with `/`.
    #[error("the path must start with a slash")]
    NotAbsolute,
    /// A segment is `.` or `..`, plain, encoded or followed by a parameter.
    #[error("the path must hold no dot segment")]
    DotSegment,
    /// Two slashes follow each other.
    #[error("the path must hold no empty segment")]
    EmptySegment,
    /// A backslash, plain or encoded, or an encoded slash.
    #[error("the path must hold no backslash or encoded slash")]
    Separator,
    /// A question mark or number sign inside the path.
    #[error("the path must hold no encoded question mark or number sign")]
    Delimiter,
    /// Something percent-encoded twice, or a percent sign that encodes nothing.
    #[error("the path must be percent-encoded exactly once")]
    Encoding,
    /// A control character, or bytes that are not UTF-8.
    #[error("the path must be UTF-8 text without control characters")]
    Text,
}

impl<'a> RequestPath<'a> {
    /// Reads the path of a request line, without its query.
    ///
    /// # Errors
    ///
    /// A [`PathProblem`] when readers of the path could disagree about it.
    pub fn parse(raw: &'a str) -> Result<RequestPath<'a>, PathProblem> {
        if !raw.starts_with('/') {
            return Err(PathProblem::NotAbsolute);
        }
        if raw.contains('%') {
            check_encoding(raw)?;
        }
        let decoded = percent_decode_str(raw).decode_utf8().map_err(|_| PathProblem::Text)?;
        if is_encoded_again(&decoded) {
            return Err(PathProblem::Encoding);
        }
        if decoded.chars().any(char::is_control) {
            return Err(PathProblem::Text);
        }
        if decoded.contains('\\') {
            return Err(PathProblem::Separator);
        }
        if decoded.contains(['?', '#']) {
            return Err(PathProblem::Delimiter);
        }
        if decoded.contains("//") {
            return Err(PathProblem::EmptySegment);
        }
        if decoded.split('/').any(is_dot_segment) {
            return Err(PathProblem::DotSegment);
        }
        Ok(RequestPath { decoded })
    }

    /// The start page's path.
    #[must_use]
    pub fn root() -> RequestPath<'static> {
        RequestPath { decoded: Cow::Borrowed("/") }
    }

    /// The path without a tie to the request that it was read from.
    #[must_use]
    pub fn into_owned(self) -> RequestPath<'static> {
        RequestPath { decoded: Cow::Owned(self.decoded.into_owned()) }
    }

    /// The decoded path.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.decoded
    }

    /// The part after the last slash; empty for a folder.
    #[must_use]
    pub fn last_segment(&self) -> &str {
        self.decoded.rsplit('/').next().unwrap_or_default()
    }

    /// What follows the last dot of the last segment, if there is one.
    #[must_use]
    pub fn extension(&self) -> Option<&str> {
        self.last_segment().rsplit_once('.').map(|(_, extension)| extension)
    }
}

/// `..;x` counts: some servers cut a path parameter off before they resolve dots.
fn is_dot_segment(segment: &str) -> bool {
    let name = segment.split(';').next().unwrap_or_default();
    name == "." || name == ".."
}

fn check_encoding(raw: &str) -> Result<(), PathProblem> {
    for after in raw.split('%').skip(1) {
        match code(after).map(str::to_ascii_lowercase).as_deref() {
            None => return Err(PathProblem::Encoding),
            Some("2f" | "5c") => return Err(PathProblem::Separator),
            Some(_) => {}
        }
    }
    Ok(())
}

/// Whether a second reader would decode the path once more. The percent sign may be encoded and the digits may be,
/// so it is the decoded text that tells.
fn is_encoded_again(decoded: &str) -> bool {
    decoded.split('%').skip(1).any(|after| code(after).is_some())
}

/// The two digits that make a percent sign an encoding.
fn code(after: &str) -> Option<&str> {
    after.get(..2).filter(|code| code.bytes().all(|b| b.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_path_is_decoded_once() {
        assert_eq!(RequestPath::parse("/%70ublic/caf%C3%A9").unwrap().as_str(), "/public/café");
        assert_eq!(RequestPath::parse("/100%25").unwrap().as_str(), "/100%");
    }

    #[test]
    fn what_two_readers_read_differently_is_refused() {
        for (raw, problem) in [
            ("", PathProblem::NotAbsolute),
            ("public", PathProblem::NotAbsolute),
            ("/public/../private", PathProblem::DotSegment),
            ("/public/%2e%2E/private", PathProblem::DotSegment),
            ("/public/..;/private", PathProblem::DotSegment),
            ("/public/.", PathProblem::DotSegment),
            ("/public%2f..%2fprivate", PathProblem::Separator),
            ("/public\\..\\private", PathProblem::Separator),
            ("/public%5C", PathProblem::Separator),
            ("//public", PathProblem::EmptySegment),
            ("/public//", PathProblem::EmptySegment),
            ("/%252e%252e/", PathProblem::Encoding),
            ("/%25%32%65/", PathProblem::Encoding),
            ("/%252%65/", PathProblem::Encoding),
            ("/%", PathProblem::Encoding),
            ("/%4", PathProblem::Encoding),
            ("/%zz", PathProblem::Encoding),
            ("/%00", PathProblem::Text),
            ("/a\nb", PathProblem::Text),
            ("/%ff", PathProblem::Text),
            ("/%23", PathProblem::Delimiter),
            ("/%3f", PathProblem::Delimiter),
        ] {
            assert_eq!(RequestPath::parse(raw), Err(problem), "{raw}");
        }
    }

    #[test]
    fn extensions_are_of_the_last_segment() {
        assert_eq!(RequestPath::parse("/a.b/c").unwrap().extension(), None);
        assert_eq!(RequestPath::parse("/a/c.min.js").unwrap().extension(), Some("js"));
    }

    proptest! {
        #[test]
        fn an_accepted_path_stays_itself_for_a_second_reader(raw in "/[a-z0-9%./;\\\\#?]{0,24}") {
            if let Ok(path) = RequestPath::parse(&raw) {
                let decoded = path.as_str();
                prop_assert!(decoded.starts_with('/') && !decoded.contains("//"));
                prop_assert!(!decoded.split('/').any(|segment| segment == ".."));
                let again = percent_decode_str(decoded).decode_utf8_lossy();
                prop_assert!(!again.contains("..") || decoded.contains(".."));
            }
        }

        #[test]
        fn any_text_is_read_or_refused(raw in ".*") {
            let _ = RequestPath::parse(&raw);
        }
    }
}
