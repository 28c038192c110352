//! The viewer-request event as CloudFront builds it ("Lambda@Edge event structure", request events).

use std::collections::BTreeMap;
use std::net::IpAddr;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;

use super::{ViewerBody, is_disallowed};

/// How a distribution is called in events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DistributionName {
    /// Such as `d111111abcdef8.cloudfront.net`.
    pub domain_name: String,
    /// Such as `EDFDVBD6EXAMPLE`.
    pub id: String,
}

/// A request as the viewer sent it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewerRequest {
    /// CloudFront's encrypted id of the request, also `X-Amz-Cf-Id`.
    pub request_id: String,
    /// The viewer's address.
    pub client_ip: IpAddr,
    /// The method.
    pub method: String,
    /// The path, raw: neither decoded nor normalised.
    pub uri: String,
    /// The query without its `?`; empty if there is none.
    pub querystring: String,
    /// Names, in the viewer's case where it is known, and values, in order; a name may repeat. Values that are not UTF-8
    /// are read as Latin-1.
    pub headers: Vec<(String, String)>,
    /// The body, if the association includes it.
    pub body: Option<ViewerBody>,
}

impl ViewerRequest {
    /// The event, as JSON. Headers that CloudFront does not expose to functions are left out.
    #[must_use]
    pub fn to_event(&self, distribution: &DistributionName) -> Vec<u8> {
        let config = Config {
            distribution_domain_name: &distribution.domain_name,
            distribution_id: &distribution.id,
            event_type: "viewer-request",
            request_id: &self.request_id,
        };
        let event = Event { records: [Record { cf: Cf { config, request: self.to_request() } }] };
        // Strings, numbers and maps with string keys: there is nothing in it that cannot be written.
        serde_json::to_vec(&event).unwrap_or_default()
    }

    fn to_request(&self) -> Request<'_> {
        let mut exposed: BTreeMap<String, Vec<Entry<'_>>> = BTreeMap::new();
        for (key, value) in &self.headers {
            let name = key.to_ascii_lowercase();
            if !is_disallowed(&name) {
                exposed.entry(name).or_default().push(Entry { key, value });
            }
        }
        Request {
            client_ip: self.client_ip,
            headers: exposed,
            method: &self.method,
            querystring: &self.querystring,
            uri: &self.uri,
            body: self.body.as_ref().map(|body| Body {
                input_truncated: body.is_truncated(),
                action: "read-only",
                encoding: "base64",
                data: STANDARD.encode(body.data()),
            }),
        }
    }
}

#[derive(Serialize)]
struct Event<'a> {
    #[serde(rename = "Records")]
    records: [Record<'a>; 1],
}

#[derive(Serialize)]
struct Record<'a> {
    cf: Cf<'a>,
}

#[derive(Serialize)]
struct Cf<'a> {
    config: Config<'a>,
    request: Request<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Config<'a> {
    distribution_domain_name: &'a str,
    distribution_id: &'a str,
    event_type: &'a str,
    request_id: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Request<'a> {
    client_ip: IpAddr,
    headers: BTreeMap<String, Vec<Entry<'a>>>,
    method: &'a str,
    querystring: &'a str,
    uri: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<Body>,
}

#[derive(Serialize)]
struct Entry<'a> {
    key: &'a str,
    value: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    input_truncated: bool,
    action: &'static str,
    encoding: &'static str,
    data: String,
}

#[cfg(test)]
pub(super) mod tests {
    use bytes::Bytes;
    use serde_json::{Value, json};

    use super::*;

    pub(in crate::viewer_request) fn example() -> ViewerRequest {
        let header = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        ViewerRequest {
            request_id: "4TyzHTaYWb1GX1qTfsHhEqV6HUDd_BzoBZnwfnvQc_1oF26ClkoUSEQ==".to_owned(),
            client_ip: "203.0.113.178".parse().unwrap(),
            method: "GET".to_owned(),
            uri: "/".to_owned(),
            querystring: String::new(),
            headers: vec![
                header("Host", "d111111abcdef8.cloudfront.net"),
                header("User-Agent", "curl/7.66.0"),
                header("accept", "*/*"),
            ],
            body: None,
        }
    }

    fn event(request: &ViewerRequest) -> Value {
        let distribution = DistributionName {
            domain_name: "d111111abcdef8.cloudfront.net".to_owned(),
            id: "EDFDVBD6EXAMPLE".to_owned(),
        };
        serde_json::from_slice(&request.to_event(&distribution)).unwrap()
    }

    #[test]
    fn the_documented_example() {
        let documented = json!({ "Records": [{ "cf": {
            "config": {
                "distributionDomainName": "d111111abcdef8.cloudfront.net",
                "distributionId": "EDFDVBD6EXAMPLE",
                "eventType": "viewer-request",
                "requestId": "4TyzHTaYWb1GX1qTfsHhEqV6HUDd_BzoBZnwfnvQc_1oF26ClkoUSEQ=="
            },
            "request": {
                "clientIp": "203.0.113.178",
                "headers": {
                    "host": [{ "key": "Host", "value": "d111111abcdef8.cloudfront.net" }],
                    "user-agent": [{ "key": "User-Agent", "value": "curl/7.66.0" }],
                    "accept": [{ "key": "accept", "value": "*/*" }]
                },
                "method": "GET",
                "querystring": "",
                "uri": "/"
            }
        } }] });
        assert_eq!(event(&example()), documented);
    }

    #[test]
    fn several_cookie_headers_are_several_entries_in_order() {
        let mut request = example();
        request.headers.push(("cookie".to_owned(), "a=1".to_owned()));
        request.headers.push(("Cookie".to_owned(), "b=2".to_owned()));
        assert_eq!(
            event(&request)["Records"][0]["cf"]["request"]["headers"]["cookie"],
            json!([{ "key": "cookie", "value": "a=1" }, { "key": "Cookie", "value": "b=2" }])
        );
    }

    #[test]
    fn disallowed_headers_are_not_exposed() {
        let mut request = example();
        for name in ["Connection", "X-Forwarded-Proto", "X-Edge-Location", "x-amz-cf-id", "X-Real-IP"] {
            request.headers.push((name.to_owned(), "x".to_owned()));
        }
        request.headers.push(("X-Forwarded-For".to_owned(), "10.0.0.1".to_owned()));
        let event = event(&request);
        let exposed = event["Records"][0]["cf"]["request"]["headers"].as_object().unwrap();
        assert_eq!(exposed.keys().collect::<Vec<_>>(), ["accept", "host", "user-agent", "x-forwarded-for"]);
    }

    #[test]
    fn an_included_body_is_read_only_base64() {
        let mut request = example();
        request.body = Some(ViewerBody::new(Bytes::from_static(b"a=1"), true));
        assert_eq!(
            event(&request)["Records"][0]["cf"]["request"]["body"],
            json!({ "inputTruncated": false, "action": "read-only", "encoding": "base64", "data": "YT0x" })
        );
    }

    #[test]
    fn the_beginning_of_a_body_says_so() {
        let mut request = example();
        request.body = Some(ViewerBody::new(Bytes::from_static(b"a=1"), false));
        assert_eq!(event(&request)["Records"][0]["cf"]["request"]["body"]["inputTruncated"], true);
    }
}
