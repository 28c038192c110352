//! What an invalidation names: a path or a cache tag.

use std::fmt;

use super::path::{InvalidationPath, PathProblem};
use super::tag::{CacheTag, TagProblem};

/// One item of an invalidation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A path, or with a wildcard many.
    Path(InvalidationPath),
    /// Every object with this tag, under all of its addresses.
    Tag(CacheTag),
}

/// Something that an invalidation cannot name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TargetProblem {
    /// A path that is none.
    #[error(transparent)]
    Path(#[from] PathProblem),
    /// A tag that is none.
    #[error(transparent)]
    Tag(#[from] TagProblem),
}

impl Target {
    /// Reads a path, or after `#` a tag.
    ///
    /// # Errors
    ///
    /// When it is neither.
    pub fn parse(text: &str) -> Result<Target, TargetProblem> {
        match text.strip_prefix('#') {
            Some(tag) => Ok(Target::Tag(CacheTag::parse(tag)?)),
            None => Ok(Target::Path(InvalidationPath::parse(text)?)),
        }
    }

    /// Whether it is a path with a wildcard, of which fewer may be in progress.
    #[must_use]
    pub fn is_wildcard(&self) -> bool {
        matches!(self, Target::Path(path) if path.is_wildcard())
    }
}

impl From<InvalidationPath> for Target {
    fn from(path: InvalidationPath) -> Target {
        Target::Path(path)
    }
}

impl From<CacheTag> for Target {
    fn from(tag: CacheTag) -> Target {
        Target::Tag(tag)
    }
}

/// As CloudFront gets it: a tag begins with `#`.
impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Target::Path(path) => path.fmt(f),
            Target::Tag(tag) => write!(f, "#{tag}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_sign_begins_a_tag() {
        let tag = Target::parse("#Guide").unwrap();
        assert_eq!(tag, Target::Tag(CacheTag::parse("guide").unwrap()));
        assert_eq!(tag.to_string(), "#guide");
        assert!(Target::parse("/guide/*").unwrap().is_wildcard());
        assert!(!Target::parse("#a*").unwrap().is_wildcard());
        assert!(matches!(Target::parse("#"), Err(TargetProblem::Tag(_))));
        assert!(matches!(Target::parse("guide"), Err(TargetProblem::Path(_))));
    }
}
