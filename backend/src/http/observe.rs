//! What surrounds every request: the secret of the origin, header fields that every answer has, and a line of metrics.

use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, Response, header};
use axum::middleware::Next;
use axum::response::IntoResponse;
use serde_json::json;
use subtle::{Choice, ConstantTimeEq};

use super::Api;
use super::failure::Failure;

/// The header field by which the CDN shows that a request came through it.
const ORIGIN_SECRET: &str = "x-origin-secret";
/// CloudFront's id of the request, which the gate's log and its pages name, too.
const REQUEST_ID: &str = "x-amz-cf-id";
/// What a load balancer asks for, which knows no secret.
const HEALTH: &str = "/api/v1/health";

/// Answers a request and writes down how it went.
pub(super) async fn observe(State(api): State<Api>, request: Request, next: Next) -> Response<Body> {
    let begun = api.ambient.now();
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str);
    let route = format!("{} {route}", method(request.method().as_str()));
    let id = request.headers().get(REQUEST_ID).and_then(|id| id.to_str().ok()).map(ToOwned::to_owned);
    let response = if came_through_the_cdn(&api, &request) {
        next.run(request).await
    } else {
        Failure::forbidden("requests have to come through the site's own address").into_response()
    };
    let response = dressed(response);
    let took = (api.ambient.now() - begun).as_seconds_f64() * 1_000.0;
    let at = begun.unix_timestamp_nanos() / 1_000_000;
    api.log(&metrics(&route, id.as_deref(), response.status().as_u16(), took, at));
    response
}

/// Methods that are known; others are somebody's own words, and would each be a metric of its own.
fn method(method: &str) -> &str {
    match method {
        "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS" => method,
        _ => "OTHER",
    }
}

/// Both values are looked at whatever the first comes to, and in constant time: time must not tell how much was right.
fn came_through_the_cdn(api: &Api, request: &Request) -> bool {
    if api.origin_secrets.is_empty() || request.uri().path() == HEALTH {
        return true;
    }
    let given = request.headers().get(ORIGIN_SECRET).map_or(&[][..], HeaderValue::as_bytes);
    let matches = api.origin_secrets.iter().map(|secret| secret.as_bytes().ct_eq(given));
    matches.fold(Choice::from(0), |found, one| found | one).into()
}

/// Answers are each for one person, and what they hold is only ever what they say it is.
fn dressed(mut response: Response<Body>) -> Response<Body> {
    let headers = response.headers_mut();
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    response
}

/// One line in CloudWatch's embedded metric format. A dimension's every value is a metric, so that only routes are one.
fn metrics(route: &str, id: Option<&str>, status: u16, took: f64, at: i128) -> String {
    json!({
        "_aws": {
            "Timestamp": i64::try_from(at).unwrap_or_default(),
            "CloudWatchMetrics": [{
                "Namespace": "Parapet/Api",
                "Dimensions": [[], ["Route"]],
                "Metrics": [
                    { "Name": "Latency", "Unit": "Milliseconds" },
                    { "Name": "Refusals", "Unit": "Count" },
                    { "Name": "Defects", "Unit": "Count" },
                ],
            }],
        },
        "Route": route,
        "request_id": id,
        "Status": status,
        "Latency": (took * 1_000.0).round() / 1_000.0,
        "Refusals": i32::from((400..500).contains(&status)),
        "Defects": i32::from(status >= 500),
    })
    .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_metrics_names_its_route_and_no_person() {
        let line: serde_json::Value =
            serde_json::from_str(&metrics("GET /api/v1/entries/{id}", Some("id-1"), 503, 1.23456, 7))
                .unwrap();
        assert_eq!((&line["_aws"]["Timestamp"], &line["request_id"]), (&json!(7), &json!("id-1")));
        assert_eq!(line["Latency"], 1.235);
        assert_eq!((&line["Refusals"], &line["Defects"]), (&json!(0), &json!(1)));
        let named = &line["_aws"]["CloudWatchMetrics"][0]["Metrics"];
        for metric in named.as_array().unwrap() {
            assert!(line[metric["Name"].as_str().unwrap()].is_number(), "{metric}");
        }
    }
}
