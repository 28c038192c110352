//! The API behind an HTTP API of API Gateway: AWS's own recorded events, of another path and another person.

use axum::body::Body;
use http_body_util::BodyExt as _;
use serde_json::{Value, json};
use tower::ServiceExt as _;

use crate::api::site::Site;
use crate::api::token;

const WITH_AUTHORIZER: &str = include_str!("events/example-apigw-v2-request-jwt-authorizer.json");
const WITHOUT_AUTHORIZER: &str = include_str!("events/example-apigw-v2-request-no-authorizer.json");

struct Event(Value);

impl Event {
    fn new(recorded: &str, method: &str, path: &str, query: &str) -> Event {
        let mut event: Value = serde_json::from_str(recorded).unwrap();
        event["rawPath"] = json!(path);
        event["rawQueryString"] = json!(query);
        event["queryStringParameters"] = json!({});
        event["body"] = Value::Null;
        event["requestContext"]["http"]["method"] = json!(method);
        event["requestContext"]["http"]["path"] = json!(path);
        Event(event)
    }

    fn header(mut self, name: &str, value: &str) -> Event {
        self.0["headers"][name] = json!(value);
        self
    }

    fn body(mut self, body: &Value) -> Event {
        self.0["body"] = json!(body.to_string());
        self.header("content-type", "application/json")
    }

    async fn answer(self, site: &Site) -> (u16, Value) {
        let request = lambda_http::request::from_str(&self.0.to_string()).unwrap();
        let response = site.api.router().oneshot(request.map(Body::new)).await.unwrap();
        let status = response.status().as_u16();
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        (status, serde_json::from_slice(&bytes).unwrap_or_default())
    }
}

#[tokio::test]
async fn recorded_events_are_requests_like_any_other() {
    let site = Site::new().await;
    let token = token::sign(&token::claims("sub-editor", &["editors"], site.clock.now().unix_timestamp()));
    let bearer = format!("Bearer {token}");
    let event = |method: &str, path: &str, query: &str| {
        Event::new(WITH_AUTHORIZER, method, path, query).header("Authorization", &bearer)
    };
    let (status, entry) = event("POST", "/api/v1/entries", "")
        .body(&json!({ "title": "One", "section": "/news/" }))
        .answer(&site)
        .await;
    assert_eq!((status, &entry["author"]["id"]), (201, &json!("sub-editor")));
    let path = format!("/api/v1/entries/{}", site.id(&entry));
    let (status, saved) = event("PUT", &path, "autosave=true")
        .header("if-match", "\"1\"")
        .body(&json!({ "body": "Grüße" }))
        .answer(&site)
        .await;
    assert_eq!((status, &saved["body"]), (200, &json!("Grüße")));
    let (status, release) = event("POST", &format!("{path}/publish"), "").answer(&site).await;
    assert_eq!(status, 202);
    assert_ne!(
        release["state"], "queued",
        "nothing runs after an answer, so that the request itself publishes"
    );
    let (status, list) = event("GET", "/api/v1/entries", "q=gr%C3%BC%C3%9Fe&limit=1").answer(&site).await;
    assert_eq!((status, list["items"].as_array().unwrap().len()), (200, 1));
    let (status, _) = Event::new(WITH_AUTHORIZER, "GET", "/api/v1/entries", "").answer(&site).await;
    assert_eq!(status, 401, "what the authorizer let through is looked at again");
}

#[tokio::test]
async fn a_search_needs_no_authorizer() {
    let site = Site::new().await;
    let (status, found) = Event::new(WITHOUT_AUTHORIZER, "GET", "/api/v1/search", "q=x").answer(&site).await;
    assert_eq!((status, &found["items"]), (200, &json!([])));
}
