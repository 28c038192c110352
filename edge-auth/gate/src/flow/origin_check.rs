//! Whether a request that changes something comes from this site (security case 58).
//!
//! Cookies with SameSite=Lax stay away from most cross-site requests; this check does not rely on it. Fetch
//! Metadata decides where the browser sends it, else the Origin header (RFC 6454 section 7). A client that sends
//! neither is no browser, and no other site can make it act.

use crate::host::Host;
use crate::request::Request;

/// Whether another site is behind the request.
pub(super) fn is_cross_site(request: &Request<'_>, host: &Host) -> bool {
    let headers = &request.headers;
    if headers.has("sec-fetch-site") {
        return !matches!(headers.single("sec-fetch-site"), Some("same-origin" | "none"));
    }
    headers.has("origin") && headers.single("origin") != Some(host.url("").as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::request::{Header, Headers};

    fn cross(headers: &[(&'static str, &'static str)]) -> bool {
        let lines = headers
            .iter()
            .map(|(name, value)| Header { name: (*name).into(), key: None, value: (*value).into() })
            .collect();
        let request = Request {
            id: "".into(),
            method: "POST".into(),
            uri: "/".into(),
            querystring: "".into(),
            client_ip: "".into(),
            headers: Headers::new(lines),
            body: None,
        };
        is_cross_site(&request, &Host::parse("cms.example.com").unwrap())
    }

    #[test]
    fn fetch_metadata_decides_before_origin() {
        assert!(!cross(&[("sec-fetch-site", "same-origin")]));
        assert!(!cross(&[("sec-fetch-site", "none")]));
        assert!(cross(&[("sec-fetch-site", "cross-site"), ("origin", "https://cms.example.com")]));
        assert!(cross(&[("sec-fetch-site", "same-site")]));
        assert!(cross(&[("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site")]));
    }

    #[test]
    fn without_it_the_origin_must_be_ours() {
        assert!(!cross(&[]));
        assert!(!cross(&[("origin", "https://cms.example.com")]));
        for origin in
            ["null", "https://evil.example", "http://cms.example.com", "https://cms.example.com.evil"]
        {
            assert!(cross(&[("origin", origin)]), "{origin}");
        }
    }
}
