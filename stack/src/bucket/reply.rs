//! The bucket as an origin: GetObject and HeadObject, as a distribution with origin access control sees them.

use std::sync::Arc;

use bytes::Bytes;
use http::{
    HeaderMap, HeaderName, HeaderValue, Method, Response, StatusCode,
    header::{self, CONTENT_LENGTH},
    request::Parts,
};
use percent_encoding::percent_decode_str;

use super::{Bucket, Object, Selected, Verdict, evaluate, if_range_holds, s3_error::S3Error, select};

/// S3 refuses more request header than this, in bytes.
const MAX_HEADER_BYTES: usize = 8_192;

impl Bucket {
    /// Answers a request that a distribution forwards. The key is the percent-decoded path without its first slash.
    #[must_use]
    pub fn answer(&self, request: &Parts) -> Response<Bytes> {
        let request_id = format!("{:016X}", self.count());
        let raw = request.uri.path();
        let answered = match decode_key(raw) {
            _ if header_bytes(&request.headers) > MAX_HEADER_BYTES => {
                Err(S3Error::RequestHeaderSectionTooLarge)
            }
            Ok(key) if !self.settings().grant.covers(&key) => Err(S3Error::AccessDenied),
            Ok(key) => {
                let told = self.settings().grant.list;
                let absent = if told { S3Error::NoSuchKey } else { S3Error::AccessDenied };
                object_response(&request.method, &request.headers, self.head(&key).ok_or(absent))
            }
            Err(error) => Err(error),
        };
        let mut response = answered.unwrap_or_else(|error| error_response(error, raw, &request_id));
        if request.method == Method::HEAD {
            *response.body_mut() = Bytes::new();
        }
        stamp(&mut response, &request_id, self);
        response
    }
}

/// The answer to a GET or HEAD of an object, or why there is none to show.
pub(super) fn object_response(
    method: &Method,
    headers: &HeaderMap,
    object: Result<Arc<Object>, S3Error>,
) -> Result<Response<Bytes>, S3Error> {
    match *method {
        Method::GET | Method::HEAD => {}
        // The bucket policy of origin access control grants reading only.
        Method::PUT | Method::DELETE => return Err(S3Error::AccessDenied),
        _ => return Err(S3Error::MethodNotAllowed),
    }
    let object = object?;
    let modified = httpdate::fmt_http_date(object.last_modified);
    match evaluate(headers, Some(&object.etag), Some(object.last_modified)) {
        Verdict::PreconditionFailed => return Err(S3Error::PreconditionFailed),
        Verdict::NotModified => {
            return Ok(represent(&object, StatusCode::NOT_MODIFIED, Bytes::new(), &modified));
        }
        Verdict::Proceed => {}
    }
    let length = object.body.len();
    let selected = match if_range_holds(headers, Some(&object.etag), Some(&modified)) {
        true => select(headers, length as u64),
        false => Selected::Whole,
    };
    match selected {
        Selected::Whole => {
            let mut response = represent(&object, StatusCode::OK, object.body.clone(), &modified);
            if headers.get("x-amz-checksum-mode").is_some_and(|mode| mode == "ENABLED") {
                set_checksum(response.headers_mut(), &object);
            }
            Ok(response)
        }
        Selected::Unsatisfiable => Err(S3Error::InvalidRange),
        Selected::Part { first, last } => {
            // Both ends are inside the body, whose length is a usize.
            let body = object.body.slice(first as usize..=last as usize);
            let mut response = represent(&object, StatusCode::PARTIAL_CONTENT, body, &modified);
            set(response.headers_mut(), header::CONTENT_RANGE, &format!("bytes {first}-{last}/{length}"));
            Ok(response)
        }
    }
}

/// The checksum that an object was put with.
pub(super) fn set_checksum(headers: &mut HeaderMap, object: &Object) {
    if let Some(checksum) = &object.metadata.checksum {
        set(headers, HeaderName::from_static(checksum.header()), checksum.value());
        set(headers, HeaderName::from_static("x-amz-checksum-type"), "FULL_OBJECT");
    }
}

