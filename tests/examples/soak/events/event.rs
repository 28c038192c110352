//! Viewer-request events as CloudFront sends them.
//! <https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-event-structure.html>

use serde_json::Value;

/// The host of every request.
pub(super) const HOST: &str = "localhost:8080";

/// What a browser says when a person opens a page, and what a script says.
const PAGE: &str = r#""accept":[{"key":"Accept","value":"text/html"}],"sec-fetch-dest":[{"key":"Sec-Fetch-Dest","value":"document"}],"#;
const SCRIPT: &str = r#""accept":[{"key":"Accept","value":"application/json"}],"sec-fetch-site":[{"key":"Sec-Fetch-Site","value":"same-origin"}],"#;

/// A person opens a page.
pub(super) fn open(target: &str, cookies: &str) -> String {
    event("GET", target, PAGE, cookies)
}

/// A script of a page asks.
pub(super) fn call(method: &str, target: &str, cookies: &str) -> String {
    event(method, target, SCRIPT, cookies)
}

/// Written as text, since a million are.
fn event(method: &str, target: &str, fields: &str, cookies: &str) -> String {
    let (uri, querystring) = target.split_once('?').unwrap_or((target, ""));
    let (uri, querystring, cookies) = (Value::from(uri), Value::from(querystring), Value::from(cookies));
    format!(
        r#"{{"Records":[{{"cf":{{"config":{{"distributionDomainName":"d111111abcdef8.cloudfront.net","distributionId":"EDFDVBD6EXAMPLE","eventType":"viewer-request","requestId":"4TyzHTaYWb1GX1qTfsHhEqV6HUDd_BzoBZnwfnvQc_1oF26ClkoUSEQ=="}},"request":{{"clientIp":"203.0.113.178","headers":{{"host":[{{"key":"Host","value":"{HOST}"}}],"user-agent":[{{"key":"User-Agent","value":"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"}}],{fields}"cookie":[{{"key":"Cookie","value":{cookies}}}]}},"method":"{method}","querystring":{querystring},"uri":{uri}}}}}}}]}}"#
    )
}
