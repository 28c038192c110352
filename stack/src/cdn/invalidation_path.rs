//! What an invalidation names: paths, or cache tags (`#tag`).

/// A path to invalidate, exact or everything that starts with it; or a cache tag, in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct InvalidationPath {
    text: String,
    wildcard: bool,
    tag: bool,
}

/// Why a path cannot be invalidated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum PathError {
    #[error("invalidation path {0:?} does not start with a slash")]
    Relative(String),
    #[error("invalidation path {0:?} has a wildcard before its end")]
    WildcardWithin(String),
    #[error("an invalidation path has {0} characters, expected at most 4000")]
    TooLong(usize),
    #[error("invalidation path {0:?} holds a character that must be percent-encoded")]
    Unencoded(String),
    #[error("{0:?} is not a cache tag: 1 to 256 visible ASCII characters without a comma or wildcard")]
    NoTag(String),
}

impl InvalidationPath {
    pub(super) fn parse(text: &str) -> Result<Self, PathError> {
        if text.len() > 4_000 {
            return Err(PathError::TooLong(text.len()));
        }
        if let Some(tag) = text.strip_prefix('#') {
            let is_tag_byte = |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b',' | b'*');
            if tag.is_empty() || tag.len() > 256 || !tag.bytes().all(is_tag_byte) {
                return Err(PathError::NoTag(text.into()));
            }
            return Ok(Self { text: tag.to_ascii_lowercase(), wildcard: false, tag: true });
        }
        if !text.starts_with('/') {
            return Err(PathError::Relative(text.into()));
        }
        if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(PathError::Unencoded(text.into()));
        }
        let (stem, wildcard) = text.strip_suffix('*').map_or((text, false), |stem| (stem, true));
        if stem.contains('*') {
            return Err(PathError::WildcardWithin(text.into()));
        }
        Ok(Self { text: stem.into(), wildcard, tag: false })
    }

    pub(super) fn is_wildcard(&self) -> bool {
        self.wildcard
    }

    /// Whether it names objects by their tag, whatever their address is.
    pub(super) fn is_tag(&self) -> bool {
        self.tag
    }

    /// Whether it names a path with its query string, as the cache key holds them, or one of these tags.
    pub(super) fn matches(&self, url: &str, tags: &[String]) -> bool {
        match (self.tag, self.wildcard) {
            (true, _) => tags.contains(&self.text),
            (false, true) => url.starts_with(&self.text),
            (false, false) => url == self.text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exact_and_wildcard() {
        let matches = |path: &str, url: &str| InvalidationPath::parse(path).unwrap().matches(url, &[]);
        assert!(
            matches("/a", "/a") && !matches("/a", "/a/") && !matches("/a", "/A") && !matches("/a", "/a?x=1")
        );
        assert!(matches("/a*", "/a?x=1") && matches("/a/*", "/a/") && matches("/*", "/"));
        assert!(matches("/a?x=1", "/a?x=1"));
    }

    #[test]
    fn a_tag_names_whatever_has_it() {
        let tags = ["o-1".to_owned(), "theme".to_owned()];
        let named = |item: &str| InvalidationPath::parse(item).unwrap().matches("/o-1", &tags);
        assert!(named("#o-1") && named("#THEME") && !named("#o") && !named("#o-12"));
        assert!(InvalidationPath::parse(&format!("#{}", "a".repeat(256))).is_ok());
        for refused in ["#", "#a b", "#a,b", "#a*", "#é", &format!("#{}", "a".repeat(257))] {
            assert_eq!(InvalidationPath::parse(refused), Err(PathError::NoTag(refused.into())));
        }
    }

    #[test]
    fn what_is_refused() {
        use PathError::*;
        let parse = |path: &str| InvalidationPath::parse(path).unwrap_err();
        assert_eq!(parse("a"), Relative("a".into()));
        assert_eq!(parse(""), Relative(String::new()));
        assert_eq!(parse("/a*b"), WildcardWithin("/a*b".into()));
        assert_eq!(parse("/**"), WildcardWithin("/**".into()));
        assert_eq!(parse("/ö"), Unencoded("/ö".into()));
        assert!(InvalidationPath::parse(&format!("/{}", "a".repeat(3_999))).is_ok());
        assert_eq!(parse(&format!("/{}", "a".repeat(4_000))), TooLong(4_001));
    }
}
