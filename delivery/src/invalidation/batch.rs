//! Targets in batches that CloudFront takes, and the caller reference of each.
//!
//! A caller reference makes a call repeatable: the same reference with the same targets gives the invalidation that
//! exists already, so that an answer that got lost costs nothing. It must therefore be the same for every attempt, and
//! another one for every invalidation that is meant: a page that changed again has to be invalidated again, even by the
//! same targets. No rule over targets and clock can tell these two apart, so whoever invalidates says the reference.

use std::collections::BTreeSet;
use std::fmt;

use sha2::{Digest as _, Sha256};

use super::collapse::without_covered;
use super::target::Target;

/// Paths and tags in progress at one time.
const MOST_TARGETS: usize = 3_000;
/// Paths with a wildcard among them.
const MOST_WILDCARDS: usize = 15;
/// The longest reference that is taken, in characters.
const LONGEST_REFERENCE: usize = 64;

/// What one call invalidates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// The caller reference.
    pub reference: String,
    /// At most 3,000 targets, at most 15 of them with a wildcard.
    pub targets: Vec<Target>,
}

/// All calls of one invalidation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batches {
    /// In their order.
    pub batches: Vec<Batch>,
    /// How many targets were given twice, or are named by a wildcard anyway.
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

    /// The caller reference for these targets: other targets under the same reference are another invalidation.
    #[must_use]
    pub fn of<T: fmt::Display>(&self, targets: &[T]) -> String {
        let text: Vec<String> = targets.iter().map(ToString::to_string).collect();
        let digest = Sha256::digest(text.join("\n").as_bytes());
        format!("parapet-{}-{}", self.0, hex(digest.get(..8).unwrap_or_default()))
    }
}

impl Batches {
    /// Sorts targets, drops what is named twice, and cuts them into batches.
    #[must_use]
    pub fn of(targets: Vec<Target>, reference: &Reference) -> Batches {
        let given = targets.len();
        let (mut paths, mut tags) = (BTreeSet::new(), BTreeSet::new());
        for target in targets {
            match target {
                Target::Path(path) => paths.insert(path),
                Target::Tag(tag) => tags.insert(tag),
            };
        }
        let paths = without_covered(paths).into_iter().map(Target::Path);
        let targets: Vec<Target> = paths.chain(tags.into_iter().map(Target::Tag)).collect();
        let dropped = given - targets.len();
        let (wildcards, exact): (Vec<_>, Vec<_>) = targets.into_iter().partition(Target::is_wildcard);
        let mut exact = exact.into_iter().peekable();
        let mut wildcards = wildcards.into_iter().peekable();
        let mut batches = Vec::new();
        while wildcards.peek().is_some() || exact.peek().is_some() {
            let mut targets: Vec<_> = wildcards.by_ref().take(MOST_WILDCARDS).collect();
            targets.extend(exact.by_ref().take(MOST_TARGETS - targets.len()));
            batches.push(Batch { reference: reference.of(&targets), targets });
        }
        Batches { batches, dropped }
    }

    /// How many paths CloudFront counts; a tag is one.
    #[must_use]
    pub fn target_count(&self) -> usize {
        self.batches.iter().map(|batch| batch.targets.len()).sum()
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn targets(texts: impl IntoIterator<Item = String>) -> Vec<Target> {
        texts.into_iter().map(|text| Target::parse(&text).unwrap()).collect()
    }

    fn sizes(targets: Vec<Target>) -> Vec<usize> {
        let batches = Batches::of(targets, &Reference::parse("r").unwrap()).batches;
        batches.iter().map(|batch| batch.targets.len()).collect()
    }

    #[test]
    fn batches_stay_under_the_limits() {
        let exact = |count: usize| targets((0..count).map(|number| format!("/{number}")));
        let wildcards = |count: usize| targets((10..10 + count).map(|number| format!("/w{number}*")));
        assert_eq!(sizes(exact(3_000)), [3_000]);
        assert_eq!(sizes(exact(3_001)), [3_000, 1]);
        assert_eq!(sizes(wildcards(15)), [15]);
        assert_eq!(sizes(wildcards(16)), [15, 1]);
        assert_eq!(
            sizes([targets((0..3_000).map(|number| format!("#{number}"))), wildcards(1)].concat()),
            [3_000, 1]
        );
        assert_eq!(sizes([exact(2_986), wildcards(16)].concat()), [3_000, 2]);
        assert!(sizes(Vec::new()).is_empty());
    }

    #[test]
    fn a_reference_stands_for_its_targets() {
        let reference = Reference::parse("build-7").unwrap();
        let of = |texts: &[&str]| {
            let batches = Batches::of(targets(texts.iter().map(ToString::to_string)), &reference);
            (batches.batches[0].reference.clone(), batches.dropped)
        };
        assert_eq!(of(&["/b", "/a", "/b"]), (of(&["/a", "/b"]).0, 1));
        assert_ne!(of(&["/a"]).0, of(&["/b"]).0);
        assert!(of(&["/a"]).0.starts_with("parapet-build-7-"));
        assert_eq!(of(&["/a/*", "/a/b"]).1, 1);
        assert_eq!(of(&["/*", "#a", "#b", "#A"]).1, 1);
        assert!(Reference::parse("").is_err() && Reference::parse("a b").is_err());
        assert!(Reference::parse(&"a".repeat(64)).is_ok() && Reference::parse(&"a".repeat(65)).is_err());
    }
}
