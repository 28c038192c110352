//! The type of a file, from its name and where that is not enough from its bytes.

use super::inspection::Inspection;

/// What the table of types does not know, or knows under a name that browsers no longer use.
const TYPES: [(&str, &str); 13] = [
    ("mjs", "text/javascript"),
    ("cjs", "text/javascript"),
    ("map", "application/json"),
    ("webmanifest", "application/manifest+json"),
    ("avif", "image/avif"),
    ("jxl", "image/jxl"),
    ("wasm", "application/wasm"),
    ("ico", "image/x-icon"),
    ("m3u8", "application/vnd.apple.mpegurl"),
    ("opus", "audio/ogg"),
    ("geojson", "application/geo+json"),
    ("jsonld", "application/ld+json"),
    ("glb", "model/gltf-binary"),
];
/// Files without an extension whose type somebody's software insists on.
const NAMES: [(&str, &str); 2] =
    [("apple-app-site-association", "application/json"), ("assetlinks.json", "application/json")];
/// What is stored compressed for browsers under a second extension. Any other `.gz` is an archive to download.
const STORED_COMPRESSED: [&str; 16] = [
    "html",
    "htm",
    "css",
    "js",
    "mjs",
    "map",
    "wasm",
    "json",
    "svg",
    "xml",
    "txt",
    "ttf",
    "data",
    "symbols",
    "webmanifest",
    "glb",
];

/// A file's type, and the encoding that its bytes have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ContentType {
    pub(super) media: String,
    pub(super) encoding: Option<String>,
}

impl ContentType {
    /// The type of the file with this key.
    pub(super) fn of(key: &str, inspection: &Inspection) -> ContentType {
        let name = key.rsplit('/').next().unwrap_or(key);
        let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
        let extension = extension.to_ascii_lowercase();
        let inner = stem.rsplit_once('.').map(|(_, inner)| inner.to_ascii_lowercase());
        let is_stored = inner.is_some_and(|inner| STORED_COMPRESSED.contains(&inner.as_str()));
        let (media, encoding) = match extension.as_str() {
            "svgz" => ("image/svg+xml".to_owned(), inspection.is_gzip.then_some("gzip")),
            "gz" if is_stored && inspection.is_gzip => (without_charset(stem, inspection), Some("gzip")),
            "br" if is_stored => (without_charset(stem, inspection), Some("br")),
            _ => (media(name, &extension, inspection), None),
        };
        ContentType { media, encoding: encoding.map(str::to_owned) }
    }
}

/// Of compressed bytes nothing is known but that they are UTF-8 nearly always: text says so.
fn without_charset(stem: &str, inspection: &Inspection) -> String {
    let extension = stem.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    media(stem, &extension, &Inspection { is_utf8: true, declared: None, ..inspection.clone() })
}

fn media(name: &str, extension: &str, inspection: &Inspection) -> String {
    let named = NAMES.iter().find(|(known, _)| *known == name).map(|(_, media)| *media);
    let known = TYPES.iter().find(|(known, _)| *known == extension).map(|(_, media)| *media);
    let media = match (named.or(known), extension) {
        (Some(media), _) => media.to_owned(),
        (None, "ts" | "mts") if inspection.is_transport_stream => "video/mp2t".to_owned(),
        (None, "ts" | "mts" | "tsx" | "cts") => "text/plain".to_owned(),
        (None, "") if inspection.is_json => "application/json".to_owned(),
        (None, _) => mime_guess::from_path(name).first_or_octet_stream().essence_str().to_owned(),
    };
    with_charset(media, inspection)
}

/// Text says its encoding: the one that it declares where its bytes are no UTF-8. XML and SVG declare their own, of JSON
/// UTF-8 is the rule.
fn with_charset(media: String, inspection: &Inspection) -> String {
    if !media.starts_with("text/") {
        return media;
    }
    match &inspection.declared {
        _ if inspection.is_utf8 => format!("{media}; charset=utf-8"),
        Some(declared) if declared != "utf-8" && declared != "utf8" => format!("{media}; charset={declared}"),
        // A browser's own guess is better than a wrong word.
        _ => media,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(key: &str, bytes: &[u8]) -> (String, Option<String>) {
        let ContentType { media, encoding } = ContentType::of(key, &Inspection::of_bytes(bytes));
        (media, encoding)
    }

    #[test]
    fn types_are_those_that_browsers_want() {
        for (key, expected) in [
            ("index.html", "text/html; charset=utf-8"),
            ("a.css", "text/css; charset=utf-8"),
            ("a.js", "text/javascript; charset=utf-8"),
            ("a.mjs", "text/javascript; charset=utf-8"),
            ("a.JS.map", "application/json"),
            ("a.json", "application/json"),
            ("site.webmanifest", "application/manifest+json"),
            ("a_bg.wasm", "application/wasm"),
            ("a.svg", "image/svg+xml"),
            ("a.woff2", "font/woff2"),
            ("a.xml", "text/xml; charset=utf-8"),
            ("robots.txt", "text/plain; charset=utf-8"),
            ("favicon.ico", "image/x-icon"),
            ("a.pdf", "application/pdf"),
            ("live.m3u8", "application/vnd.apple.mpegurl"),
            ("main.ts", "text/plain; charset=utf-8"),
            ("CNAME", "application/octet-stream"),
        ] {
            assert_eq!(of(key, b"x"), (expected.to_owned(), None), "{key}");
        }
    }

    #[test]
    fn a_transport_stream_is_a_video() {
        let mut stream = vec![0; 400];
        (stream[0], stream[188], stream[376]) = (0x47, 0x47, 0x47);
        assert_eq!(of("live/1.ts", &stream).0, "video/mp2t");
    }

    #[test]
    fn what_is_stored_compressed_says_so() {
        let gzip = b"\x1f\x8b\x08";
        let encoded = |media: &str, coding: &str| (media.to_owned(), Some(coding.to_owned()));
        assert_eq!(of("app.wasm.gz", gzip), encoded("application/wasm", "gzip"));
        assert_eq!(of("app.js.gz", gzip), encoded("text/javascript; charset=utf-8", "gzip"));
        assert_eq!(of("app.js.br", b"\x0b"), encoded("text/javascript; charset=utf-8", "br"));
        assert_eq!(of("logo.svgz", gzip), encoded("image/svg+xml", "gzip"));
        assert_eq!(of("logo.svgz", b"<svg/>"), ("image/svg+xml".to_owned(), None));
        assert_eq!(of("release.tar.gz", gzip), ("application/gzip".to_owned(), None));
        assert_eq!(of("dump.gz", gzip), ("application/gzip".to_owned(), None));
    }

    #[test]
    fn older_encodings_keep_their_names() {
        let page = b"<meta charset=iso-8859-1><p>caf\xe9";
        assert_eq!(of("a.html", page).0, "text/html; charset=iso-8859-1");
        assert_eq!(of("a.html", b"<p>caf\xe9").0, "text/html");
        let feed = b"<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><rss>\xe9</rss>";
        assert_eq!(of("feed.xml", feed).0, "text/xml; charset=iso-8859-1");
        assert_eq!(of("feed.rss", feed).0, "application/rss+xml");
    }

    #[test]
    fn names_that_software_insists_on_have_their_types() {
        assert_eq!(of(".well-known/apple-app-site-association", b"{}").0, "application/json");
        assert_eq!(of(".well-known/openid-configuration", b"{\"issuer\": 1}").0, "application/json");
    }
}
