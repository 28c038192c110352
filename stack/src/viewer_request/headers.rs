//! The rules on headers: their structure in an answer, those that may not be set, those that may only be read.

use serde_json::{Map, Value};

use super::answer::kind;
use super::{HeaderChange, Violation};

/// Functions see these but may not add, change or remove them.
const READ_ONLY: [&str; 5] = ["cdn-loop", "content-length", "host", "transfer-encoding", "via"];

/// Of a response, functions may not add, change or remove these.
const READ_ONLY_OF_RESPONSE: [&str; 2] = ["transfer-encoding", "via"];

/// Functions neither see nor may add these.
const DISALLOWED: [&str; 25] = [
    "connection",
    "expect",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "trailer",
    "upgrade",
    "x-accel-buffering",
    "x-accel-charset",
    "x-accel-limit-rate",
    "x-accel-redirect",
    "x-amzn-auth",
    "x-amzn-cf-billing",
    "x-amzn-cf-id",
    "x-amzn-cf-xff",
    "x-amzn-errortype",
    "x-amzn-fle-profile",
    "x-amzn-header-count",
    "x-amzn-header-order",
    "x-amzn-lambda-integration-tag",
    "x-amzn-requestid",
    "x-cache",
    "x-forwarded-proto",
    "x-real-ip",
];

const DISALLOWED_PREFIXES: [&str; 2] = ["x-amz-cf-", "x-edge-"];

/// Whether functions neither see nor may add a header; `name` is in lower case.
pub(crate) fn is_disallowed(name: &str) -> bool {
    DISALLOWED.contains(&name) || DISALLOWED_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

/// Reads the `headers` member of an answer into names (as the entry's key writes them) and values.
pub(super) fn read(members: &Map<String, Value>) -> Result<Vec<(String, String)>, Violation> {
    let headers = match members.get("headers") {
        None => return Ok(Vec::new()),
        Some(Value::Object(headers)) => headers,
        Some(other) => return Err(Violation::HeadersNotAnObject(kind(Some(other)))),
    };
    let mut pairs = Vec::with_capacity(headers.len());
    for (name, entries) in headers {
        check_name(name)?;
        let Value::Array(entries) = entries else { return Err(Violation::HeaderNotAnArray(name.clone())) };
        for entry in entries {
            pairs.push(read_entry(name, entry)?);
        }
    }
    Ok(pairs)
}

/// Compares the read-only headers of an answer with what the function was given; for a generated response, which
/// has none of them, that is nothing.
pub(super) fn check_read_only(
    given: &[(String, String)],
    answered: &[(String, String)],
) -> Result<(), Violation> {
    compare(&READ_ONLY, given, answered)
}

/// Compares the read-only headers of a changed response with what the origin sent.
pub(super) fn check_read_only_of_response(
    given: &[(String, String)],
    answered: &[(String, String)],
) -> Result<(), Violation> {
    compare(&READ_ONLY_OF_RESPONSE, given, answered)
}

fn compare(
    names: &[&'static str],
    given: &[(String, String)],
    answered: &[(String, String)],
) -> Result<(), Violation> {
    for &name in names {
        let (before, after) = (values(given, name), values(answered, name));
        let change = match (before.is_empty(), after.is_empty()) {
            _ if before == after => continue,
            (true, false) => HeaderChange::Added,
            (false, true) => HeaderChange::Removed,
            _ => HeaderChange::Changed,
        };
        return Err(Violation::ReadOnlyHeader { name, change });
    }
    Ok(())
}

fn values<'a>(headers: &'a [(String, String)], name: &str) -> Vec<&'a str> {
    headers
        .iter()
        .filter(|(key, _)| key.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.as_str())
        .collect()
}

fn check_name(name: &str) -> Result<(), Violation> {
    if name.is_empty() || !name.bytes().all(is_token_byte) {
        return Err(Violation::HeaderName(name.to_owned()));
    }
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Err(Violation::HeaderNameCase(name.to_owned()));
    }
    if is_disallowed(name) {
        return Err(Violation::DisallowedHeader(name.to_owned()));
    }
    Ok(())
}

/// RFC 9110, section 5.6.2.
fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

fn read_entry(name: &str, entry: &Value) -> Result<(String, String), Violation> {
    let Value::Object(entry) = entry else { return Err(Violation::HeaderEntry(name.to_owned())) };
    let key = match entry.get("key") {
        None => initial_capitals(name),
        Some(Value::String(key)) if key.eq_ignore_ascii_case(name) => key.clone(),
        Some(other) => return Err(Violation::HeaderKey { name: name.to_owned(), key: other.to_string() }),
    };
    let Some(Value::String(value)) = entry.get("value") else {
        return Err(Violation::HeaderValue(name.to_owned()));
    };
    // A tab is white space within a value (RFC 9110, section 5.5).
    if value.chars().any(|c| c.is_ascii_control() && c != '\t') {
        return Err(Violation::HeaderValueCharacter(name.to_owned()));
    }
    Ok((key, value.clone()))
}

