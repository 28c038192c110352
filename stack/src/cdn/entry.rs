//! One answer in the cache, and what a viewer gets of it.

use std::time::{Duration, SystemTime};

use axum::body::Body;
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};

use super::freshness::number;
use crate::bucket::{Selected, Verdict, evaluate, if_range_holds, select};

/// A complete answer of an origin, compressed or not.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    /// The origin's own entity tag, before compression weakened it: the one to revalidate with.
    pub(super) origin_etag: Option<HeaderValue>,
    pub(super) received: SystemTime,
    pub(super) fresh_for: Duration,
}

impl Entry {
    pub(super) fn is_fresh(&self, now: SystemTime) -> bool {
        now.duration_since(self.received).is_ok_and(|age| age < self.fresh_for)
    }

    /// Whether the origin can be asked if it is still current.
    pub(super) fn has_validator(&self) -> bool {
        self.origin_etag.is_some() || self.headers.contains_key(header::LAST_MODIFIED)
    }

    /// Makes a request to the origin conditional on this entry.
    pub(super) fn condition(&self, request: &mut HeaderMap) {
        if let Some(etag) = &self.origin_etag {
            request.insert(header::IF_NONE_MATCH, etag.clone());
        }
        if let Some(modified) = self.headers.get(header::LAST_MODIFIED) {
            request.insert(header::IF_MODIFIED_SINCE, modified.clone());
        }
    }

    /// The same answer after the origin has said 304: its headers are news, the body is not (RFC 9111 section 4.3.4).
    pub(super) fn renewed(&self, news: &HeaderMap, now: SystemTime, fresh_for: Duration) -> Self {
        let mut entry = Self { received: now, fresh_for, ..self.clone() };
        entry.headers.remove(header::AGE);
        for name in news.keys() {
            // The entity tag and the length describe the stored bytes, which may be compressed.
            if [header::ETAG, header::CONTENT_LENGTH, header::CONTENT_ENCODING, header::VARY].contains(name) {
                continue;
            }
            entry.headers.remove(name);
            for value in news.get_all(name) {
                entry.headers.append(name.clone(), value.clone());
            }
        }
        entry
    }

    /// The answer for one viewer: conditions, one range, and nothing but headers for HEAD. `age` is shown where the
    /// answer was in the cache before the request came.
    pub(super) fn answer(
        &self,
        method: &Method,
        request: &HeaderMap,
        age: Option<SystemTime>,
    ) -> Response<Body> {
        let mut headers = self.headers.clone();
        if let Some(now) = age {
            let here = now.duration_since(self.received).unwrap_or_default().as_secs();
            let before = number(&self.headers, &header::AGE).unwrap_or(0);
            headers.insert(header::AGE, HeaderValue::from(here.saturating_add(before)));
        }
        if self.status != StatusCode::OK {
            return assemble(self.status, headers, self.body.clone(), method);
        }
        let etag = self.text(&header::ETAG);
        let modified = self.text(&header::LAST_MODIFIED);
        let modified_at = modified.and_then(|date| httpdate::parse_http_date(date).ok());
        match evaluate(request, etag, modified_at) {
            Verdict::NotModified => {
                for name in [header::CONTENT_LENGTH, header::CONTENT_ENCODING, header::CONTENT_TYPE] {
                    headers.remove(name);
                }
                return assemble(StatusCode::NOT_MODIFIED, headers, Bytes::new(), method);
            }
            Verdict::PreconditionFailed => {
                return assemble(StatusCode::PRECONDITION_FAILED, plain(headers), Bytes::new(), method);
            }
            Verdict::Proceed => {}
        }
        let length = self.body.len();
        let selected = match *method == Method::GET && if_range_holds(request, etag, modified) {
            true => select(request, length as u64),
            false => Selected::Whole,
        };
        match selected {
            Selected::Whole => assemble(self.status, headers, self.body.clone(), method),
            Selected::Unsatisfiable => {
                let mut headers = plain(headers);
                set(&mut headers, header::CONTENT_RANGE, format!("bytes */{length}"));
                assemble(StatusCode::RANGE_NOT_SATISFIABLE, headers, Bytes::new(), method)
            }
            Selected::Part { first, last } => {
                // Both ends are inside the body, whose length is a usize.
                let body = self.body.slice(first as usize..=last as usize);
                set(&mut headers, header::CONTENT_RANGE, format!("bytes {first}-{last}/{length}"));
                assemble(StatusCode::PARTIAL_CONTENT, headers, body, method)
            }
        }
    }

