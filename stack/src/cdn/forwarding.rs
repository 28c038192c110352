//! What of a viewer's request goes on: into the cache key, and to the origin. Everything in the key reaches the origin
//! too; an origin request policy adds to that.

use std::net::SocketAddr;

use http::{HeaderMap, HeaderName, HeaderValue, Method, Version, header};

use super::{behavior::Behavior, encoding::Accepted, selection::Selection};

/// What CloudFront knows about a viewer beside the request's own headers.
#[derive(Clone, Debug)]
pub(super) struct ViewerFacts {
    pub(super) peer: SocketAddr,
    pub(super) version: Version,
    pub(super) request_id: String,
    pub(super) via: String,
}

/// Headers that CloudFront sends on by itself, because the request would not be the same without them.
const ALWAYS: [HeaderName; 12] = [
    header::CACHE_CONTROL,
    header::CONTENT_ENCODING,
    header::CONTENT_LANGUAGE,
    header::CONTENT_TYPE,
    header::DATE,
    header::IF_MATCH,
    header::IF_MODIFIED_SINCE,
    header::IF_NONE_MATCH,
    header::IF_RANGE,
    header::IF_UNMODIFIED_SINCE,
    header::ORIGIN,
    header::RANGE,
];
/// Conditions and ranges of a viewer are answered from the cache; the cache itself asks for the whole object.
pub(super) const ANSWERED_BY_THE_CACHE: [HeaderName; 6] = [
    header::IF_MATCH,
    header::IF_MODIFIED_SINCE,
    header::IF_NONE_MATCH,
    header::IF_RANGE,
    header::IF_UNMODIFIED_SINCE,
    header::RANGE,
];
/// Headers of one connection (RFC 9110 section 7.6.1), and those that are rebuilt for the next one.
pub(super) const HOP_BY_HOP: [&str; 11] = [
    "connection",
    "content-length",
    "expect",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// The headers of the request to the origin.
pub(super) fn origin_headers(
    viewer: &HeaderMap,
    method: &Method,
    behavior: &Behavior,
    accepted: Accepted,
    facts: &ViewerFacts,
) -> HeaderMap {
    let (keyed, policy) = (&behavior.cache_policy, &behavior.origin_request_policy);
    let mut headers = HeaderMap::new();
    for (name, value) in viewer {
        let text = name.as_str();
        let rebuilt = HOP_BY_HOP.contains(&text)
            || [header::COOKIE, header::VIA].contains(name)
            || text.starts_with("x-amz-cf-")
            || text == "x-forwarded-for"
            || (*name == header::ACCEPT_ENCODING && (keyed.gzip || keyed.brotli))
            || added(text, facts).is_some();
        // CloudFront removes Authorization from requests that read, unless a policy asks for it.
        let writes = !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS);
        let by_itself = ALWAYS.contains(name) || (*name == header::AUTHORIZATION && writes);
        if !rebuilt
            && (by_itself || keyed.headers.contains_header(text) || policy.headers.contains_header(text))
        {
            headers.append(name.clone(), value.clone());
        }
    }
    for name in policy.added.iter().chain(keyed.headers.listed()) {
        let Ok(name) = HeaderName::try_from(name.as_str()) else { continue };
        if let Some(value) = added(name.as_str(), facts).and_then(|value| HeaderValue::try_from(value).ok()) {
            headers.insert(name, value);
        }
    }
    let cookies = cookies(viewer, |name| keyed.cookies.contains(name) || policy.cookies.contains(name));
    insert(&mut headers, header::COOKIE, &cookies);
    headers.entry(header::USER_AGENT).or_insert(HeaderValue::from_static("Amazon CloudFront"));
    if let Some(encoding) = accepted.header() {
        headers.insert(header::ACCEPT_ENCODING, encoding);
    }
    let mut route = texts(viewer, "x-forwarded-for");
    route.push(facts.peer.ip().to_string());
    insert(&mut headers, HeaderName::from_static("x-forwarded-for"), &route.join(", "));
    insert(&mut headers, header::VIA, &facts.via);
    insert(&mut headers, HeaderName::from_static("x-amz-cf-id"), &facts.request_id);
    headers
}

/// The query string that a selection leaves, pairs in their order and spelling.
pub(super) fn query(raw: &str, chosen: impl Fn(&str) -> bool) -> String {
    let pairs = raw.split('&').filter(|pair| chosen(pair.split('=').next().unwrap_or_default()));
    pairs.collect::<Vec<_>>().join("&")
}

/// The cookies that a selection leaves, in their order; several headers (RFC 9113 section 8.2.3) become one.
pub(super) fn cookies(viewer: &HeaderMap, chosen: impl Fn(&str) -> bool) -> String {
    let values = texts(viewer, "cookie");
    let pairs =
        values.iter().flat_map(|value| value.split(';')).map(str::trim).filter(|pair| !pair.is_empty());
    pairs.filter(|pair| chosen(pair.split('=').next().unwrap_or_default())).collect::<Vec<_>>().join("; ")
}

/// The headers that a cache policy lists, as the key holds them.
pub(super) fn keyed_headers(
    viewer: &HeaderMap,
    selection: &Selection,
    facts: &ViewerFacts,
) -> Vec<(String, String)> {
    let keyed = selection.listed().iter().map(|name| {
        let name = name.to_ascii_lowercase();
        let value = added(&name, facts).unwrap_or_else(|| texts(viewer, &name).join(", "));
        (name, value)
    });
    keyed.collect()
}

/// Headers that CloudFront itself knows the value of.
fn added(name: &str, facts: &ViewerFacts) -> Option<String> {
    match name.to_ascii_lowercase().as_str() {
        "cloudfront-viewer-address" => Some(facts.peer.to_string()),
        "cloudfront-viewer-http-version" => Some(http_version(facts.version).to_owned()),
        "cloudfront-forwarded-proto" => Some("http".to_owned()),
        _ => None,
    }
}

pub(super) fn http_version(version: Version) -> &'static str {
    match version {
        Version::HTTP_2 => "2.0",
        Version::HTTP_10 => "1.0",
        _ => "1.1",
    }
}

/// A header's value as text: UTF-8, or byte for byte as Latin-1.
pub(super) fn text(value: &HeaderValue) -> String {
    match std::str::from_utf8(value.as_bytes()) {
        Ok(text) => text.to_owned(),
        Err(_) => value.as_bytes().iter().map(|byte| char::from(*byte)).collect(),
    }
}

fn texts(headers: &HeaderMap, name: &str) -> Vec<String> {
    headers.get_all(name).iter().map(text).collect()
}

fn insert(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value)
        && !value.is_empty()
    {
        headers.insert(name, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cookies_and_queries_keep_their_order_and_spelling() {
        let viewer = [("cookie", "a=1; b=\"2\""), ("cookie", "c=3=; ;a=4")]
            .map(|(n, v)| (n.parse().unwrap(), v.parse().unwrap()));
        let mut headers = HeaderMap::new();
        for (name, value) in viewer {
            headers.append::<HeaderName>(name, value);
        }
        assert_eq!(cookies(&headers, |_| true), "a=1; b=\"2\"; c=3=; a=4");
        assert_eq!(cookies(&headers, |name| name == "a"), "a=1; a=4");
        assert_eq!(query("b=2&a=%20&b&c", |name| name != "a"), "b=2&b&c");
        assert_eq!(query("", |_| true), "");
    }
}
