//! AWS's JSON protocols, 1.0 and 1.1: a POST to `/` whose `X-Amz-Target` names service and operation.

use std::{convert::Infallible, io};

use axum::body::Body;
use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode, header};
use http_body_util::{BodyExt, Full};
use serde_json::Value;

/// What a request asks for: the service's version and the operation, as in `DynamoDB_20120810.PutItem`.
pub(crate) fn target(headers: &HeaderMap) -> Option<(&str, &str)> {
    headers.get("x-amz-target")?.to_str().ok()?.split_once('.')
}

/// The answer to an operation that was carried out.
pub(crate) fn answer(document: &Value) -> Response<Body> {
    respond(StatusCode::OK, document)
}

/// The answer to one that was not.
pub(crate) fn refusal(document: &Value) -> Response<Body> {
    respond(StatusCode::BAD_REQUEST, document)
}

/// An answer whose connection ends before it is whole.
pub(crate) fn cut_short() -> Response<Body> {
    let broken = async { Some(Err(io::Error::other("the answer was to be cut short"))) };
    let body = Full::new(Bytes::from_static(b"{")).map_err(|never: Infallible| match never {});
    let mut response = Response::new(Body::new(body.with_trailers(broken)));
    response.headers_mut().insert(header::CONTENT_LENGTH, header::HeaderValue::from_static("1000"));
    response
}

fn respond(status: StatusCode, document: &Value) -> Response<Body> {
    let mut response = Response::new(Body::from(document.to_string()));
    *response.status_mut() = status;
    let kind = header::HeaderValue::from_static("application/x-amz-json-1.0");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response
}