fn represent(object: &Object, status: StatusCode, body: Bytes, modified: &str) -> Response<Bytes> {
    let length = body.len();
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let metadata = &object.metadata;
    let headers = response.headers_mut();
    set(headers, header::ETAG, &object.etag);
    set(headers, header::LAST_MODIFIED, modified);
    set(headers, header::ACCEPT_RANGES, "bytes");
    if let Some(id) = &object.version_id {
        set(headers, HeaderName::from_static("x-amz-version-id"), id);
    }
    if let Some(cache_control) = &metadata.cache_control {
        set(headers, header::CACHE_CONTROL, cache_control);
    }
    if let Some(redirect) = &metadata.redirect {
        set(headers, HeaderName::from_static("x-amz-website-redirect-location"), redirect);
    }
    for (name, value) in &metadata.user {
        if let Ok(name) = HeaderName::try_from(format!("x-amz-meta-{name}")) {
            set(headers, name, value);
        }
    }
    if status == StatusCode::NOT_MODIFIED {
        return response;
    }
    set(headers, header::CONTENT_TYPE, metadata.content_type.as_deref().unwrap_or("binary/octet-stream"));
    if let Some(encoding) = &metadata.content_encoding {
        set(headers, header::CONTENT_ENCODING, encoding);
    }
    headers.insert(CONTENT_LENGTH, HeaderValue::from(length));
    response
}

pub(super) fn error_response(error: S3Error, resource: &str, request_id: &str) -> Response<Bytes> {
    let document = Bytes::from(error.document(resource, request_id));
    let length = document.len();
    let mut response = Response::new(document);
    *response.status_mut() = error.status();
    set(response.headers_mut(), header::CONTENT_TYPE, "application/xml");
    response.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(length));
    response
}

pub(super) fn stamp(response: &mut Response<Bytes>, request_id: &str, bucket: &Bucket) {
    let now = httpdate::fmt_http_date(bucket.settings().clock.now());
    let headers = response.headers_mut();
    set(headers, HeaderName::from_static("x-amz-request-id"), request_id);
    set(headers, HeaderName::from_static("x-amz-id-2"), "local-bucket");
    set(headers, header::SERVER, "AmazonS3");
    set(headers, header::DATE, &now);
}

/// What was put with a control character in it is left out rather than sent.
pub(super) fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

fn header_bytes(headers: &HeaderMap) -> usize {
    headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum()
}

