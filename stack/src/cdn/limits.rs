//! What CloudFront refuses before it looks at a distribution's behaviors.

use http::{HeaderMap, Method, header, request::Parts};

use super::refusal::Refusal;

/// Characters of the URL: path and query.
const MAX_URL: usize = 8_192;
/// Bytes of the header section, each header counted as `name: value` with its line end.
const MAX_HEADERS: usize = 20_480;
/// Bytes of a request body.
const MAX_BODY: u64 = 20_000_000_000;

/// Checks sizes and form. `has_body` says whether a body, even of unknown length, comes with the request.
pub(super) fn check(parts: &Parts, has_body: bool) -> Result<(), Refusal> {
    let url = parts.uri.path_and_query().map_or(0, |target| target.as_str().len());
    if url > MAX_URL {
        return Err(Refusal::UrlTooLong(url));
    }
    let section = header_bytes(&parts.headers);
    if section > MAX_HEADERS {
        return Err(Refusal::HeadersTooLarge(section));
    }
    let declared =
        parts.headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    match declared {
        Some(length) if length > MAX_BODY => Err(Refusal::BodyTooLarge(length)),
        _ if has_body && matches!(parts.method, Method::GET | Method::HEAD) => Err(Refusal::BodyOnRead),
        _ => Ok(()),
    }
}

fn header_bytes(headers: &HeaderMap) -> usize {
    headers.iter().map(|(name, value)| name.as_str().len() + value.len() + ": \r\n".len()).sum()
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::*;

    fn status(uri: &str, headers: &[(&str, &str)]) -> Option<u16> {
        let mut request = Request::builder().uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let parts = request.body(()).unwrap().into_parts().0;
        check(&parts, false).err().map(|refusal| refusal.status().as_u16())
    }

    #[test]
    fn just_enough_and_just_too_much() {
        assert_eq!(status(&format!("/{}", "a".repeat(MAX_URL - 1)), &[]), None);
        assert_eq!(status(&format!("/{}", "a".repeat(MAX_URL)), &[]), Some(414));
        assert_eq!(status("/", &[("x", &"v".repeat(MAX_HEADERS - 5))]), None);
        assert_eq!(status("/", &[("x", &"v".repeat(MAX_HEADERS - 4))]), Some(494));
        assert_eq!(status("/", &[("content-length", "20000000000")]), None);
        assert_eq!(status("/", &[("content-length", "20000000001")]), Some(413));
    }

    #[test]
    fn reading_has_no_body() {
        let parts = |method: &str| Request::builder().method(method).body(()).unwrap().into_parts().0;
        assert_eq!(check(&parts("GET"), true).unwrap_err().status(), 403);
        assert!(check(&parts("POST"), true).is_ok() && check(&parts("GET"), false).is_ok());
    }
}