/// The key that Lambda@Edge inserts where an entry has none: `cache-control` becomes `Cache-Control`.
fn initial_capitals(name: &str) -> String {
    let mut start = true;
    name.chars()
        .map(|c| {
            let written = if start { c.to_ascii_uppercase() } else { c };
            start = c == '-';
            written
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn headers(headers: &Value) -> Result<Vec<(String, String)>, Violation> {
        read(json!({ "headers": headers }).as_object().unwrap())
    }

    fn one(name: &str) -> Result<Vec<(String, String)>, Violation> {
        headers(&json!({ name: [{ "value": "v" }] }))
    }

    fn pair(key: &str, value: &str) -> (String, String) {
        (key.to_owned(), value.to_owned())
    }

    #[test]
    fn entries_keep_their_key_or_get_one() {
        let read =
            headers(&json!({ "set-cookie": [{ "key": "set-Cookie", "value": "a=1" }, { "value": "b=2" }] }));
        assert_eq!(read, Ok(vec![pair("set-Cookie", "a=1"), pair("Set-Cookie", "b=2")]));
        assert_eq!(read_no_headers(), Ok(Vec::new()));
    }

    fn read_no_headers() -> Result<Vec<(String, String)>, Violation> {
        read(&Map::new())
    }

    #[test]
    fn the_structure_is_an_object_of_arrays_of_objects() {
        assert_eq!(headers(&json!([])), Err(Violation::HeadersNotAnObject("an array")));
        assert_eq!(headers(&Value::Null), Err(Violation::HeadersNotAnObject("null")));
        assert_eq!(headers(&json!({ "a": "v" })), Err(Violation::HeaderNotAnArray("a".to_owned())));
        assert_eq!(
            headers(&json!({ "a": { "value": "v" } })),
            Err(Violation::HeaderNotAnArray("a".to_owned()))
        );
        assert_eq!(headers(&json!({ "a": ["v"] })), Err(Violation::HeaderEntry("a".to_owned())));
        assert_eq!(headers(&json!({ "a": [{}] })), Err(Violation::HeaderValue("a".to_owned())));
        assert_eq!(headers(&json!({ "a": [{ "value": 1 }] })), Err(Violation::HeaderValue("a".to_owned())));
        assert_eq!(headers(&json!({ "a": [] })), Ok(Vec::new()));
    }

    #[test]
    fn a_key_is_the_name_in_any_case() {
        assert!(headers(&json!({ "x-a": [{ "key": "X-a", "value": "v" }] })).is_ok());
        for key in [json!("x-b"), json!(""), json!(null), json!(1)] {
            let refused = headers(&json!({ "x-a": [{ "key": key, "value": "v" }] }));
            assert!(matches!(refused, Err(Violation::HeaderKey { .. })), "{key}");
        }
    }

    #[test]
    fn names_are_lower_case_tokens() {
        assert!(one("x-a_b.c~1").is_ok());
        for name in ["", "x a", "x:a", "x\u{e4}", "x(a)", "x\n"] {
            assert_eq!(one(name), Err(Violation::HeaderName(name.to_owned())));
        }
        assert_eq!(one("X-a"), Err(Violation::HeaderNameCase("X-a".to_owned())));
    }

    #[test]
    fn values_hold_no_control_characters() {
        for good in ["", "a b", "a\tb", "\u{fc}", "~"] {
            assert!(headers(&json!({ "a": [{ "value": good }] })).is_ok(), "{good:?}");
        }
        for bad in ["a\r\nb: c", "\n", "\0", "\u{1f}", "\u{7f}"] {
            let refused = headers(&json!({ "a": [{ "value": bad }] }));
            assert_eq!(refused, Err(Violation::HeaderValueCharacter("a".to_owned())), "{bad:?}");
        }
    }

    #[test]
    fn disallowed_names_and_prefixes() {
        for name in DISALLOWED.into_iter().chain(["x-amz-cf-", "x-amz-cf-id", "x-edge-anything"]) {
            assert_eq!(one(name), Err(Violation::DisallowedHeader(name.to_owned())));
        }
        for name in ["x-amz-cf", "x-edge", "x-cached", "x-forwarded-for", "x-amzn-trace-id", "x-accel", "te"]
        {
            assert!(one(name).is_ok(), "{name}");
        }
    }

    #[test]
    fn read_only_headers_come_back_as_they_were() {
        let given = [pair("Host", "a"), pair("Via", "1.1 x"), pair("via", "1.1 y"), pair("Accept", "b")];
        assert_eq!(
            check_read_only(&given, &[pair("host", "a"), pair("via", "1.1 x"), pair("Via", "1.1 y")]),
            Ok(())
        );
        let check = |answered: &[(String, String)]| match check_read_only(&given, answered) {
            Err(Violation::ReadOnlyHeader { name, change }) => Some((name, change)),
            _ => None,
        };
        let via = [pair("via", "1.1 x"), pair("via", "1.1 y")];
        let with = |host: &[(String, String)]| [host, &via].concat();
        assert_eq!(check(&with(&[pair("host", "A")])), Some(("host", HeaderChange::Changed)));
        assert_eq!(check(&with(&[])), Some(("host", HeaderChange::Removed)));
        assert_eq!(
            check(&with(&[pair("host", "a"), pair("host", "a")])),
            Some(("host", HeaderChange::Changed))
        );
        assert_eq!(check(&[pair("host", "a"), pair("via", "1.1 x")]), Some(("via", HeaderChange::Changed)));
        for name in ["cdn-loop", "content-length", "transfer-encoding"] {
            assert_eq!(
                check(&with(&[pair("host", "a"), pair(name, "1")])),
                Some((name, HeaderChange::Added))
            );
        }
    }
}
