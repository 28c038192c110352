//! Which pages of other origins a browser lets talk to a bucket: `CorsConfiguration`.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, header};
use serde::Deserialize;

use super::{Bucket, reply::set, s3_error::S3Error};

/// One rule. Names and origins are whole; no patterns but `*` alone.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub struct CorsRule {
    /// Origins such as `https://cms.example.com`.
    pub allowed_origins: Vec<String>,
    /// Methods such as `PUT`.
    pub allowed_methods: Vec<String>,
    /// Headers that a request may have.
    #[serde(default)]
    pub allowed_headers: Vec<String>,
    /// Headers that a script may read.
    #[serde(default)]
    pub exposed_headers: Vec<String>,
    /// For how long a browser may remember, in seconds.
    pub max_age: Option<u32>,
}

impl CorsRule {
    fn covers(&self, origin: &str, method: &str) -> bool {
        let matches = |all: &[String], one: &str| all.iter().any(|known| known == "*" || known == one);
        matches(&self.allowed_origins, origin) && matches(&self.allowed_methods, method)
    }

    fn allows_header(&self, name: &str) -> bool {
        self.allowed_headers.iter().any(|known| known == "*" || known.eq_ignore_ascii_case(name))
    }
}

/// The origin that a request comes from.
pub(super) fn origin(headers: &HeaderMap) -> Option<String> {
    text(headers, &header::ORIGIN).map(str::to_owned)
}

/// The answer to a browser that asks beforehand; none if the request is something else.
pub(super) fn preflight<B>(
    bucket: &Bucket,
    request: &Request<B>,
) -> Option<Result<Response<Bytes>, S3Error>> {
    if request.method() != Method::OPTIONS {
        return None;
    }
    let headers = request.headers();
    let origin = text(headers, &header::ORIGIN)?;
    let method = text(headers, &header::ACCESS_CONTROL_REQUEST_METHOD)?;
    let asked = text(headers, &header::ACCESS_CONTROL_REQUEST_HEADERS).unwrap_or_default();
    let asked: Vec<_> = asked.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
    let rule = bucket
        .settings()
        .cors
        .iter()
        .find(|rule| rule.covers(origin, method) && asked.iter().all(|name| rule.allows_header(name)));
    Some(rule.map_or(Err(S3Error::AccessForbidden), |rule| {
        let mut response = Response::new(Bytes::new());
        let headers = response.headers_mut();
        set(headers, header::ACCESS_CONTROL_ALLOW_METHODS, &rule.allowed_methods.join(", "));
        if !asked.is_empty() {
            set(headers, header::ACCESS_CONTROL_ALLOW_HEADERS, &asked.join(", "));
        }
        if let Some(seconds) = rule.max_age {
            set(headers, header::ACCESS_CONTROL_MAX_AGE, &seconds.to_string());
        }
        set(headers, header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        Ok(response)
    }))
}

/// Says on an answer that the page that asked may read it.
pub(super) fn stamp(
    response: &mut Response<Bytes>,
    bucket: &Bucket,
    origin: Option<String>,
    method: &Method,
) {
    let Some(origin) = origin else { return };
    let covers = |rule: &&CorsRule| rule.covers(&origin, method.as_str());
    if let Some(rule) = bucket.settings().cors.iter().find(covers) {
        let headers = response.headers_mut();
        set(headers, header::ACCESS_CONTROL_ALLOW_ORIGIN, &origin);
        if !rule.exposed_headers.is_empty() {
            set(headers, header::ACCESS_CONTROL_EXPOSE_HEADERS, &rule.exposed_headers.join(", "));
        }
        headers.append(header::VARY, HeaderValue::from_static("Origin"));
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}
