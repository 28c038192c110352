//! What the Runtime API says back.

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Response, StatusCode};
use http_body_util::Full;

use super::Invocation;

pub(super) type Reply = Response<Full<Bytes>>;

/// The event, to the runtime that waited for it.
pub(super) fn event(invocation: Invocation, arn: HeaderValue) -> Reply {
    let built = Response::builder()
        .header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
        .header("lambda-runtime-aws-request-id", invocation.id())
        .header("lambda-runtime-deadline-ms", invocation.deadline_ms())
        .header("lambda-runtime-invoked-function-arn", arn)
        .header("lambda-runtime-trace-id", invocation.trace_id())
        .body(Full::new(invocation.into_event()));
    built.unwrap_or_else(|_invalid| error(StatusCode::INTERNAL_SERVER_ERROR, "InternalServerError"))
}

/// The answer or error was taken.
pub(super) fn accepted() -> Reply {
    json(StatusCode::ACCEPTED, Bytes::from_static(br#"{"status":"OK"}"#))
}

/// The request was refused, in the Runtime API's form.
pub(super) fn error(status: StatusCode, error_type: &str) -> Reply {
    let document = serde_json::json!({ "errorType": error_type, "errorMessage": error_type });
    json(status, Bytes::from(document.to_string()))
}

fn json(status: StatusCode, body: Bytes) -> Reply {
    let mut reply = Response::new(Full::new(body));
    *reply.status_mut() = status;
    reply.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    reply
}
