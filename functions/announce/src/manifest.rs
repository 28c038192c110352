//! The manifest of a batch, as the API writes it.

use delivery::{Batches, Reference, ReferenceError, Target, TargetProblem};
use serde::Deserialize;

/// What a batch has changed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(crate) struct Manifest {
    /// The batch.
    pub(crate) id: String,
    /// Counts the times that it was taken up.
    pub(crate) attempt: i64,
    tags: Vec<String>,
    paths: Vec<String>,
}

/// Why a manifest cannot be followed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ManifestProblem {
    /// Not the JSON that was expected.
    #[error("the manifest cannot be read: {0}")]
    Json(#[from] serde_json::Error),
    /// A path or tag that CloudFront would not take.
    #[error(transparent)]
    Target(#[from] TargetProblem),
    /// An id that is no part of a caller reference.
    #[error("the id is none: {0}")]
    Id(#[from] ReferenceError),
}

impl Manifest {
    pub(crate) fn read(bytes: &[u8]) -> Result<Manifest, ManifestProblem> {
        Ok(serde_json::from_slice(bytes)?)
    }

    /// The invalidations of this attempt. Their caller references say batch, attempt and targets: the same again gives
    /// what exists, and nothing else does.
    pub(crate) fn batches(&self, by_tag: bool) -> Result<Batches, ManifestProblem> {
        let target = |text: String| Target::parse(&text);
        let targets = match by_tag {
            true => self.tags.iter().map(|tag| target(format!("#{tag}"))).collect::<Result<Vec<_>, _>>(),
            false => self.paths.iter().map(|path| target(path.clone())).collect(),
        };
        let reference = Reference::parse(&format!("{}-{}", self.id, self.attempt))?;
        Ok(Batches::of(targets?, &reference))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(attempt: i64) -> Manifest {
        let text = format!(
            r#"{{"id":"0199","attempt":{attempt},"releases":["r"],"tags":["o-1","o-2"],"paths":["/a/","/b/"]}}"#
        );
        Manifest::read(text.as_bytes()).unwrap()
    }

    #[test]
    fn a_caller_reference_is_of_a_batch_an_attempt_and_its_targets() {
        let reference =
            |attempt, by_tag| manifest(attempt).batches(by_tag).unwrap().batches[0].reference.clone();
        assert_eq!(reference(1, true), reference(1, true));
        assert_ne!(reference(1, true), reference(2, true));
        assert_ne!(reference(1, true), reference(1, false));
        let targets = manifest(1).batches(true).unwrap().batches[0]
            .targets
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>();
        assert_eq!(targets, ["#o-1", "#o-2"]);
    }

    #[test]
    fn what_cloudfront_would_not_take_is_told() {
        assert!(matches!(Manifest::read(b"{}"), Err(ManifestProblem::Json(_))));
        let wrong = Manifest { paths: vec!["a".to_owned()], ..manifest(1) };
        assert!(matches!(wrong.batches(false), Err(ManifestProblem::Target(_))));
        let wrong = Manifest { id: "a b".to_owned(), ..manifest(1) };
        assert!(matches!(wrong.batches(true), Err(ManifestProblem::Id(_))));
    }
}
