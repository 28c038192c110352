//! `response_headers`: header fields for every answer that the gate generates.

use http::{HeaderName, HeaderValue};
use serde_json::Value;

use super::section::Section;

/// Set by the gate itself, where another value would undo what an answer is for.
const OURS: [&str; 7] =
    ["cache-control", "content-type", "location", "retry-after", "set-cookie", "www-authenticate", "allow"];

/// Refused by CloudFront in a generated answer, or read-only for it.
const REFUSED_BY_CLOUDFRONT: [&str; 16] = [
    "cdn-loop",
    "connection",
    "content-length",
    "expect",
    "host",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "via",
    "x-cache",
    "x-forwarded-proto",
    "x-real-ip",
];

/// The longest that all of them may be together, in bytes: they are part of every answer, and an answer has 40 KB.
const MAX_TOTAL: usize = 8_192;

const REFUSED_PREFIXES: [&str; 4] = ["x-accel-", "x-amz-cf-", "x-amzn-", "x-edge-"];

pub(super) fn read(mut section: Section<'_>) -> Option<Vec<(String, String)>> {
    let members = section.take_all();
    let count = members.len();
    let headers: Vec<(String, String)> =
        members.into_iter().filter_map(|(name, value)| read_header(&section, &name, &value)).collect();
    let total: usize = headers.iter().map(|(name, value)| name.len() + value.len()).sum();
    if total > MAX_TOTAL {
        section
            .wrong_itself(&format!("header fields of at most {MAX_TOTAL} bytes"), &format!("{total} bytes"));
        return None;
    }
    (headers.len() == count).then_some(headers)
}

fn read_header(section: &Section<'_>, name: &str, value: &Value) -> Option<(String, String)> {
    let lowered = name.to_ascii_lowercase();
    if HeaderName::from_bytes(name.as_bytes()).is_err() {
        section.wrong(name, "a header name (RFC 9110 section 5.1)", "something else");
        return None;
    }
    if OURS.contains(&lowered.as_str()) {
        section.wrong(name, "a header that the gate does not set itself", name);
        return None;
    }
    let is_refused = REFUSED_BY_CLOUDFRONT.contains(&lowered.as_str())
        || REFUSED_PREFIXES.iter().any(|prefix| lowered.starts_with(prefix));
    if is_refused {
        section.wrong(name, "a header that CloudFront accepts in a generated response", name);
        return None;
    }
    match value {
        Value::String(text) if is_visible_ascii(text) => Some((lowered, text.clone())),
        _ => {
            section.wrong(name, "a header value of visible ASCII characters", &value.to_string());
            None
        }
    }
}

/// `http` takes bytes above 0x7f as opaque data; two readers may take them for two texts.
fn is_visible_ascii(text: &str) -> bool {
    HeaderValue::from_str(text).is_ok_and(|value| value.to_str().is_ok())
}
