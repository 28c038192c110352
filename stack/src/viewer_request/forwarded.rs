//! The function returned the request: what it may have changed, and what not.

use bytes::Bytes;
use serde_json::{Map, Value};

use super::answer::{kind, string};
use super::{URL_LIMIT, VIEWER_PAYLOAD_LIMIT, ViewerBody, ViewerRequest, Violation, body, headers};

/// The request that CloudFront goes on with. Method and client address stay the viewer's, and the cache behavior the
/// one chosen for the viewer's path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForwardedRequest {
    /// The path; it begins with `/`.
    pub uri: String,
    /// The query without its `?`.
    pub querystring: String,
    /// Every header the origin may get: those that the function returned. `Content-Length` is the viewer's even
    /// if the body was replaced.
    pub headers: Vec<(String, String)>,
    /// The body in place of the viewer's, if the function put one there.
    pub body_replaced: Option<Bytes>,
}

impl ForwardedRequest {
    pub(super) fn read(sent: &ViewerRequest, members: &Map<String, Value>) -> Result<Self, Violation> {
        if string(members, "method")? != sent.method {
            return Err(Violation::MethodChanged { expected: sent.method.clone() });
        }
        let client_ip = sent.client_ip.to_string();
        if string(members, "clientIp")? != client_ip {
            return Err(Violation::ClientIpChanged { expected: client_ip });
        }
        let (uri, querystring) = (string(members, "uri")?, string(members, "querystring")?);
        check_url(uri, querystring)?;
        let headers = headers::read(members)?;
        headers::check_read_only(&sent.headers, &headers)?;
        Ok(Self {
            uri: uri.to_owned(),
            querystring: querystring.to_owned(),
            headers,
            body_replaced: replaced_body(sent, members)?,
        })
    }
}

fn check_url(uri: &str, querystring: &str) -> Result<(), Violation> {
    if !uri.starts_with('/') {
        return Err(Violation::UriNotAbsolute);
    }
    let out_of_place = |c: char| c == ' ' || c == '#' || c.is_control();
    if let Some(c) = uri.chars().find(|&c| c == '?' || out_of_place(c)) {
        return Err(Violation::UriCharacter(c));
    }
    if let Some(c) = querystring.chars().find(|&c| out_of_place(c)) {
        return Err(Violation::QuerystringCharacter(c));
    }
    let size = uri.len() + if querystring.is_empty() { 0 } else { 1 + querystring.len() };
    if size >= URL_LIMIT {
        return Err(Violation::UrlTooLong { size, limit: URL_LIMIT });
    }
    Ok(())
}

