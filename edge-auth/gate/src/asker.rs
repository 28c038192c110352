//! Asker: a navigation, a frame, or a program that could not use a redirect to a sign-in page.
//!
//! Browsers say so in Fetch Metadata (<https://www.w3.org/TR/fetch-metadata/>); for others the Accept header
//! and the path's extension tell.

use crate::path::RequestPath;
use crate::request::Request;

/// Kind of client, by Fetch Metadata, Accept and the path's extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asker {
    /// A person opens a page; a redirect to the sign-in page helps.
    Navigation,
    /// A page inside another page, where the sign-in page refuses to be shown.
    Frame,
    /// A script, an image, a style sheet, a prefetch: a redirect would only confuse it.
    Program,
}

impl Asker {
    /// Reads who asks from the request's header fields.
    #[must_use]
    pub fn of(request: &Request<'_>, path: &RequestPath<'_>) -> Asker {
        let headers = &request.headers;
        if is_prefetch(request) {
            return Asker::Program;
        }
        // A service worker's fetch of a page that a person opens is a navigation with an empty destination.
        let navigates = headers.single("sec-fetch-mode").map(|mode| mode == "navigate");
        match (navigates, headers.single("sec-fetch-dest")) {
            (_, Some("iframe" | "frame" | "embed" | "object")) => return Asker::Frame,
            (Some(true), _) | (None, Some("document")) => return Asker::Navigation,
            (Some(false), _) | (None, Some(_)) => return Asker::Program,
            (None, None) => {}
        }
        if headers.single("x-requested-with").is_some_and(|by| by.eq_ignore_ascii_case("XMLHttpRequest")) {
            return Asker::Program;
        }
        let mut names_nothing = true;
        for media_type in headers.all("accept").flat_map(|value| value.split(',')).map(media_type) {
            match media_type {
                "text/html" | "application/xhtml+xml" => return Asker::Navigation,
                "*/*" => {}
                // An image or a style sheet is asked for like this: `image/webp,*/*;q=0.8`.
                _ => names_nothing = false,
            }
        }
        let is_asset = path.extension().is_some_and(|extension| !is_page_extension(extension));
        if names_nothing && !is_asset { Asker::Navigation } else { Asker::Program }
    }
}

/// Whether the Accept header rather asks for HTML than for data (RFC 9110 section 12.5.1).
#[must_use]
pub fn prefers_html(request: &Request<'_>) -> bool {
    let weight_of = |wanted: &[&str]| {
        let entries = request.headers.all("accept").flat_map(|value| value.split(','));
        let weights = entries.filter(|entry| wanted.contains(&media_type(entry))).map(weight);
        weights.fold(0.0, f32::max)
    };
    let html = weight_of(&["text/html", "application/xhtml+xml"]);
    html > 0.0 && html >= weight_of(&["application/json", "application/problem+json"])
}

/// Whether the browser fetches ahead of a click that may never come.
#[must_use]
pub fn is_prefetch(request: &Request<'_>) -> bool {
    ["sec-purpose", "purpose", "x-purpose", "x-moz"]
        .iter()
        .flat_map(|name| request.headers.all(name))
        .any(|value| value.to_ascii_lowercase().contains("prefetch") || value.eq_ignore_ascii_case("preview"))
}

/// Whether the browser loads a part of a page that is open already, such as an image.
#[must_use]
pub fn is_subresource(request: &Request<'_>) -> bool {
    matches!(
        request.headers.single("sec-fetch-dest"),
        Some("image" | "script" | "style" | "font" | "audio" | "video" | "track" | "manifest")
    )
}

/// The weight of an entry (RFC 9110 section 12.4.2).
fn weight(entry: &str) -> f32 {
    let parameters = entry.split(';').skip(1).map(str::trim);
    let written = parameters.into_iter().find_map(|parameter| parameter.strip_prefix("q="));
    written.map_or(1.0, |text| text.parse().unwrap_or(0.0))
}

fn media_type(entry: &str) -> &str {
    entry.split(';').next().unwrap_or_default().trim()
}

fn is_page_extension(extension: &str) -> bool {
    ["html", "htm", "xhtml", "pdf", "txt"].iter().any(|page| extension.eq_ignore_ascii_case(page))
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::request::{Header, Headers};

    fn asker(uri: &'static str, headers: &[(&'static str, &'static str)]) -> Asker {
        let lines = headers
            .iter()
            .map(|(name, value)| Header {
                name: Cow::Borrowed(*name),
                key: None,
                value: Cow::Borrowed(*value),
            })
            .collect();
        let request = Request {
            id: "".into(),
            method: "GET".into(),
            uri: uri.into(),
            querystring: "".into(),
            client_ip: "".into(),
            headers: Headers::new(lines),
            body: None,
        };
        Asker::of(&request, &RequestPath::parse(uri).unwrap())
    }

    #[test]
    fn fetch_metadata_decides_first() {
        assert_eq!(asker("/logo.png", &[("sec-fetch-dest", "document")]), Asker::Navigation);
        assert_eq!(asker("/", &[("sec-fetch-dest", "empty"), ("accept", "text/html")]), Asker::Program);
        for dest in ["empty", "document", "image", "anything"] {
            let headers = [("sec-fetch-mode", "navigate"), ("sec-fetch-dest", dest)];
            assert_eq!(asker("/", &headers), Asker::Navigation, "{dest}");
        }
        assert_eq!(asker("/", &[("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "frame")]), Asker::Frame);
        assert_eq!(asker("/", &[("sec-fetch-dest", "iframe")]), Asker::Frame);
        assert_eq!(asker("/", &[("sec-fetch-mode", "cors")]), Asker::Program);
        assert_eq!(asker("/", &[("sec-fetch-mode", "navigate")]), Asker::Navigation);
    }

    #[test]
    fn a_prefetch_is_no_person() {
        for header in [("sec-purpose", "prefetch;prerender"), ("purpose", "prefetch"), ("x-moz", "prefetch")]
        {
            assert_eq!(asker("/", &[header, ("sec-fetch-dest", "document")]), Asker::Program);
        }
    }

    #[test]
    fn without_fetch_metadata_accept_and_extension_tell() {
        assert_eq!(asker("/", &[]), Asker::Navigation);
        assert_eq!(asker("/guide/a.html", &[("accept", "*/*")]), Asker::Navigation);
        assert_eq!(asker("/favicon.ico", &[("accept", "*/*")]), Asker::Program);
        assert_eq!(asker("/a", &[("accept", "application/json")]), Asker::Program);
        assert_eq!(asker("/a", &[("accept", "image/avif,image/*;q=0.8")]), Asker::Program);
        assert_eq!(asker("/a", &[("accept", "image/webp,*/*;q=0.8")]), Asker::Program);
        assert_eq!(asker("/a.png", &[("accept", "text/html;q=0.9,*/*;q=0.8")]), Asker::Navigation);
        assert_eq!(asker("/a", &[("x-requested-with", "XMLHttpRequest")]), Asker::Program);
    }
}
