//! JSON out, and JSON in: bodies of requests are read whole, within a limit, before anything looks at them.

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use serde::Serialize;
use serde_json::Value;

use super::failure::{Answer, Failure};

/// The largest body that is taken.
pub(crate) const MAX_BODY: usize = 1_048_576;

/// An answer in JSON.
pub(crate) fn response(status: StatusCode, kind: &'static str, value: &impl Serialize) -> Response<Body> {
    let body = match serde_json::to_vec(value) {
        Ok(body) => body,
        Err(error) => {
            tracing::error!(%error, "an answer could not be written");
            let mut response = Response::new(Body::empty());
            *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
            return response;
        }
    };
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

/// 200 with a value.
pub(crate) fn ok(value: &impl Serialize) -> Response<Body> {
    response(StatusCode::OK, "application/json", value)
}

/// 200 with a value and the entity tag of its version.
pub(crate) fn versioned(version: i64, value: &impl Serialize) -> Response<Body> {
    tagged(ok(value), version)
}

/// 201 or 202 with a value and where it is.
pub(crate) fn located(status: StatusCode, location: &str, value: &impl Serialize) -> Response<Body> {
    let mut response = response(status, "application/json", value);
    if let Ok(location) = HeaderValue::from_str(location) {
        response.headers_mut().insert(header::LOCATION, location);
    }
    response
}

/// The same with the entity tag of a version.
pub(crate) fn tagged(mut response: Response<Body>, version: i64) -> Response<Body> {
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{version}\"")) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

/// 204.
pub(crate) fn nothing() -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    response
}

/// The body of a request, as it arrived.
pub(crate) struct Sent {
    /// Its bytes.
    pub(crate) bytes: Bytes,
}

impl Sent {
    /// As JSON; an empty object where nothing was sent and `empty` allows it.
    pub(crate) fn value(&self) -> Answer<Value> {
        serde_json::from_slice(&self.bytes)
            .map_err(|error| Failure::bad_request(format!("the body is not JSON: {error}")))
    }

    /// The same for a body that may be left out.
    pub(crate) fn optional_value(&self) -> Answer<Value> {
        if self.bytes.is_empty() { Ok(Value::Object(serde_json::Map::new())) } else { self.value() }
    }
}

impl<S: Send + Sync> FromRequest<S> for Sent {
    type Rejection = Failure;

    async fn from_request(request: Request, _: &S) -> Answer<Sent> {
        let headers = request.headers();
        if too_long(headers) {
            return Err(Failure::too_large(MAX_BODY));
        }
        let is_json = is_json(headers);
        let body = axum::body::to_bytes(request.into_body(), MAX_BODY).await;
        let bytes = body.map_err(|error| {
            let mut cause: &dyn std::error::Error = &error;
            while let Some(inner) = cause.source() {
                cause = inner;
            }
            match cause.to_string() {
                text if text.contains("length limit") => Failure::too_large(MAX_BODY),
                text => Failure::bad_request(format!("the body did not arrive: {text}")),
            }
        })?;
        if !is_json && !bytes.is_empty() {
            return Err(Failure::unsupported_type());
        }
        Ok(Sent { bytes })
    }
}

fn too_long(headers: &HeaderMap) -> bool {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    length.and_then(|length| length.parse::<usize>().ok()).is_some_and(|length| length > MAX_BODY)
}

fn is_json(headers: &HeaderMap) -> bool {
    let encoded = headers.get(header::CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity");
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let mut parts = kind.split(';').map(str::trim);
    let essence = parts.next().unwrap_or_default();
    let utf8 = parts.all(|parameter| match parameter.split_once('=') {
        Some((name, value)) if name.eq_ignore_ascii_case("charset") => {
            value.trim_matches('"').eq_ignore_ascii_case("utf-8")
        }
        _ => true,
    });
    !encoded && utf8 && essence.eq_ignore_ascii_case("application/json")
}
