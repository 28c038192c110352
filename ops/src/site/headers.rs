//! What a file is served with: how long it may be kept, its type, how it is compressed.

use std::collections::BTreeMap;

use delivery::{Kind, ObjectHeaders};
use serde::{Deserialize, Serialize};

use super::content_type::ContentType;
use super::hashed_name::carries_hash;
use super::header_rule::{HeaderField, HeaderRule};
use super::inspection::Inspection;

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
pub(super) fn kind_of(key: &str, inspection: &Inspection) -> Kind {
    if has_extension(key, &["html", "htm"]) {
        Kind::Entry
    } else if carries_hash(key, inspection) {
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
    /// `Content-Encoding` of the file itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_encoding: Option<String>,
    /// `Content-Disposition`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_disposition: Option<String>,
    /// `Content-Language`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_language: Option<String>,
    /// `x-amz-meta-*`, by what follows the prefix.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub metadata: BTreeMap<String, String>,
}

impl Headers {
    /// The headers of the file with this key, as the rules have them: a later one counts more.
    #[must_use]
    pub(super) fn of(key: &str, inspection: &Inspection, rules: &[HeaderRule]) -> Headers {
        let ContentType { media, encoding } = ContentType::of(key, inspection);
        let mut headers = Headers::usual(kind_of(key, inspection), media);
        headers.content_encoding = encoding;
        for (field, value) in rules.iter().flat_map(|rule| rule.fields_of(key)) {
            let value = value.clone();
            match field {
                HeaderField::CacheControl => headers.cache_control = value,
                HeaderField::ContentType => headers.content_type = value,
                HeaderField::ContentEncoding => {
                    headers.content_encoding = Some(value).filter(|it| !it.is_empty())
                }
                HeaderField::ContentDisposition => headers.content_disposition = Some(value),
                HeaderField::ContentLanguage => headers.content_language = Some(value),
                HeaderField::Metadata(name) => {
                    headers.metadata.insert(name.clone(), value);
                }
            }
        }
        headers
    }

    fn usual(kind: Kind, content_type: String) -> Headers {
        let cache_control = match kind {
            Kind::Immutable => IMMUTABLE,
            Kind::Other => UNHASHED,
            Kind::Entry => PAGE,
        };
        Headers {
            content_type,
            cache_control: cache_control.to_owned(),
            content_encoding: None,
            content_disposition: None,
            content_language: None,
            metadata: BTreeMap::new(),
        }
    }

    /// Whether whoever has it keeps it without asking again.
    #[must_use]
    pub fn is_immutable(&self) -> bool {
        self.cache_control.contains("immutable")
    }

    /// The same for a file whose content does change under its name.
    #[must_use]
    pub(super) fn revalidated(self) -> Headers {
        let cache_control =
            if self.cache_control == IMMUTABLE { UNHASHED.to_owned() } else { self.cache_control };
        Headers { cache_control, ..self }
    }

    /// As S3 is told; `encoding` is what was done to the file on its way.
    #[must_use]
    pub(super) fn for_object(&self, encoding: Encoding) -> ObjectHeaders {
        let compressed = (encoding == Encoding::Brotli).then(|| "br".to_owned());
        ObjectHeaders {
            content_type: self.content_type.clone(),
            cache_control: self.cache_control.clone(),
            content_encoding: compressed.or_else(|| self.content_encoding.clone()),
            content_disposition: self.content_disposition.clone(),
            content_language: self.content_language.clone(),
            redirect: None,
            metadata: self.metadata.clone(),
        }
    }

    /// What is another one in `wanted`, for people; nothing where they are the same.
    #[must_use]
    pub fn difference(&self, wanted: &Headers) -> Option<String> {
        let (is, wanted) = (self.fields(), wanted.fields());
        let names: std::collections::BTreeSet<&String> = is.keys().chain(wanted.keys()).collect();
        let none = String::new();
        let changes = names.into_iter().filter_map(|name| {
            let (is, wanted) = (is.get(name).unwrap_or(&none), wanted.get(name).unwrap_or(&none));
            (is != wanted).then(|| format!("{name} from {is:?} to {wanted:?}"))
        });
        let changes: Vec<String> = changes.collect();
        (!changes.is_empty()).then(|| changes.join(", "))
    }

    fn fields(&self) -> BTreeMap<String, String> {
        let mut fields: BTreeMap<String, String> = BTreeMap::new();
        let mut put = |name: &str, value: Option<&String>| {
            fields.extend(value.map(|value| (name.to_owned(), value.clone())));
        };
        put("content-type", Some(&self.content_type));
        put("cache-control", Some(&self.cache_control));
        put("content-encoding", self.content_encoding.as_ref());
        put("content-disposition", self.content_disposition.as_ref());
        put("content-language", self.content_language.as_ref());
        for (name, value) in &self.metadata {
            put(&format!("x-amz-meta-{name}"), Some(value));
        }
        fields
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
pub(super) fn is_worth_compressing(key: &str, size: u64, kind: Kind, headers: &Headers) -> bool {
    kind == Kind::Immutable
        && headers.content_encoding.is_none()
        && has_extension(key, &["wasm", "js", "mjs", "css"])
        && (1_024..=10_000_000).contains(&size)
}

fn has_extension(key: &str, extensions: &[&str]) -> bool {
    let name = key.rsplit('/').next().unwrap_or(key);
    let extension = name.rsplit_once('.').map(|(_, extension)| extension);
    extension.is_some_and(|extension| extensions.iter().any(|one| extension.eq_ignore_ascii_case(one)))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The headers of a file of a byte.
    pub(in super::super) fn headers(key: &str) -> Headers {
        Headers::of(key, &Inspection::of_bytes(b"x"), &[])
    }

    pub(in super::super) fn kind(key: &str) -> Kind {
        kind_of(key, &Inspection::of_bytes(b"x"))
    }

    #[test]
    fn a_name_says_how_long_a_file_is_kept() {
        for (key, expected) in [
            ("assets/index-DA15JTLU.js", IMMUTABLE),
            ("img/logo-20240608.png", UNHASHED),
            ("app.js", UNHASHED),
            ("index.html", PAGE),
            ("a/b.HTM", PAGE),
            ("a-0123456789abcdef.html", PAGE),
        ] {
            assert_eq!(headers(key).cache_control, expected, "{key}");
        }
    }

    #[test]
    fn the_operator_has_the_last_word() {
        let rule = |pattern: &str, fields: &[(&str, &str)]| {
            let field =
                |(name, value): &(&str, &str)| (HeaderField::parse(name).unwrap(), (*value).to_owned());
            HeaderRule::new(pattern, fields.iter().map(field).collect())
        };
        let rules = [
            rule("*.js", &[("cache-control", "no-cache"), ("content-language", "en")]),
            rule("/assets/*", &[("cache-control", "public, max-age=60"), ("content-encoding", "gzip")]),
            rule("*.bin", &[("content-type", "text/plain"), ("x-amz-meta-team", "web")]),
        ];
        let inspection = Inspection::of_bytes(b"x");
        let js = Headers::of("assets/index-DA15JTLU.js", &inspection, &rules);
        assert_eq!(
            (js.cache_control.as_str(), js.content_language.as_deref()),
            ("public, max-age=60", Some("en"))
        );
        assert_eq!(js.content_encoding.as_deref(), Some("gzip"));
        assert!(!is_worth_compressing("assets/index-DA15JTLU.js", 5_000, Kind::Immutable, &js));
        let object = Headers::of("a.bin", &inspection, &rules).for_object(Encoding::Plain);
        assert_eq!((object.content_type.as_str(), object.metadata["team"].as_str()), ("text/plain", "web"));
    }

    #[test]
    fn only_hashed_code_and_styles_of_some_size_are_compressed() {
        let worth = |key: &str, size| is_worth_compressing(key, size, kind(key), &headers(key));
        assert!(worth("a-0123456789ab.js", 1_024));
        assert!(!worth("a-0123456789ab.js", 1_023));
        assert!(worth("a-0123456789ab_bg.wasm", 10_000_000));
        assert!(!worth("a-0123456789ab_bg.wasm", 10_000_001));
        assert!(!worth("a.js", 5_000) && !worth("assets/a-0123456789ab.png", 5_000));
        assert!(Encoding::Brotli.suits(true) && !Encoding::Brotli.suits(false));
        assert!(Encoding::Plain.suits(false) && !Encoding::Plain.suits(true));
        assert!(Encoding::Incompressible.suits(true) && Encoding::Incompressible.suits(false));
    }

    #[test]
    fn a_difference_names_both_sides() {
        let page = headers("a.html");
        assert_eq!(page.difference(&page), None);
        let said = page.difference(&Headers { cache_control: "no-store".into(), ..page.clone() }).unwrap();
        assert!(said.contains("cache-control from") && said.contains("no-store"), "{said}");
    }
}
