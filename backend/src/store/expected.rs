//! The version that a change was made for.

/// Which version of a thing a change is for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Expected {
    /// Whatever it is.
    #[default]
    Any,
    /// One of these, and no other.
    Versions(Vec<i64>),
}

impl Expected {
    /// One version.
    #[must_use]
    pub fn version(version: i64) -> Expected {
        Expected::Versions(vec![version])
    }

    /// Whether a version is what was expected.
    #[must_use]
    pub fn allows(&self, version: i64) -> bool {
        match self {
            Expected::Any => true,
            Expected::Versions(versions) => versions.contains(&version),
        }
    }
}
