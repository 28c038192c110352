//! What the name of a file says about it: how long it may be kept, what type it has, whether it is compressed.

use delivery::Kind;
use serde::{Deserialize, Serialize};

/// A content hash in a file's name makes its bytes final: browsers and the CDN may keep it for a year.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";
/// A page: browsers ask each time, the CDN keeps it for a day, because a deploy invalidates it there. `max-age=0` with
/// `must-revalidate` is what `no-cache` says to a browser (RFC 9111 section 5.2.2.4), and leaves CloudFront its
/// `s-maxage` (section 5.2.2.10), where `no-cache` would make it ask S3 for each viewer.
const PAGE: &str = "public, max-age=0, s-maxage=86400, must-revalidate";
/// The rest: the same, an hour at the CDN.
const UNHASHED: &str = "public, max-age=0, s-maxage=3600, must-revalidate";

/// What part the file with this key plays in a deploy.
#[must_use]
pub fn kind_of(key: &str) -> Kind {
    if has_extension(key, &["html", "htm"]) {
        Kind::Entry
    } else if is_hashed(key) {
        Kind::Immutable
    } else {
        Kind::Other
    }
}

/// The headers that an object is served with.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Headers {
    /// `Content-Type`.
    pub content_type: String,
    /// `Cache-Control`.
    pub cache_control: String,
}

impl Headers {
    /// The headers of the file with this key.
    #[must_use]
    pub fn of(key: &str) -> Headers {
        let cache_control = match kind_of(key) {
            Kind::Immutable => IMMUTABLE,
            Kind::Other => UNHASHED,
            Kind::Entry => PAGE,
        };
        Headers { content_type: content_type(key), cache_control: cache_control.to_owned() }
    }

    /// What is another one in `wanted`, for people; nothing where they are the same.
    #[must_use]
    pub fn difference(&self, wanted: &Headers) -> Option<String> {
        let changed = |name: &str, is: &str, wanted: &str| {
            (is != wanted).then(|| format!("{name} from {is:?} to {wanted:?}"))
        };
        let changes = [
            changed("content-type", &self.content_type, &wanted.content_type),
            changed("cache-control", &self.cache_control, &wanted.cache_control),
        ];
        let changes: Vec<String> = changes.into_iter().flatten().collect();
        (!changes.is_empty()).then(|| changes.join(", "))
    }
}

/// How an object's bytes are stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// As they are in the file; CloudFront compresses them where that pays.
    Plain,
    /// The same, because brotli made them hardly smaller.
    Incompressible,
    /// Compressed with brotli, more than CloudFront would.
    Brotli,
}

impl Encoding {
    /// Whether this is what compressing, or not compressing, comes to.
    #[must_use]
    pub fn suits(self, compress: bool) -> bool {
        match self {
            Encoding::Plain => !compress,
            Encoding::Incompressible => true,
            Encoding::Brotli => compress,
        }
    }
}

/// Whether a file is worth being stored compressed: code and styles under a name with a hash, which only browsers load
/// that understand brotli. Everything else is compressed by CloudFront, as each viewer can take it.
#[must_use]
pub(super) fn is_worth_compressing(key: &str, size: u64) -> bool {
    kind_of(key) == Kind::Immutable
        && has_extension(key, &["wasm", "js", "mjs", "css"])
        && (1_024..=10_000_000).contains(&size)
}

fn content_type(key: &str) -> String {
    // What the table of types does not know, or knows under a name that browsers no longer use.
    for (extension, content_type) in [
        ("mjs", "text/javascript"),
        ("map", "application/json"),
        ("webmanifest", "application/manifest+json"),
        ("avif", "image/avif"),
        ("wasm", "application/wasm"),
        ("ico", "image/x-icon"),
    ] {
        if has_extension(key, &[extension]) {
            return with_charset(content_type);
        }
    }
    with_charset(mime_guess::from_path(key).first_or_octet_stream().essence_str())
}

/// Text is UTF-8, and says so; of XML and SVG the document itself does, of JSON it is the rule.
fn with_charset(content_type: &str) -> String {
    if content_type.starts_with("text/") {
        format!("{content_type}; charset=utf-8")
    } else {
        content_type.to_owned()
    }
}

fn has_extension(key: &str, extensions: &[&str]) -> bool {
    let name = key.rsplit('/').next().unwrap_or(key);
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    extension.is_some_and(|extension| extensions.iter().any(|one| extension.eq_ignore_ascii_case(one)))
}

/// `app-0123456789abcdef.js`, `app-0123456789abcdef_bg.wasm`, `style.0123abcd.css`: eight or more hexadecimal digits
/// with at least one decimal one, between separators, before the extension.
fn is_hashed(key: &str) -> bool {
    let name = key.rsplit('/').next().unwrap_or(key);
    let Some((stem, _)) = name.rsplit_once('.') else { return false };
    stem.split(['-', '.', '_']).skip(1).any(|part| {
        part.len() >= 8
            && part.bytes().all(|byte| byte.is_ascii_hexdigit())
            && part.bytes().any(|byte| byte.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_how_long_a_file_is_kept() {
        for hashed in ["app-0123456789abcdef.js", "a/app-8f3e2d1c_bg.wasm", "style.0123abcd.css"] {
            assert_eq!(Headers::of(hashed).cache_control, IMMUTABLE, "{hashed}");
        }
        for plain in ["app.js", "a-deadbeef.js", "2026-01-02.txt", "0123456789abcdef", "x.0123abc.css"] {
            assert_eq!(Headers::of(plain).cache_control, UNHASHED, "{plain}");
        }
        for page in ["index.html", "a/b.HTM", "a-0123456789abcdef.html"] {
            assert_eq!(Headers::of(page).cache_control, PAGE, "{page}");
        }
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
            ("CNAME", "application/octet-stream"),
        ] {
            assert_eq!(Headers::of(key).content_type, expected, "{key}");
        }
    }

    #[test]
    fn only_hashed_code_and_styles_of_some_size_are_compressed() {
        assert!(is_worth_compressing("a-0123456789ab.js", 1_024));
        assert!(!is_worth_compressing("a-0123456789ab.js", 1_023));
        assert!(is_worth_compressing("a-0123456789ab_bg.wasm", 10_000_000));
        assert!(!is_worth_compressing("a-0123456789ab_bg.wasm", 10_000_001));
        assert!(!is_worth_compressing("a.js", 5_000) && !is_worth_compressing("a-0123456789ab.png", 5_000));
        assert!(Encoding::Brotli.suits(true) && !Encoding::Brotli.suits(false));
        assert!(Encoding::Plain.suits(false) && !Encoding::Plain.suits(true));
        assert!(Encoding::Incompressible.suits(true) && Encoding::Incompressible.suits(false));
    }

    #[test]
    fn a_difference_names_both_sides() {
        let page = Headers::of("a.html");
        assert_eq!(page.difference(&page), None);
        let said = page.difference(&Headers { cache_control: "no-store".into(), ..page.clone() }).unwrap();
        assert!(said.contains("cache-control from") && said.contains("no-store"), "{said}");
    }
}