pub(super) fn decode_key(path: &str) -> Result<String, S3Error> {
    let raw = path.strip_prefix('/').unwrap_or(path);
    percent_decode_str(raw).decode_utf8().map(Into::into).map_err(|_| S3Error::InvalidUri)
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::*;
    use crate::bucket::{BucketSettings, ObjectMetadata, ReadGrant};

    fn ask(bucket: &Bucket, method: Method, path: &str, headers: &[(&str, &str)]) -> Response<Bytes> {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        bucket.answer(&request.body(()).unwrap().into_parts().0)
    }

    fn filled() -> Bucket {
        let bucket = Bucket::new();
        let user = [("cache-tag".to_owned(), "guide".to_owned())].into();
        let metadata = ObjectMetadata { content_type: Some("text/plain".into()), user, ..Default::default() };
        bucket.put("a b/ö.txt", "0123456789", metadata);
        bucket
    }

    #[test]
    fn get_and_head_tell_the_same() {
        let bucket = filled();
        let got = ask(&bucket, Method::GET, "/a%20b/%C3%B6.txt", &[]);
        assert_eq!((got.status(), &got.body()[..]), (StatusCode::OK, &b"0123456789"[..]));
        assert_eq!(got.headers()["x-amz-meta-cache-tag"], "guide");
        let head = ask(&bucket, Method::HEAD, "/a%20b/%C3%B6.txt", &[]);
        assert!(head.body().is_empty());
        for name in ["etag", "last-modified", "content-type", "content-length", "accept-ranges"] {
            assert_eq!(head.headers()[name], got.headers()[name], "{name}");
        }
        assert_eq!(bucket.answered(), 2);
    }

    #[test]
    fn a_missing_key_is_denied_unless_listing_is_granted() {
        let denied = ask(&filled(), Method::GET, "/none", &[]);
        assert_eq!(denied.status(), StatusCode::FORBIDDEN);
        assert!(std::str::from_utf8(denied.body()).unwrap().contains("<Code>AccessDenied</Code>"));
        let grant = ReadGrant { list: true, ..ReadGrant::default() };
        let open = Bucket::with_settings(BucketSettings { grant, ..Default::default() });
        let missing = ask(&open, Method::GET, "/none", &[]);
        assert_eq!(missing.status(), StatusCode::NOT_FOUND);
        assert!(std::str::from_utf8(missing.body()).unwrap().contains("<Code>NoSuchKey</Code>"));
    }

    #[test]
    fn what_is_not_granted_cannot_be_read() {
        let grant = ReadGrant { prefix: Some("site/".into()), list: true };
        let bucket = Bucket::with_settings(BucketSettings { grant, ..Default::default() });
        bucket.put("site/a", "a", ObjectMetadata::default());
        bucket.put(".parapet/a", "a", ObjectMetadata::default());
        let status = |path| ask(&bucket, Method::GET, path, &[]).status().as_u16();
        assert_eq!((status("/site/a"), status("/site/b"), status("/.parapet/a")), (200, 404, 403));
        let grant = ReadGrant { prefix: None, list: false };
        let closed = Bucket::with_settings(BucketSettings { grant, ..Default::default() });
        closed.put("a", "a", ObjectMetadata::default());
        assert_eq!(ask(&closed, Method::GET, "/a", &[]).status(), StatusCode::FORBIDDEN);
    }

    #[test]
    fn ranges_and_conditions() {
        let bucket = filled();
        let path = "/a%20b/%C3%B6.txt";
        let part = ask(&bucket, Method::GET, path, &[("range", "bytes=2-4")]);
        assert_eq!((part.status(), &part.body()[..]), (StatusCode::PARTIAL_CONTENT, &b"234"[..]));
        assert_eq!(part.headers()["content-range"], "bytes 2-4/10");
        let past = ask(&bucket, Method::GET, path, &[("range", "bytes=10-")]);
        assert_eq!(past.status(), StatusCode::RANGE_NOT_SATISFIABLE);
        let stale = ask(&bucket, Method::GET, path, &[("range", "bytes=2-4"), ("if-range", "\"x\"")]);
        assert_eq!(stale.status(), StatusCode::OK);
        let etag = part.headers()["etag"].to_str().unwrap().to_owned();
        let same = ask(&bucket, Method::GET, path, &[("if-none-match", &etag)]);
        assert_eq!((same.status(), same.body().len()), (StatusCode::NOT_MODIFIED, 0));
        let other = ask(&bucket, Method::GET, path, &[("if-match", "\"x\"")]);
        assert_eq!(other.status(), StatusCode::PRECONDITION_FAILED);
    }

    #[test]
    fn the_header_section_ends_at_8192_bytes() {
        let bucket = filled();
        let fill = |length: usize| {
            ask(&bucket, Method::GET, "/a%20b/%C3%B6.txt", &[("x", &"v".repeat(length))]).status()
        };
        assert_eq!(fill(MAX_HEADER_BYTES - 5), StatusCode::OK);
        assert_eq!(fill(MAX_HEADER_BYTES - 4), StatusCode::BAD_REQUEST);
    }

    #[test]
    fn only_reading_is_granted() {
        let status = |method| ask(&filled(), method, "/x", &[]).status();
        assert_eq!(status(Method::PUT), StatusCode::FORBIDDEN);
        assert_eq!(status(Method::POST), StatusCode::METHOD_NOT_ALLOWED);
        assert_eq!(ask(&filled(), Method::GET, "/%ff", &[]).status(), StatusCode::BAD_REQUEST);
    }
}
