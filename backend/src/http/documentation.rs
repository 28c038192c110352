//! The API's description for programs (`/openapi.json`) and for people (`/docs`), which asks nothing of other hosts.

use std::io::Read;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, header};
use flate2::read::GzDecoder;

use super::failure::{Answer, Failure};
use super::query::NoQuery;

/// The document as it is checked in; a test holds it to what the routes say.
const DOCUMENT: &str = include_str!("../../openapi.json");
const PAGE: &str = include_str!("docs/page.html");
const START: &str = include_str!("docs/start.js");
const BUNDLE: &[u8] = include_bytes!("docs/swagger-ui-bundle.js.gz");
const STYLE: &[u8] = include_bytes!("docs/swagger-ui.css.gz");

/// Swagger UI shows pictures of its own as data, and needs nothing else from outside.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The description of the API (OpenAPI 3.1).
#[utoipa::path(get, path = "/openapi.json", tag = "api", security(()), responses(
    (status = 200, description = "the description", body = serde_json::Value)
))]
pub(super) async fn document(_: NoQuery) -> Response<Body> {
    told("application/json", Body::from(DOCUMENT))
}

/// The same as a page.
#[utoipa::path(get, path = "/docs", tag = "api", security(()), responses(
    (status = 200, description = "a page", content_type = "text/html; charset=utf-8", body = String)
))]
pub(super) async fn page(_: NoQuery) -> Response<Body> {
    let mut response = told("text/html; charset=utf-8", Body::from(PAGE));
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    response
}

pub(super) async fn start() -> Response<Body> {
    told("text/javascript; charset=utf-8", Body::from(START))
}

pub(super) async fn bundle(headers: HeaderMap) -> Answer<Response<Body>> {
    compressed(&headers, "text/javascript; charset=utf-8", BUNDLE)
}

pub(super) async fn style(headers: HeaderMap) -> Answer<Response<Body>> {
    compressed(&headers, "text/css; charset=utf-8", STYLE)
}

/// A file as it is kept, or decompressed for who cannot read it.
fn compressed(headers: &HeaderMap, kind: &'static str, bytes: &'static [u8]) -> Answer<Response<Body>> {
    let accepted =
        headers.get(header::ACCEPT_ENCODING).and_then(|field| field.to_str().ok()).unwrap_or_default();
    let mut response =
        if accepted.split(',').any(|coding| coding.split(';').next().is_some_and(|c| c.trim() == "gzip")) {
            let mut response = told(kind, Body::from(bytes));
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
            response
        } else {
            let mut plain = Vec::new();
            GzDecoder::new(bytes).read_to_end(&mut plain).map_err(|error| Failure::internal(&error))?;
            told(kind, Body::from(plain))
        };
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    Ok(response)
}

fn told(kind: &'static str, body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}
