//! What the operator says of files by their paths, so that every guess can be mended.

/// Header fields for the files that a pattern names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderRule {
    pattern: String,
    fields: Vec<(HeaderField, String)>,
}

/// A field that S3 keeps with an object. It keeps no others: those are the distribution's response headers policy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HeaderField {
    /// `Cache-Control`.
    CacheControl,
    /// `Content-Type`.
    ContentType,
    /// `Content-Encoding`; empty for none.
    ContentEncoding,
    /// `Content-Disposition`.
    ContentDisposition,
    /// `Content-Language`.
    ContentLanguage,
    /// `x-amz-meta-*`, by what follows the prefix.
    Metadata(String),
}

impl HeaderField {
    /// What may stand in a rule, for messages.
    pub const EXPECTED: &'static str = "cache-control, content-type, content-encoding, content-disposition, \
         content-language or x-amz-meta-*, which are what S3 keeps; others belong to the distribution's response headers \
         policy";

    /// The field of this name, in whatever case.
    #[must_use]
    pub fn parse(name: &str) -> Option<HeaderField> {
        let name = name.to_ascii_lowercase();
        Some(match name.as_str() {
            "cache-control" => HeaderField::CacheControl,
            "content-type" => HeaderField::ContentType,
            "content-encoding" => HeaderField::ContentEncoding,
            "content-disposition" => HeaderField::ContentDisposition,
            "content-language" => HeaderField::ContentLanguage,
            _ => {
                let meta = name.strip_prefix("x-amz-meta-")?;
                let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
                if meta.is_empty() || !meta.bytes().all(is_name) || matches!(meta, "cache-tag") {
                    return None;
                }
                HeaderField::Metadata(meta.to_owned())
            }
        })
    }
}

impl HeaderRule {
    /// A rule for the paths that `pattern` names: `*` stands for any characters, `?` for one.
    #[must_use]
    pub fn new(pattern: &str, fields: Vec<(HeaderField, String)>) -> HeaderRule {
        HeaderRule { pattern: pattern.to_owned(), fields }
    }

    /// Its fields, where it names the file with this key.
    pub(super) fn fields_of(&self, key: &str) -> &[(HeaderField, String)] {
        let path = format!("/{key}");
        if matches(self.pattern.as_bytes(), path.as_bytes()) { &self.fields } else { &[] }
    }
}

/// Whether a path is named by a pattern: the last star takes more and more until the rest fits.
fn matches(pattern: &[u8], path: &[u8]) -> bool {
    let (mut at, mut in_path) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while in_path < path.len() {
        match pattern.get(at) {
            Some(b'*') => {
                star = Some((at + 1, in_path));
                at += 1;
            }
            Some(wanted) if *wanted == b'?' || Some(wanted) == path.get(in_path) => {
                at += 1;
                in_path += 1;
            }
            _ => match star {
                Some((after, from)) => {
                    star = Some((after, from + 1));
                    (at, in_path) = (after, from + 1);
                }
                None => return false,
            },
        }
    }
    pattern.get(at..).is_some_and(|rest| rest.iter().all(|byte| *byte == b'*'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_those_of_cloudfront() {
        let named = |pattern: &str, key: &str| {
            let fields = vec![(HeaderField::CacheControl, "x".to_owned())];
            !HeaderRule::new(pattern, fields).fields_of(key).is_empty()
        };
        for (pattern, key) in [
            ("/img/*", "img/a/b.png"),
            ("*.png", "img/a.png"),
            ("/a?c", "abc"),
            ("/a*b*c", "a-b-b-c"),
            ("/index.html", "index.html"),
            ("*", "a"),
        ] {
            assert!(named(pattern, key), "{pattern} {key}");
        }
        for (pattern, key) in
            [("/img/*", "image/a.png"), ("*.png", "a.png.txt"), ("/a?c", "ac"), ("/a", "ab")]
        {
            assert!(!named(pattern, key), "{pattern} {key}");
        }
    }

    #[test]
    fn only_what_s3_keeps_is_a_field() {
        assert_eq!(HeaderField::parse("Cache-Control"), Some(HeaderField::CacheControl));
        assert_eq!(HeaderField::parse("x-amz-meta-Team"), Some(HeaderField::Metadata("team".into())));
        for wrong in
            ["x-frame-options", "x-amz-meta-", "x-amz-meta-a b", "x-amz-meta-cache-tag", "", "expires"]
        {
            assert_eq!(HeaderField::parse(wrong), None, "{wrong}");
        }
    }
}
