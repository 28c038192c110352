//! Viewer-request events as CloudFront sends them, written by hand.
//! <https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-event-structure.html>

use serde_json::{Map, Value, json};

/// The host of every request, as a browser on this machine would name it.
pub(crate) const HOST: &str = "localhost:8080";

/// CloudFront's id of every request.
pub(crate) const REQUEST_ID: &str = "4TyzHTaYWb1GX1qTfsHhEqV6HUDd_BzoBZnwfnvQc_1oF26ClkoUSEQ==";

/// An event for a request with these header fields besides Host; `target` is a path with or without a query.
pub(crate) fn event(method: &str, target: &str, headers: &[(&str, &str)]) -> Value {
    let (uri, querystring) = target.split_once('?').unwrap_or((target, ""));
    let mut fields = Map::new();
    for (key, value) in [("Host", HOST)].iter().chain(headers) {
        let lines = fields.entry(key.to_lowercase()).or_insert_with(|| json!([]));
        lines.as_array_mut().unwrap().push(json!({ "key": key, "value": value }));
    }
    json!({ "Records": [{ "cf": {
        "config": {
            "distributionDomainName": "d111111abcdef8.cloudfront.net",
            "distributionId": "EDFDVBD6EXAMPLE",
            "eventType": "viewer-request",
            "requestId": REQUEST_ID,
        },
        "request": {
            "clientIp": "203.0.113.178",
            "headers": fields,
            "method": method,
            "querystring": querystring,
            "uri": uri,
        },
    } }] })
}
