//! The function returned a response of its own.

use bytes::Bytes;
use serde_json::{Map, Value};

use super::answer::string;
use super::{VIEWER_PAYLOAD_LIMIT, Violation, body, headers};

/// The response that CloudFront gives to the viewer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GeneratedResponse {
    /// From 200 to 599.
    pub status: u16,
    /// Names and values; `Set-Cookie` may repeat.
    pub headers: Vec<(String, String)>,
    /// The body, decoded.
    pub body: Bytes,
}

impl GeneratedResponse {
    pub(super) fn read(members: &Map<String, Value>) -> Result<Self, Violation> {
        let status = read_status(members.get("status").unwrap_or(&Value::Null))?;
        if members.contains_key("statusDescription") {
            let description = string(members, "statusDescription")?;
            if description.chars().any(char::is_control) {
                return Err(Violation::StatusDescription);
            }
        }
        let headers = headers::read(members)?;
        headers::check_read_only(&[], &headers)?;
        let encoded = if members.contains_key("body") { string(members, "body")? } else { "" };
        let body = body::decode(encoded, members.get("bodyEncoding"), "text")?;
        if matches!(status, 204 | 304) && !body.is_empty() {
            return Err(Violation::BodyWithStatus(status));
        }
        check_size(&headers, encoded)?;
        Ok(Self { status, headers, body })
    }
}

pub(super) fn read_status(status: &Value) -> Result<u16, Violation> {
    let refused = || Violation::Status(status.to_string());
    let digits = status.as_str().ok_or_else(refused)?;
    if digits.len() != 3 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(refused());
    }
    digits.parse().ok().filter(|status| (200..=599).contains(status)).ok_or_else(refused)
}

/// Counts the body as the function wrote it, base64 included, and each header as a line: the larger reading of
/// "40 KB, including headers and body".
fn check_size(headers: &[(String, String)], body: &str) -> Result<(), Violation> {
    let lines: usize = headers.iter().map(|(name, value)| name.len() + value.len() + ": \r\n".len()).sum();
    let size = lines + body.len();
    if size > VIEWER_PAYLOAD_LIMIT {
        return Err(Violation::ResponseTooLarge { size, limit: VIEWER_PAYLOAD_LIMIT });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::viewer_request::HeaderChange;

    fn read(response: &Value) -> Result<GeneratedResponse, Violation> {
        GeneratedResponse::read(response.as_object().unwrap())
    }

    #[test]
    fn a_redirect_with_two_cookies() {
        let read = read(&json!({
            "status": "302",
            "statusDescription": "Found",
            "headers": {
                "location": [{ "key": "Location", "value": "https://login.example.com/" }],
                "set-cookie": [{ "key": "Set-Cookie", "value": "a=1" }, { "key": "Set-Cookie", "value": "b=2" }]
            }
        }));
        let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        let headers = vec![
            pair("Location", "https://login.example.com/"),
            pair("Set-Cookie", "a=1"),
            pair("Set-Cookie", "b=2"),
        ];
        assert_eq!(read, Ok(GeneratedResponse { status: 302, headers, body: Bytes::new() }));
    }

    #[test]
    fn a_status_is_three_digits_in_a_string() {
        for (status, number) in [("200", 200), ("599", 599)] {
            assert_eq!(read(&json!({ "status": status })).unwrap().status, number);
        }
        for status in [
            json!("199"),
            json!("600"),
            json!(302),
            json!("0302"),
            json!("+30"),
            json!("20"),
            json!(""),
            json!("2 0"),
            json!(null),
        ] {
            let refused = read(&json!({ "status": status }));
            assert_eq!(refused, Err(Violation::Status(status.to_string())));
        }
    }

    #[test]
    fn a_status_description_is_printable_text() {
        assert!(read(&json!({ "status": "200", "statusDescription": "" })).is_ok());
        let broken = json!({ "status": "200", "statusDescription": "a\r\nb" });
        assert_eq!(read(&broken), Err(Violation::StatusDescription));
        let number = json!({ "status": "200", "statusDescription": 1 });
        assert!(matches!(read(&number), Err(Violation::Member { .. })));
    }

    #[test]
    fn no_content_and_not_modified_carry_no_body() {
        for (status, number) in [("204", 204), ("304", 304)] {
            assert!(read(&json!({ "status": status, "body": "" })).is_ok());
            let refused = read(&json!({ "status": status, "body": "x" }));
            assert_eq!(refused, Err(Violation::BodyWithStatus(number)));
        }
        assert!(read(&json!({ "status": "203", "body": "x" })).is_ok());
    }

    #[test]
    fn a_body_is_text_or_base64() {
        let body = |body: Value, encoding: Value| {
            read(&json!({ "status": "200", "body": body, "bodyEncoding": encoding })).map(|r| r.body)
        };
        assert_eq!(body(json!("aGk="), json!("text")).unwrap(), "aGk=");
        assert_eq!(body(json!("aGk="), json!("base64")).unwrap(), "hi");
        assert_eq!(body(json!("aGk"), json!("base64")), Err(Violation::BodyNotBase64));
        assert_eq!(body(json!("a"), json!("utf8")), Err(Violation::BodyEncoding("\"utf8\"".to_owned())));
        assert_eq!(body(json!("a"), json!(null)), Err(Violation::BodyEncoding("null".to_owned())));
        assert!(matches!(body(json!({}), json!("text")), Err(Violation::Member { member: "body", .. })));
        assert_eq!(read(&json!({ "status": "200", "body": "aGk=" })).unwrap().body, "aGk=");
    }

    #[test]
    fn a_response_has_at_most_40_kb_with_its_headers() {
        let sized = |body: usize| {
            read(&json!({
                "status": "200",
                "headers": { "x-a": [{ "value": "123" }] },
                "body": "x".repeat(body)
            }))
        };
        assert!(sized(40_960 - 10).is_ok());
        assert_eq!(sized(40_960 - 9), Err(Violation::ResponseTooLarge { size: 40_961, limit: 40_960 }));
    }

    #[test]
    fn read_only_headers_cannot_be_generated() {
        for name in ["cdn-loop", "content-length", "host", "transfer-encoding", "via"] {
            let refused = read(&json!({ "status": "200", "headers": { name: [{ "value": "0" }] } }));
            assert_eq!(refused, Err(Violation::ReadOnlyHeader { name, change: HeaderChange::Added }));
        }
        assert!(
            read(&json!({ "status": "200", "headers": { "content-type": [{ "value": "a/b" }] } })).is_ok()
        );
    }
}
