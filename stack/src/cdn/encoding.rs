//! `Accept-Encoding` as CloudFront normalises it, and compression at the edge.

use std::io::{self, Write};

use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};
use http::{HeaderMap, HeaderValue, StatusCode, header};

use super::CachePolicy;

/// Sizes that CloudFront compresses, in bytes.
const COMPRESSIBLE: std::ops::RangeInclusive<usize> = 1_000..=10_000_000;
/// Brotli's quality: 5 costs a tenth of 11 and is what an edge can afford while a viewer waits.
const BROTLI_QUALITY: i32 = 5;

/// What a viewer can read, as far as the cache policy looks at it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Accepted {
    pub(super) gzip: bool,
    pub(super) brotli: bool,
}

/// How a body is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coding {
    Brotli,
    Gzip,
}

impl Accepted {
    /// Reads `Accept-Encoding`, RFC 9110 section 12.5.3. A coding with a weight of zero is not accepted.
    pub(super) fn by(headers: &HeaderMap, policy: &CachePolicy) -> Self {
        let mut accepted = Self::default();
        let values = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
        for coding in values.flat_map(|value| value.split(',')) {
            let (name, parameters) = coding.split_once(';').unwrap_or((coding, ""));
            let weight = parameters.trim().strip_prefix("q=").and_then(|q| q.trim().parse::<f32>().ok());
            let wanted = weight.is_none_or(|weight| weight > 0.0);
            match name.trim().to_ascii_lowercase().as_str() {
                "gzip" => accepted.gzip = wanted && policy.gzip,
                "br" => accepted.brotli = wanted && policy.brotli,
                _ => {}
            }
        }
        accepted
    }

    /// The header that goes to the origin in place of the viewer's.
    pub(super) fn header(self) -> Option<HeaderValue> {
        let normalised = match (self.brotli, self.gzip) {
            (true, true) => "br,gzip",
            (true, false) => "br",
            (false, true) => "gzip",
            (false, false) => return None,
        };
        Some(HeaderValue::from_static(normalised))
    }

    /// CloudFront prefers brotli.
    pub(super) fn coding(self) -> Option<Coding> {
        if self.brotli { Some(Coding::Brotli) } else { self.gzip.then_some(Coding::Gzip) }
    }
}

/// Whether CloudFront would compress this answer of an origin.
pub(super) fn compressible(status: StatusCode, headers: &HeaderMap) -> bool {
    let length =
        headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    let content_type =
        headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    matches!(status.as_u16(), 200 | 403 | 404)
        && length.is_some_and(|length| COMPRESSIBLE.contains(&length))
        && !headers.contains_key(header::CONTENT_ENCODING)
        && CONTENT_TYPES.contains(&essence.as_str())
}

impl Coding {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    pub(super) fn compress(self, body: &[u8]) -> io::Result<Bytes> {
        let mut compressed = Vec::with_capacity(body.len() / 3);
        match self {
            Self::Brotli => {
                let parameters =
                    brotli::enc::BrotliEncoderParams { quality: BROTLI_QUALITY, ..Default::default() };
                brotli::BrotliCompress(&mut &body[..], &mut compressed, &parameters)?;
            }
            Self::Gzip => {
                let mut encoder = GzEncoder::new(&mut compressed, Compression::default());
                encoder.write_all(body)?;
                encoder.finish()?;
            }
        }
        Ok(compressed.into())
    }

    /// Says in the headers what was done to the body. A strong entity tag would name other bytes: it becomes weak.
    pub(super) fn mark(self, headers: &mut HeaderMap, length: usize) {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(self.name()));
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
        headers.insert(header::VARY, HeaderValue::from_static("Accept-Encoding"));
        let weak = headers.get(header::ETAG).and_then(|tag| {
            let tag = tag.to_str().ok()?;
            if tag.starts_with("W/") { None } else { HeaderValue::try_from(format!("W/{tag}")).ok() }
        });
        if let Some(weak) = weak {
            headers.insert(header::ETAG, weak);
        }
    }
}

/// From "File types that CloudFront compresses" in its Developer Guide.
const CONTENT_TYPES: &[&str] = &[
    "application/dash+xml",
    "application/eot",
    "application/font",
    "application/font-sfnt",
    "application/javascript",
    "application/json",
    "application/opentype",
    "application/otf",
    "application/pdf",
    "application/pkcs7-mime",
    "application/protobuf",
    "application/rss+xml",
    "application/truetype",
    "application/ttf",
    "application/vnd.apple.mpegurl",
    "application/vnd.mapbox-vector-tile",
    "application/vnd.ms-fontobject",
    "application/wasm",
    "application/xhtml+xml",
    "application/xml",
    "application/x-font-opentype",
    "application/x-font-truetype",
    "application/x-font-ttf",
    "application/x-httpd-cgi",
    "application/x-javascript",
    "application/x-mpegurl",
    "application/x-opentype",
    "application/x-otf",
    "application/x-perl",
    "application/x-ttf",
    "font/eot",
    "font/opentype",
    "font/otf",
    "font/ttf",
    "image/svg+xml",
    "text/css",
    "text/csv",
    "text/html",
    "text/javascript",
    "text/js",
    "text/plain",
    "text/richtext",
    "text/tab-separated-values",
    "text/xml",
    "text/x-component",
    "text/x-java-source",
    "text/x-script",
    "vnd.apple.mpegurl",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn accepted(value: &str) -> Option<HeaderValue> {
        let headers = [(header::ACCEPT_ENCODING, value.parse().unwrap())].into_iter().collect();
        Accepted::by(&headers, &CachePolicy::caching_optimized()).header()
    }

    #[test]
    fn accept_encoding_is_normalised() {
        assert_eq!(accepted("gzip, deflate, br, zstd").unwrap(), "br,gzip");
        assert_eq!(accepted("br;q=0, GZIP;q=0.5").unwrap(), "gzip");
        assert_eq!(accepted("br").unwrap(), "br");
        assert_eq!(accepted("deflate, *"), None);
    }

    #[test]
    fn only_texts_of_the_right_size_are_compressed() {
        let of = |content_type: &str, length: &str| {
            let pairs = [(header::CONTENT_TYPE, content_type), (header::CONTENT_LENGTH, length)];
            let headers = pairs.into_iter().map(|(n, v)| (n, v.parse().unwrap())).collect();
            compressible(StatusCode::OK, &headers)
        };
        assert!(of("text/html; charset=utf-8", "1000") && of("application/wasm", "10000000"));
        assert!(!of("text/html", "999") && !of("text/html", "10000001") && !of("image/png", "2000"));
    }

    #[test]
    fn a_strong_tag_becomes_weak_and_a_weak_one_stays() {
        for (tag, weak) in [("\"a\"", "W/\"a\""), ("W/\"a\"", "W/\"a\"")] {
            let mut headers = [(header::ETAG, tag.parse().unwrap())].into_iter().collect();
            Coding::Gzip.mark(&mut headers, 1);
            assert_eq!(headers[header::ETAG], weak);
        }
    }
}