fn replaced_body(sent: &ViewerRequest, members: &Map<String, Value>) -> Result<Option<Bytes>, Violation> {
    let body = match members.get("body") {
        None => return Ok(None),
        Some(Value::Object(body)) => body,
        other => {
            return Err(Violation::Member { member: "body", found: kind(other), expected: "an object" });
        }
    };
    match body.get("inputTruncated") {
        None => {}
        Some(Value::Bool(truncated))
            if *truncated == sent.body.as_ref().is_some_and(ViewerBody::is_truncated) => {}
        Some(_) => return Err(Violation::InputTruncatedChanged),
    }
    match body.get("action").unwrap_or(&Value::Null) {
        Value::String(action) if action == "read-only" => return Ok(None),
        Value::String(action) if action == "replace" => {}
        other => return Err(Violation::BodyAction(other.to_string())),
    }
    if sent.body.is_none() {
        return Err(Violation::BodyNotIncluded);
    }
    let replaced = body::decode(string(body, "data")?, body.get("encoding"), "base64")?;
    if replaced.len() > VIEWER_PAYLOAD_LIMIT {
        return Err(Violation::BodyTooLarge { size: replaced.len(), limit: VIEWER_PAYLOAD_LIMIT });
    }
    Ok(Some(replaced))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::viewer_request::HeaderChange;
    use crate::viewer_request::event::tests::example;

    fn request() -> Value {
        json!({
            "clientIp": "203.0.113.178",
            "method": "GET",
            "uri": "/",
            "querystring": "",
            "headers": {
                "host": [{ "key": "Host", "value": "d111111abcdef8.cloudfront.net" }],
                "accept": [{ "key": "accept", "value": "*/*" }]
            }
        })
    }

    fn read(change: impl FnOnce(&mut Value)) -> Result<ForwardedRequest, Violation> {
        read_for(&example(), change)
    }

    fn read_for(
        sent: &ViewerRequest,
        change: impl FnOnce(&mut Value),
    ) -> Result<ForwardedRequest, Violation> {
        let mut answer = request();
        change(&mut answer);
        ForwardedRequest::read(sent, answer.as_object().unwrap())
    }

    #[test]
    fn headers_may_be_added_and_removed() {
        let forwarded = read(|r| r["headers"]["authorization"] = json!([{ "value": "Bearer t" }])).unwrap();
        let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        assert_eq!(
            forwarded.headers,
            [
                pair("accept", "*/*"),
                pair("Authorization", "Bearer t"),
                pair("Host", "d111111abcdef8.cloudfront.net")
            ]
        );
        assert_eq!(forwarded.body_replaced, None);
    }

    #[test]
    fn method_and_client_ip_stay() {
        assert!(read(|_| {}).is_ok());
        assert!(matches!(read(|r| r["method"] = json!("HEAD")), Err(Violation::MethodChanged { .. })));
        assert!(matches!(read(|r| r["method"] = json!("get")), Err(Violation::MethodChanged { .. })));
        assert!(matches!(
            read(|r| r["clientIp"] = json!("203.0.113.17")),
            Err(Violation::ClientIpChanged { .. })
        ));
        for member in ["method", "clientIp", "uri", "querystring"] {
            let refused = read(|r| drop(r.as_object_mut().unwrap().remove(member)));
            assert_eq!(refused, Err(Violation::Member { member, found: "missing", expected: "a string" }));
        }
    }

    #[test]
    fn read_only_headers_stay() {
        let removed = read(|r| drop(r["headers"].as_object_mut().unwrap().remove("host")));
        let host = |change| Err(Violation::ReadOnlyHeader { name: "host", change });
        assert_eq!(removed, host(HeaderChange::Removed));
        assert_eq!(
            read(|r| r["headers"]["host"][0]["value"] = json!("evil.example")),
            host(HeaderChange::Changed)
        );
    }

    #[test]
    fn a_uri_is_a_path() {
        assert_eq!(read(|r| r["uri"] = json!("/a%20b/\u{e9}")).unwrap().uri, "/a%20b/\u{e9}");
        for uri in ["", "a", "https://evil.example/"] {
            assert_eq!(read(|r| r["uri"] = json!(uri)), Err(Violation::UriNotAbsolute));
        }
        for (uri, c) in [("/a b", ' '), ("/a?b", '?'), ("/a#b", '#'), ("/a\nb", '\n'), ("/\u{7f}", '\u{7f}')]
        {
            assert_eq!(read(|r| r["uri"] = json!(uri)), Err(Violation::UriCharacter(c)));
        }
    }

    #[test]
    fn a_querystring_has_no_space_control_or_fragment() {
        assert_eq!(read(|r| r["querystring"] = json!("a=1&b=?%23")).unwrap().querystring, "a=1&b=?%23");
        for (query, c) in [("a b", ' '), ("a#b", '#'), ("a\r", '\r'), ("\0", '\0')] {
            assert_eq!(read(|r| r["querystring"] = json!(query)), Err(Violation::QuerystringCharacter(c)));
        }
    }

    #[test]
    fn path_and_query_stay_below_8192() {
        let path = |size: usize| json!(format!("/{}", "a".repeat(size - 1)));
        assert!(read(|r| r["uri"] = path(8_191)).is_ok());
        assert_eq!(
            read(|r| r["uri"] = path(8_192)),
            Err(Violation::UrlTooLong { size: 8_192, limit: 8_192 })
        );
        let with_query = |r: &mut Value, size| {
            r["uri"] = path(8_000);
            r["querystring"] = json!("q".repeat(size));
        };
        assert!(read(|r| with_query(r, 190)).is_ok());
        assert!(matches!(read(|r| with_query(r, 191)), Err(Violation::UrlTooLong { .. })));
    }

    #[test]
    fn an_included_body_is_kept_or_replaced() {
        let sent =
            ViewerRequest { body: Some(ViewerBody::new(Bytes::from_static(b"old"), true)), ..example() };
        let read = |body: Value| read_for(&sent, |r| r["body"] = body);
        let kept =
            json!({ "inputTruncated": false, "action": "read-only", "encoding": "base64", "data": "b2xk" });
        assert_eq!(read(kept).unwrap().body_replaced, None);
        let text = json!({ "action": "replace", "encoding": "text", "data": "new" });
        assert_eq!(read(text).unwrap().body_replaced.unwrap(), "new");
        let base64 = json!({ "action": "replace", "encoding": "base64", "data": "bmV3" });
        assert_eq!(read(base64).unwrap().body_replaced.unwrap(), "new");

        let refused = |body: Value| read(body).unwrap_err();
        assert_eq!(refused(json!({ "action": "replace", "data": "bmV3=" })), Violation::BodyNotBase64);
        let utf8 = json!({ "action": "replace", "encoding": "utf8", "data": "" });
        assert_eq!(refused(utf8), Violation::BodyEncoding("\"utf8\"".to_owned()));
        assert_eq!(refused(json!({ "action": "remove" })), Violation::BodyAction("\"remove\"".to_owned()));
        assert_eq!(refused(json!({})), Violation::BodyAction("null".to_owned()));
        assert!(matches!(refused(json!("new")), Violation::Member { member: "body", .. }));
        assert_eq!(
            refused(json!({ "inputTruncated": true, "action": "read-only" })),
            Violation::InputTruncatedChanged
        );
    }

    #[test]
    fn the_beginning_of_a_body_must_go_on_saying_so() {
        let sent =
            ViewerRequest { body: Some(ViewerBody::new(Bytes::from_static(b"old"), false)), ..example() };
        let read = |truncated: bool| {
            read_for(&sent, |r| r["body"] = json!({ "inputTruncated": truncated, "action": "read-only" }))
        };
        assert!(read(true).is_ok());
        assert_eq!(read(false), Err(Violation::InputTruncatedChanged));
    }

    #[test]
    fn a_replaced_body_has_at_most_40_kb() {
        let sent = ViewerRequest { body: Some(ViewerBody::new(Bytes::new(), true)), ..example() };
        let read = |size| {
            let body = json!({ "action": "replace", "encoding": "text", "data": "x".repeat(size) });
            read_for(&sent, |r| r["body"] = body)
        };
        assert!(read(40_960).is_ok());
        assert_eq!(read(40_961), Err(Violation::BodyTooLarge { size: 40_961, limit: 40_960 }));
    }

    #[test]
    fn a_body_that_was_not_included_cannot_be_replaced() {
        let body = json!({ "action": "replace", "encoding": "text", "data": "new" });
        assert_eq!(read(|r| r["body"] = body), Err(Violation::BodyNotIncluded));
    }
}
