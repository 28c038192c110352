//! A cache tag: the name under which CloudFront forgets an object, however its address was spelled.

use std::fmt;

use sha2::{Digest as _, Sha256};

/// The longest tag that CloudFront takes, in characters.
const LONGEST: usize = 256;

/// A cache tag. CloudFront compares tags without regard to case, so they are kept in lower case.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CacheTag(String);

/// A tag that CloudFront would not take.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the cache tag {0:?} is wrong: expected 1 to {LONGEST} visible ASCII characters without commas")]
pub struct TagProblem(String);

impl CacheTag {
    /// The metadata of an object that holds its tags, separated by commas. A distribution whose `CacheTagConfig` names the
    /// header `x-amz-meta-cache-tag` reads it.
    pub const METADATA: &'static str = "cache-tag";

    /// Reads a tag without the `#` of an invalidation.
    ///
    /// # Errors
    ///
    /// When CloudFront would not take it.
    pub fn parse(text: &str) -> Result<CacheTag, TagProblem> {
        let is_visible = |byte: u8| byte.is_ascii_graphic() && byte != b',';
        if text.is_empty() || text.len() > LONGEST || !text.bytes().all(is_visible) {
            return Err(TagProblem(text.chars().take(40).collect()));
        }
        Ok(CacheTag(text.to_ascii_lowercase()))
    }

    /// The tag of one object alone, made of its path: `o-` and 16 hexadecimal digits of the path's SHA-256 digest.
    #[must_use]
    pub fn of_object(path: &str) -> CacheTag {
        let digest = Sha256::digest(path.as_bytes());
        let digits: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        CacheTag(format!("o-{digits}"))
    }

    /// The tag as an object's metadata has it, without `#`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CacheTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_visible_ascii_without_commas() {
        assert_eq!(CacheTag::parse("Guide:1").unwrap().as_str(), "guide:1");
        assert!(CacheTag::parse(&"a".repeat(256)).is_ok());
        for wrong in ["", "a b", "a,b", "é", "a\n", &"a".repeat(257)] {
            assert!(CacheTag::parse(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn an_object_has_a_tag_of_its_own() {
        let tag = CacheTag::of_object("/news/x/");
        assert_eq!(tag.as_str().len(), 18);
        assert_eq!(CacheTag::parse(tag.as_str()).as_ref(), Ok(&tag));
        assert_ne!(tag, CacheTag::of_object("/news/y/"));
    }
}
