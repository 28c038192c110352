//! The origin-response event as CloudFront builds it ("Lambda@Edge event structure", response events), and what a
//! function may make of the response.

use std::collections::BTreeMap;
use std::net::IpAddr;

use bytes::Bytes;
use serde_json::{Value, json};

use super::answer::{kind, string};
use super::generated::read_status;
use super::{DistributionName, Violation, body, headers};

/// The most bytes of a body that a function puts in place of the origin's (1 MB).
const LONGEST_BODY: usize = 1024 * 1024;

/// An origin's response, with the request that it answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OriginResponse {
    /// CloudFront's encrypted id of the request.
    pub request_id: String,
    /// The viewer's address.
    pub client_ip: IpAddr,
    /// The method.
    pub method: String,
    /// The path as it went to the origin, without the origin's own path.
    pub uri: String,
    /// The query that went to the origin, without its `?`.
    pub querystring: String,
    /// The header fields that went to the origin.
    pub request_headers: Vec<(String, String)>,
    /// The origin's status.
    pub status: u16,
    /// The origin's header fields.
    pub headers: Vec<(String, String)>,
}

/// The response as it goes on to the cache and the viewer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedResponse {
    /// From 200 to 599.
    pub status: u16,
    /// Names and values.
    pub headers: Vec<(String, String)>,
    /// What takes the place of the origin's body.
    pub body: Option<Bytes>,
}

impl OriginResponse {
    /// The event, as JSON. Headers that CloudFront does not expose to functions are left out.
    #[must_use]
    pub fn to_event(&self, distribution: &DistributionName) -> Vec<u8> {
        let reason =
            http::StatusCode::from_u16(self.status).ok().and_then(|status| status.canonical_reason());
        let event = json!({ "Records": [{ "cf": {
            "config": {
                "distributionDomainName": distribution.domain_name, "distributionId": distribution.id,
                "eventType": "origin-response", "requestId": self.request_id,
            },
            "request": {
                "clientIp": self.client_ip, "method": self.method, "uri": self.uri, "querystring": self.querystring,
                "headers": exposed(&self.request_headers),
            },
            "response": {
                "status": self.status.to_string(), "statusDescription": reason.unwrap_or_default(),
                "headers": exposed(&self.headers),
            },
        } }] });
        // Strings, numbers and maps with string keys: there is nothing in it that cannot be written.
        serde_json::to_vec(&event).unwrap_or_default()
    }

    /// The response as it is, for where no function is asked.
    #[must_use]
    pub fn unchanged(self) -> ChangedResponse {
        ChangedResponse { status: self.status, headers: self.headers, body: None }
    }

    /// Reads what the function returned.
    ///
    /// # Errors
    /// The first rule that the answer breaks; CloudFront answers 502 then.
    pub fn interpret(&self, answer: &[u8]) -> Result<ChangedResponse, Violation> {
        let answer: Value =
            serde_json::from_slice(answer).map_err(|error| Violation::NotJson(error.to_string()))?;
        let Value::Object(members) = answer else { return Err(Violation::NotAnObject(kind(Some(&answer)))) };
        let status = read_status(members.get("status").unwrap_or(&Value::Null))?;
        let headers = headers::read(&members)?;
        headers::check_read_only_of_response(&self.headers, &headers)?;
        let body = match members.contains_key("body") {
            true => Some(body::decode(string(&members, "body")?, members.get("bodyEncoding"), "text")?),
            false => None,
        };
        let size = body.as_ref().map_or(0, Bytes::len);
        if matches!(status, 204 | 304) && size > 0 {
            return Err(Violation::BodyWithStatus(status));
        }
        if size > LONGEST_BODY {
            return Err(Violation::ResponseTooLarge { size, limit: LONGEST_BODY });
        }
        Ok(ChangedResponse { status, headers, body })
    }
}

fn exposed(pairs: &[(String, String)]) -> BTreeMap<String, Vec<Value>> {
    let mut exposed: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for (key, value) in pairs {
        let name = key.to_ascii_lowercase();
        if !headers::is_disallowed(&name) {
            exposed.entry(name).or_default().push(json!({ "key": key, "value": value }));
        }
    }
    exposed
}

#[cfg(test)]
mod tests {
    use super::*;

    fn missing() -> OriginResponse {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        OriginResponse {
            request_id: "id==".into(),
            client_ip: "203.0.113.178".parse().unwrap(),
            method: "GET".into(),
            uri: "/nope/index.html".into(),
            querystring: String::new(),
            request_headers: vec![pair("accept-encoding", "gzip")],
            status: 404,
            headers: vec![pair("content-type", "application/xml"), pair("transfer-encoding", "chunked")],
        }
    }

    fn interpreted(answer: &Value) -> Result<ChangedResponse, Violation> {
        missing().interpret(&serde_json::to_vec(answer).unwrap())
    }

    #[test]
    fn the_event_holds_request_and_response() {
        let name = DistributionName { domain_name: "d111.cloudfront.net".into(), id: "E1".into() };
        let event: Value = serde_json::from_slice(&missing().to_event(&name)).unwrap();
        let cf = &event["Records"][0]["cf"];
        assert_eq!(cf["config"]["eventType"], "origin-response");
        assert_eq!(cf["request"]["uri"], "/nope/index.html");
        assert_eq!(
            (&cf["response"]["status"], &cf["response"]["statusDescription"]),
            (&json!("404"), &json!("Not Found"))
        );
        assert_eq!(cf["response"]["headers"]["content-type"][0]["value"], "application/xml");
    }

    #[test]
    fn a_response_is_changed_within_the_rules() {
        let kept = json!([{ "key": "Transfer-Encoding", "value": "chunked" }]);
        let changed =
            interpreted(&json!({ "status": "404", "headers": { "transfer-encoding": kept }, "body": "x" }));
        assert_eq!(changed.unwrap().body.as_deref(), Some(&b"x"[..]));
        let without = interpreted(&json!({ "status": "404", "headers": {} }));
        assert!(matches!(without, Err(Violation::ReadOnlyHeader { name: "transfer-encoding", .. })));
        assert!(matches!(interpreted(&json!({ "headers": {} })), Err(Violation::Status(_))));
        let long = json!({ "status": "200", "headers": { "transfer-encoding": kept }, "body": "x".repeat(LONGEST_BODY + 1) });
        assert!(matches!(interpreted(&long), Err(Violation::ResponseTooLarge { .. })));
        let via = json!([{ "key": "Via", "value": "x" }]);
        let added = json!({ "status": "200", "headers": { "transfer-encoding": kept, "via": via } });
        assert!(matches!(interpreted(&added), Err(Violation::ReadOnlyHeader { name: "via", .. })));
    }
}
