//! Paths in batches that CloudFront takes, and the caller reference of each.
//!
//! A caller reference makes a call repeatable: the same reference with the same paths gives the invalidation that exists
//! already, so that an answer that got lost costs nothing. It must therefore be the same for every attempt, and another
//! one for every invalidation that is meant: a page that changed again has to be invalidated again, even by the same
//! paths. No rule over paths and clock can tell these two apart. So each run of `parapet invalidate` draws one reference
//! for all of its attempts, and names it when it fails; who wants to repeat that very call passes it as `--reference`.

use std::collections::BTreeSet;

use ring::digest::{SHA256, digest};

use super::collapse::without_covered;
use super::path::InvalidationPath;

/// Paths in progress at one time.
const MOST_PATHS: usize = 3_000;
/// Of these with a wildcard.
const MOST_WILDCARDS: usize = 15;
/// The longest reference that is taken, in characters.
const LONGEST_REFERENCE: usize = 64;

/// What one call invalidates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// The caller reference.
    pub reference: String,
    /// At most 3,000 paths, at most 15 of them with a wildcard.
    pub paths: Vec<InvalidationPath>,
}

/// All calls of one invalidation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batches {
    /// In their order.
    pub batches: Vec<Batch>,
    /// How many paths were given twice, or are named by a wildcard anyway.
    pub dropped: usize,
}

/// What the attempts at one invalidation have in common.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference(String);

/// A reference that is none.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the reference {0:?} is wrong: expected 1 to {LONGEST_REFERENCE} letters, digits, dots, underscores or hyphens"
)]
pub struct ReferenceError(String);

impl crate::failure::NextStep for ReferenceError {
    fn next_step(&self) -> String {
        "give a name such as --reference build-1234".to_owned()
    }

    fn exit(&self) -> crate::failure::Exit {
        crate::failure::Exit::Usage
    }
}

impl Reference {
    /// Reads one that a person wrote.
    ///
    /// # Errors
    ///
    /// When it is empty, too long, or holds other characters than names do.
    pub fn parse(text: &str) -> Result<Reference, ReferenceError> {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
        if text.is_empty() || text.len() > LONGEST_REFERENCE || !text.bytes().all(allowed) {
            return Err(ReferenceError(text.to_owned()));
        }
        Ok(Reference(text.to_owned()))
    }

    /// A new one, of random bytes.
    #[must_use]
    pub fn new(random: [u8; 8]) -> Reference {
        Reference(hex(&random))
    }

    /// As a person repeats it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The caller reference for these paths: other paths under the same reference are another invalidation.
    #[must_use]
    pub fn of(&self, paths: &[InvalidationPath]) -> String {
        let text: Vec<&str> = paths.iter().map(InvalidationPath::as_str).collect();
        let digest = digest(&SHA256, text.join("\n").as_bytes());
        format!("parapet-{}-{}", self.0, hex(digest.as_ref().get(..8).unwrap_or_default()))
    }
}

impl Batches {
    /// Sorts paths, drops what is named twice, and cuts them into batches.
    #[must_use]
    pub fn of(paths: Vec<InvalidationPath>, reference: &Reference) -> Batches {
        let given = paths.len();
        let paths: BTreeSet<_> = without_covered(paths.into_iter().collect());
        let dropped = given - paths.len();
        let (wildcards, exact): (Vec<_>, Vec<_>) = paths.into_iter().partition(InvalidationPath::is_wildcard);
        let mut exact = exact.into_iter().peekable();
        let mut wildcards = wildcards.into_iter().peekable();
        let mut batches = Vec::new();
        while wildcards.peek().is_some() || exact.peek().is_some() {
            let mut paths: Vec<_> = wildcards.by_ref().take(MOST_WILDCARDS).collect();
            paths.extend(exact.by_ref().take(MOST_PATHS - paths.len()));
            batches.push(Batch { reference: reference.of(&paths), paths });
        }
        Batches { batches, dropped }
    }

    /// How many paths CloudFront counts.
    #[must_use]
    pub fn path_count(&self) -> usize {
        self.batches.iter().map(|batch| batch.paths.len()).sum()
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(texts: impl IntoIterator<Item = String>) -> Vec<InvalidationPath> {
        texts.into_iter().map(|text| InvalidationPath::parse(&text).unwrap()).collect()
    }

    fn sizes(paths: Vec<InvalidationPath>) -> Vec<usize> {
        let batches = Batches::of(paths, &Reference::parse("r").unwrap()).batches;
        batches.iter().map(|batch| batch.paths.len()).collect()
    }

    #[test]
    fn batches_stay_under_the_limits() {
        let exact = |count: usize| paths((0..count).map(|number| format!("/{number}")));
        let wildcards = |count: usize| paths((10..10 + count).map(|number| format!("/w{number}*")));
        assert_eq!(sizes(exact(3_000)), [3_000]);
        assert_eq!(sizes(exact(3_001)), [3_000, 1]);
        assert_eq!(sizes(wildcards(15)), [15]);
        assert_eq!(sizes(wildcards(16)), [15, 1]);
        assert_eq!(sizes([exact(2_986), wildcards(16)].concat()), [3_000, 2]);
        assert!(sizes(Vec::new()).is_empty());
    }

    #[test]
    fn a_reference_stands_for_its_paths() {
        let reference = Reference::parse("build-7").unwrap();
        let of = |texts: &[&str]| {
            let batches = Batches::of(paths(texts.iter().map(ToString::to_string)), &reference);
            (batches.batches[0].reference.clone(), batches.dropped)
        };
        assert_eq!(of(&["/b", "/a", "/b"]), (of(&["/a", "/b"]).0, 1));
        assert_ne!(of(&["/a"]).0, of(&["/b"]).0);
        assert!(of(&["/a"]).0.starts_with("parapet-build-7-"));
        assert_eq!(of(&["/a/*", "/a/b"]).1, 1);
        assert!(Reference::parse("").is_err() && Reference::parse("a b").is_err());
        assert!(Reference::parse(&"a".repeat(64)).is_ok() && Reference::parse(&"a".repeat(65)).is_err());
    }
}
