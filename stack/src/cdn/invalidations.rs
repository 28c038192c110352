//! The invalidations of a distribution: what was asked for, and what is done.

use std::{
    sync::{Mutex, MutexGuard, PoisonError},
    time::SystemTime,
};

use super::invalidation_path::{InvalidationPath, PathError};

/// Paths in progress at one time.
const MAX_PATHS: usize = 3_000;
/// Paths with a wildcard in progress at one time.
const MAX_WILDCARDS: usize = 15;

/// One invalidation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Invalidation {
    pub(super) id: String,
    pub(super) caller_reference: String,
    pub(super) paths: Vec<InvalidationPath>,
    /// The paths as they were given.
    pub(super) items: Vec<String>,
    pub(super) created: SystemTime,
    pub(super) completed: bool,
}

/// Why an invalidation is not created.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum InvalidationError {
    #[error("the caller reference is empty")]
    NoCallerReference,
    #[error("there is no path to invalidate")]
    NoPath,
    #[error(transparent)]
    Path(#[from] PathError),
    #[error("the batch has {0} paths, expected at most 3000")]
    BatchTooLarge(usize),
    #[error("more than 3000 paths, or 15 paths with a wildcard, would be in progress")]
    TooManyInProgress,
    #[error("caller reference {0:?} was used with other paths")]
    BatchAlreadyExists(String),
}

/// What became of a request to create one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Creation {
    /// It is new, and somebody has to carry it out.
    New(Invalidation),
    /// The same was asked for before.
    Known(Invalidation),
}

/// A page of invalidations, newest first.
pub(super) struct Page {
    pub(super) invalidations: Vec<Invalidation>,
    pub(super) next: Option<String>,
}

/// All invalidations since the start, oldest first.
#[derive(Debug, Default)]
pub(super) struct Invalidations(Mutex<Vec<Invalidation>>);

impl Invalidations {
    pub(super) fn create(
        &self,
        id: String,
        caller_reference: String,
        items: Vec<String>,
        now: SystemTime,
    ) -> Result<Creation, InvalidationError> {
        if caller_reference.is_empty() {
            return Err(InvalidationError::NoCallerReference);
        }
        let paths: Vec<_> =
            items.iter().map(|path| InvalidationPath::parse(path)).collect::<Result<_, _>>()?;
        let mut all = self.lock();
        if let Some(known) = all.iter().find(|known| known.caller_reference == caller_reference) {
            return match known.items == items {
                true => Ok(Creation::Known(known.clone())),
                false => Err(InvalidationError::BatchAlreadyExists(caller_reference)),
            };
        }
        if paths.is_empty() {
            return Err(InvalidationError::NoPath);
        }
        if paths.len() > MAX_PATHS {
            return Err(InvalidationError::BatchTooLarge(paths.len()));
        }
        let running =
            || all.iter().filter(|known| !known.completed).flat_map(|known| &known.paths).chain(&paths);
        if running().count() > MAX_PATHS
            || running().filter(|path| path.is_wildcard()).count() > MAX_WILDCARDS
        {
            return Err(InvalidationError::TooManyInProgress);
        }
        let invalidation =
            Invalidation { id, caller_reference, paths, items, created: now, completed: false };
        all.push(invalidation.clone());
        Ok(Creation::New(invalidation))
    }

    /// To be called when nothing that it names is in the cache any more.
    pub(super) fn complete(&self, id: &str) {
        if let Some(done) = self.lock().iter_mut().find(|known| known.id == id) {
            done.completed = true;
        }
    }

    pub(super) fn find(&self, id: &str) -> Option<Invalidation> {
        self.lock().iter().find(|known| known.id == id).cloned()
    }

    /// The page after the invalidation that `marker` names; `None` if there is none of this name.
    pub(super) fn page(&self, marker: Option<&str>, max_items: usize) -> Option<Page> {
        let all = self.lock();
        let start = match marker {
            None => 0,
            Some(marker) => all.iter().rev().position(|known| known.id == marker)? + 1,
        };
        let invalidations: Vec<_> = all.iter().rev().skip(start).take(max_items).cloned().collect();
        let more = all.len() > start + invalidations.len();
        let next = invalidations.last().filter(|_| more).map(|last| last.id.clone());
        Some(Page { invalidations, next })
    }

    pub(super) fn in_progress(&self) -> usize {
        self.lock().iter().filter(|known| !known.completed).count()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Invalidation>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::*;

    fn create(
        all: &Invalidations,
        reference: &str,
        paths: Vec<String>,
    ) -> Result<Creation, InvalidationError> {
        all.create(format!("I-{reference}"), reference.into(), paths, UNIX_EPOCH)
    }

    fn numbered(count: usize, wildcard: &str) -> Vec<String> {
        (0..count).map(|number| format!("/{number}{wildcard}")).collect()
    }

    #[test]
    fn a_caller_reference_stands_for_one_batch() {
        let all = Invalidations::default();
        let Ok(Creation::New(first)) = create(&all, "r", vec!["/a".into()]) else { panic!("not new") };
        assert_eq!(create(&all, "r", vec!["/a".into()]), Ok(Creation::Known(first)));
        let other = create(&all, "r", vec!["/b".into()]).unwrap_err();
        assert_eq!(other, InvalidationError::BatchAlreadyExists("r".into()));
    }

    #[test]
    fn limits_are_of_what_is_in_progress() {
        let all = Invalidations::default();
        assert_eq!(create(&all, "big", numbered(3_001, "")), Err(InvalidationError::BatchTooLarge(3_001)));
        assert!(create(&all, "a", numbered(2_985, "")).is_ok());
        assert!(create(&all, "b", numbered(15, "*")).is_ok());
        assert_eq!(create(&all, "c", vec!["/c".into()]), Err(InvalidationError::TooManyInProgress));
        all.complete("I-a");
        assert!(create(&all, "c", vec!["/c".into()]).is_ok());
        assert_eq!(create(&all, "d", vec!["/d*".into()]), Err(InvalidationError::TooManyInProgress));
        all.complete("I-b");
        assert!(create(&all, "d", vec!["/d*".into()]).is_ok());
        assert_eq!(all.in_progress(), 2);
    }

    #[test]
    fn what_is_malformed_is_refused() {
        let all = Invalidations::default();
        assert_eq!(create(&all, "", vec!["/a".into()]), Err(InvalidationError::NoCallerReference));
        assert_eq!(create(&all, "r", vec![]), Err(InvalidationError::NoPath));
        assert!(matches!(create(&all, "r", vec!["a".into()]), Err(InvalidationError::Path(_))));
        assert_eq!(all.in_progress(), 0);
    }

    #[test]
    fn pages_go_from_new_to_old() {
        let all = Invalidations::default();
        for reference in ["1", "2", "3"] {
            create(&all, reference, vec!["/a".into()]).unwrap();
        }
        let first = all.page(None, 2).unwrap();
        let ids: Vec<_> = first.invalidations.iter().map(|one| one.id.as_str()).collect();
        assert_eq!((ids, first.next.as_deref()), (vec!["I-3", "I-2"], Some("I-2")));
        let last = all.page(first.next.as_deref(), 2).unwrap();
        assert_eq!((last.invalidations.len(), last.next), (1, None));
        assert!(all.page(Some("none"), 2).is_none());
    }
}