    /// Bytes it takes in memory, about.
    pub(super) fn size(&self) -> usize {
        let headers: usize = self.headers.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
        self.body.len() + headers
    }

    /// The cache tags that a header field lists, in lower case.
    pub(super) fn tags(&self, name: Option<&header::HeaderName>) -> Vec<String> {
        let values = name.into_iter().flat_map(|name| self.headers.get_all(name));
        let listed = values.filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
        listed.map(|tag| tag.trim().to_ascii_lowercase()).filter(|tag| !tag.is_empty()).collect()
    }

    fn text(&self, name: &header::HeaderName) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }
}

/// Headers of an answer that does not carry the object.
fn plain(mut headers: HeaderMap) -> HeaderMap {
    for name in [header::CONTENT_TYPE, header::CONTENT_ENCODING, header::ETAG, header::LAST_MODIFIED] {
        headers.remove(name);
    }
    headers
}

fn set(headers: &mut HeaderMap, name: header::HeaderName, value: String) {
    if let Ok(value) = HeaderValue::try_from(value) {
        headers.insert(name, value);
    }
}

fn assemble(status: StatusCode, mut headers: HeaderMap, body: Bytes, method: &Method) -> Response<Body> {
    if !matches!(status, StatusCode::NOT_MODIFIED | StatusCode::NO_CONTENT) {
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    }
    let body = if *method == Method::HEAD { Body::empty() } else { Body::from(body) };
    let mut response = Response::new(body);
    *response.status_mut() = status;
    *response.headers_mut() = headers;
    response
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::*;

    fn entry() -> Entry {
        let pairs =
            [("etag", "W/\"a\""), ("content-encoding", "br"), ("age", "5"), ("cache-control", "max-age=9")];
        Entry {
            status: StatusCode::OK,
            headers: pairs.into_iter().map(|(n, v)| (n.parse().unwrap(), v.parse().unwrap())).collect(),
            body: Bytes::from_static(b"0123456789"),
            origin_etag: Some(HeaderValue::from_static("\"a\"")),
            received: UNIX_EPOCH,
            fresh_for: Duration::from_secs(9),
        }
    }

    fn answer(pairs: &[(&'static str, &str)]) -> Response<Body> {
        let request = pairs.iter().map(|(n, v)| (n.parse().unwrap(), v.parse().unwrap())).collect();
        entry().answer(&Method::GET, &request, Some(UNIX_EPOCH + Duration::from_secs(3)))
    }

    #[test]
    fn freshness_ends_at_the_very_second() {
        assert!(entry().is_fresh(UNIX_EPOCH + Duration::from_millis(8_999)));
        assert!(!entry().is_fresh(UNIX_EPOCH + Duration::from_secs(9)));
        assert!(!entry().is_fresh(UNIX_EPOCH - Duration::from_secs(1)));
    }

    #[test]
    fn age_adds_up_and_conditions_are_answered() {
        assert_eq!(answer(&[]).headers()["age"], "8");
        let unchanged = answer(&[("if-none-match", "\"a\"")]);
        assert_eq!(unchanged.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(unchanged.headers()["etag"], "W/\"a\"");
        assert_eq!(answer(&[("if-match", "W/\"a\"")]).status(), StatusCode::PRECONDITION_FAILED);
        let part = answer(&[("range", "bytes=-2")]);
        assert_eq!(
            (part.status(), &part.headers()["content-range"]),
            (StatusCode::PARTIAL_CONTENT, &HeaderValue::from_static("bytes 8-9/10"))
        );
        assert_eq!(answer(&[("range", "bytes=10-")]).headers()["content-range"], "bytes */10");
    }

    #[test]
    fn renewal_takes_the_news_and_keeps_the_bytes() {
        let news = [("cache-control", "max-age=60"), ("etag", "\"a\""), ("content-length", "0")]
            .map(|(n, v)| (n.parse().unwrap(), v.parse().unwrap()));
        let renewed = entry().renewed(&news.into_iter().collect(), UNIX_EPOCH, Duration::from_secs(60));
        assert_eq!(renewed.headers["cache-control"], "max-age=60");
        assert_eq!(renewed.headers["etag"], "W/\"a\"");
        assert!(!renewed.headers.contains_key("age"));
        let mut request = HeaderMap::new();
        renewed.condition(&mut request);
        assert_eq!(request["if-none-match"], "\"a\"");
    }
}
