//! Conditional requests: RFC 9110 section 13.2.2, which is also the precedence that S3 documents for GetObject.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderValue, header};

/// What the conditions of a GET or HEAD come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Answer as if there were no conditions.
    Proceed,
    /// 304.
    NotModified,
    /// 412.
    PreconditionFailed,
}

/// Evaluates `If-Match`, `If-Unmodified-Since`, `If-None-Match` and `If-Modified-Since`, in this order; the entity tag
/// condition of each pair silences the date of that pair. Conditions that cannot be parsed are ignored.
#[must_use]
pub fn evaluate(headers: &HeaderMap, etag: Option<&str>, last_modified: Option<SystemTime>) -> Verdict {
    if headers.contains_key(header::IF_MATCH) {
        if !any_tag(headers, &header::IF_MATCH, |tag| {
            tag == "*" || (etag.is_some_and(|etag| strong(tag, etag)))
        }) {
            return Verdict::PreconditionFailed;
        }
    } else if let (Some(limit), Some(modified)) = (date(headers, &header::IF_UNMODIFIED_SINCE), last_modified)
        && later(modified, limit)
    {
        return Verdict::PreconditionFailed;
    }
    if headers.contains_key(header::IF_NONE_MATCH) {
        if any_tag(headers, &header::IF_NONE_MATCH, |tag| {
            tag == "*" || etag.is_some_and(|etag| weak(tag, etag))
        }) {
            return Verdict::NotModified;
        }
    } else if let (Some(limit), Some(modified)) = (date(headers, &header::IF_MODIFIED_SINCE), last_modified)
        && !later(modified, limit)
    {
        return Verdict::NotModified;
    }
    Verdict::Proceed
}

/// Whether an object's tag is what `If-Match` names.
pub(super) fn if_match_holds(given: &str, etag: &str) -> bool {
    split_tags(given).map(str::trim).any(|tag| tag == "*" || strong(tag, etag))
}

/// Strong comparison, RFC 9110 section 8.8.3.2. S3 takes tags without quotes too.
fn strong(given: &str, etag: &str) -> bool {
    !given.starts_with("W/") && !etag.starts_with("W/") && opaque(given) == opaque(etag)
}

/// Weak comparison: `W/` makes no difference.
fn weak(given: &str, etag: &str) -> bool {
    opaque(given) == opaque(etag)
}

fn opaque(tag: &str) -> &str {
    tag.strip_prefix("W/").unwrap_or(tag).trim_matches('"')
}

fn any_tag(headers: &HeaderMap, name: &header::HeaderName, holds: impl Fn(&str) -> bool) -> bool {
    let values = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(split_tags).any(|tag| holds(tag.trim()))
}

/// Splits at commas outside of quotes: a comma is a legal character of an entity tag.
fn split_tags(list: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    list.split(move |character| {
        quoted ^= character == '"';
        character == ',' && !quoted
    })
}

pub(super) fn date(headers: &HeaderMap, name: &header::HeaderName) -> Option<SystemTime> {
    headers.get(name).and_then(parse_date)
}

pub(super) fn parse_date(value: &HeaderValue) -> Option<SystemTime> {
    httpdate::parse_http_date(value.to_str().ok()?).ok()
}

/// Later by a second or more: HTTP dates have no fractions.
fn later(a: SystemTime, b: SystemTime) -> bool {
    a.duration_since(b).is_ok_and(|by| by >= Duration::from_secs(1))
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::{Verdict::*, *};

    const TAG: &str = "\"abc\"";
    const AT: &str = "Thu, 01 Jan 2026 00:00:00 GMT";
    const BEFORE: &str = "Wed, 31 Dec 2025 23:59:59 GMT";

    fn verdict(pairs: &[(&'static str, &str)]) -> Verdict {
        let headers = pairs.iter().map(|(n, v)| (n.parse().unwrap(), v.parse().unwrap())).collect();
        evaluate(&headers, Some(TAG), Some(UNIX_EPOCH + Duration::from_secs(1_767_225_600)))
    }

    #[test]
    fn each_condition_alone() {
        assert_eq!(verdict(&[]), Proceed);
        assert_eq!(verdict(&[("if-match", TAG)]), Proceed);
        assert_eq!(verdict(&[("if-match", "abc")]), Proceed);
        assert_eq!(verdict(&[("if-match", "W/\"abc\"")]), PreconditionFailed);
        assert_eq!(verdict(&[("if-match", "\"x\"")]), PreconditionFailed);
        assert_eq!(verdict(&[("if-none-match", "\"x\", W/\"abc\"")]), NotModified);
        assert_eq!(verdict(&[("if-none-match", "*")]), NotModified);
        assert_eq!(verdict(&[("if-none-match", "\"x,abc\"")]), Proceed);
        assert_eq!(verdict(&[("if-modified-since", AT)]), NotModified);
        assert_eq!(verdict(&[("if-modified-since", BEFORE)]), Proceed);
        assert_eq!(verdict(&[("if-unmodified-since", AT)]), Proceed);
        assert_eq!(verdict(&[("if-unmodified-since", BEFORE)]), PreconditionFailed);
        assert_eq!(verdict(&[("if-modified-since", "yesterday")]), Proceed);
    }

    #[test]
    fn the_tag_silences_the_date() {
        assert_eq!(verdict(&[("if-match", TAG), ("if-unmodified-since", BEFORE)]), Proceed);
        assert_eq!(verdict(&[("if-none-match", TAG), ("if-modified-since", BEFORE)]), NotModified);
        assert_eq!(verdict(&[("if-none-match", "\"x\""), ("if-modified-since", AT)]), Proceed);
    }
}
