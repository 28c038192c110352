//! A request to the API, and what it answers.

use axum::Router;
use axum::body::Body;
use http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt as _;
use serde_json::Value;
use tower::ServiceExt as _;

/// A request that is being put together.
pub(crate) struct Ask {
    router: Router,
    request: http::request::Builder,
    body: Body,
}

/// An answer.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Ask {
    pub(crate) fn new(router: Router, method: &str, path: &str) -> Ask {
        let uri = if path.starts_with("/api/") { path.to_owned() } else { format!("/api/v1{path}") };
        let request = Request::builder().method(Method::from_bytes(method.as_bytes()).unwrap()).uri(uri);
        Ask { router, request, body: Body::empty() }
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Ask {
        self.request = self.request.header(name, value);
        self
    }

    pub(crate) fn bearer(self, token: &str) -> Ask {
        self.header("authorization", &format!("Bearer {token}"))
    }

    pub(crate) fn json(self, body: &Value) -> Ask {
        let text = body.to_string();
        self.header("content-type", "application/json").text(text)
    }

    pub(crate) fn text(mut self, text: impl Into<String>) -> Ask {
        self.body = Body::from(text.into());
        self
    }

    /// `If-Match` with a version.
    pub(crate) fn version(self, version: &Value) -> Ask {
        self.header("if-match", &format!("\"{version}\""))
    }

    pub(crate) async fn send(self) -> Reply {
        let response = self.router.oneshot(self.request.body(self.body).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes().to_vec();
        let reply = Reply { status: parts.status, headers: parts.headers, bytes };
        if reply.status.is_client_error() || reply.status.is_server_error() {
            reply.assert_is_problem();
        }
        reply
    }
}

impl Reply {
    /// The body as JSON, after the status was looked at.
    #[track_caller]
    pub(crate) fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", String::from_utf8_lossy(&self.bytes));
        if self.bytes.is_empty() { Value::Null } else { serde_json::from_slice(&self.bytes).unwrap() }
    }

    /// The body of a problem, after its status and its type were looked at.
    #[track_caller]
    pub(crate) fn problem(&self, status: u16, kind: &str) -> Value {
        let problem = self.expect(status);
        assert_eq!(problem["type"], kind, "{problem}");
        problem
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Every error is a problem document with the members that are promised.
    #[track_caller]
    fn assert_is_problem(&self) {
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.status);
        let problem: Value = serde_json::from_slice(&self.bytes).unwrap();
        assert_eq!(problem["status"], self.status.as_u16(), "{problem}");
        assert!(problem["type"].is_string() && problem["title"].is_string(), "{problem}");
    }
}

/// The pointers of a 422.
pub(crate) fn pointers(problem: &Value) -> Vec<&str> {
    problem["errors"].as_array().unwrap().iter().map(|error| error["pointer"].as_str().unwrap()).collect()
}
