//! An answer on its way to the viewer, with what the access log says about it.

use axum::body::Body;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode, header};

use super::{behavior::Behavior, forwarding::HOP_BY_HOP, refusal::Refusal, selection::Selection};
use crate::viewer_request::{Failure, GeneratedResponse, XCache};

pub(super) const HIT: &str = "Hit from cloudfront";
pub(super) const MISS: &str = "Miss from cloudfront";
pub(super) const REFRESH_HIT: &str = "RefreshHit from cloudfront";
pub(super) const ERROR: &str = "Error from cloudfront";

/// An answer.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) response: Response<Body>,
    pub(super) x_cache: &'static str,
    /// Why it is an error, for the log.
    pub(super) reason: Option<String>,
}

impl Answer {
    /// An origin's answer, from the cache or not.
    pub(super) fn of_origin(response: Response<Body>, x_cache: &'static str, reason: Option<String>) -> Self {
        let status = response.status();
        let failed = status.is_client_error() || status.is_server_error();
        let x_cache = if failed { ERROR } else { x_cache };
        Self { response, x_cache, reason }
    }

    /// CloudFront's own error page.
    pub(super) fn refused(refusal: &Refusal, request_id: &str) -> Self {
        let response = html(refusal.status(), refusal.page(request_id));
        Self { response, x_cache: ERROR, reason: Some(chain(refusal)) }
    }

    /// The answer of the viewer-request function, as it is: neither compressed nor cached, no policy applied.
    pub(super) fn generated(generated: GeneratedResponse) -> Result<Self, Refusal> {
        let headers = header_map(&generated.headers)?;
        let status = StatusCode::from_u16(generated.status).map_err(|_| Refusal::Unsendable("status"))?;
        let length = generated.body.len();
        let mut response = Response::new(Body::from(generated.body));
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        if !matches!(status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED) {
            response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
        }
        response.headers_mut().entry(header::SERVER).or_insert(HeaderValue::from_static("CloudFront"));
        Ok(Self { response, x_cache: XCache::GeneratedResponse.as_str(), reason: None })
    }

    /// The page in place of a function that failed.
    pub(super) fn failed(failure: Failure) -> Self {
        let status = StatusCode::from_u16(failure.status).unwrap_or(StatusCode::BAD_GATEWAY);
        let response = html(status, failure.html);
        Self { response, x_cache: failure.x_cache.as_str(), reason: Some(failure.reason) }
    }

    /// Adds what every answer of CloudFront carries.
    pub(super) fn stamp(&mut self, method: &Method, via: &str, request_id: &str) {
        if *method == Method::HEAD {
            *self.response.body_mut() = Body::empty();
        }
        let headers = self.response.headers_mut();
        set(headers, header::VIA, via);
        set(headers, HeaderName::from_static("x-cache"), self.x_cache);
        set(headers, HeaderName::from_static("x-amz-cf-pop"), "LOCAL1-P1");
        set(headers, HeaderName::from_static("x-amz-cf-id"), request_id);
    }
}

/// What of an origin's headers goes on to the cache and to viewers.
pub(super) fn received_headers(mut headers: HeaderMap, behavior: &Behavior) -> HeaderMap {
    for name in HOP_BY_HOP {
        if name != "content-length" {
            headers.remove(name);
        }
    }
    headers.remove(header::VIA);
    // Where cookies do not reach the origin, those that it sets would be set for everybody.
    let none = |selection: &Selection| *selection == Selection::None;
    if none(&behavior.cache_policy.cookies) && none(&behavior.origin_request_policy.cookies) {
        headers.remove(header::SET_COOKIE);
    }
    headers
}

/// Reads the headers of a function's answer.
pub(super) fn header_map(pairs: &[(String, String)]) -> Result<HeaderMap, Refusal> {
    let mut headers = HeaderMap::with_capacity(pairs.len());
    for (name, value) in pairs {
        let name = HeaderName::try_from(name.as_str()).map_err(|_| Refusal::Unsendable("header name"))?;
        let value = HeaderValue::from_str(value).map_err(|_| Refusal::Unsendable("header value"))?;
        headers.append(name, value);
    }
    Ok(headers)
}

/// What CloudFront's error pages carry.
pub(super) fn page_headers() -> HeaderMap {
    HeaderMap::from_iter([
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html")),
        (header::SERVER, HeaderValue::from_static("CloudFront")),
    ])
}

/// An error and its causes, for the log.
pub(super) fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}

fn html(status: StatusCode, page: String) -> Response<Body> {
    let length = page.len();
    let mut response = Response::new(Body::from(page));
    *response.status_mut() = status;
    *response.headers_mut() = page_headers();
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    response
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
