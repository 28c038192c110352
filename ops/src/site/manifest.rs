//! What the deploys of a site remember in its bucket: which objects are theirs, what is under way, and what was done.

use std::collections::BTreeMap;

use delivery::InvalidationPath;
use serde::Serialize;

use super::headers::{Encoding, Headers};
use super::lease::Lease;
use super::plan::Listing;
use crate::failure::{Exit, NextStep};
use crate::moment::Moment;

/// How many past deploys are remembered.
const HISTORY: usize = 50;

/// What is remembered of a site. Keys are relative to its prefix.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Manifest {
    /// The objects that deploys put there; all others are somebody else's.
    pub objects: BTreeMap<String, Remembered>,
    /// The deploy that has begun and not ended.
    pub journal: Option<Journal>,
    /// The last deploys, oldest first.
    pub history: Vec<PastDeploy>,
}

/// An object that a deploy put there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    /// The SHA-256 digest of the file that it was made of, in hexadecimal digits.
    pub sha256: String,
    /// Its entity tag; `None` where an interrupted deploy may have put it or not.
    pub etag: Option<String>,
    /// What it is served with.
    pub headers: Headers,
    /// How its bytes are stored.
    pub encoding: Encoding,
    /// Its version, in a versioned bucket: with an earlier version of the manifest, all that a rollback needs.
    pub version: Option<String>,
    /// Since when its file is gone from the folder.
    pub gone_since: Option<Moment>,
    /// Whether its content has changed under a name that seemed to hold a hash of it.
    pub fickle: bool,
}

/// A deploy that has begun, written down before its first upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Journal {
    /// The deploy.
    pub id: String,
    /// When it began.
    pub began: Moment,
    /// What it puts.
    pub uploads: BTreeMap<String, PlannedUpload>,
    /// What has to be invalidated when it has put some of it.
    pub paths: Vec<InvalidationPath>,
    /// The caller reference of that invalidation.
    pub reference: String,
    /// Who is at work; none where an earlier version of this program has written it.
    pub lease: Option<Lease>,
}

/// An upload that may have happened or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedUpload {
    /// The object as it is to be.
    pub object: Remembered,
    /// The entity tag of what it replaces.
    pub replaces: Option<String>,
}

/// A deploy that ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PastDeploy {
    /// Its id, which begins with the time when it began.
    pub id: String,
    /// When it ended.
    pub at: Moment,
    /// How many objects it put.
    pub uploaded: usize,
    /// How many it removed.
    pub removed: usize,
    /// How many it left as they were.
    pub kept: usize,
    /// What it invalidated.
    #[serde(serialize_with = "paths_as_text")]
    pub paths: Vec<InvalidationPath>,
}

/// A deploy that is not remembered.
#[derive(Debug, thiserror::Error)]
#[error("no deploy {id} is remembered; known are: {}", if known.is_empty() { "none" } else { known })]
pub struct UnknownDeploy {
    id: String,
    known: String,
}

impl NextStep for UnknownDeploy {
    fn next_step(&self) -> String {
        "name one of these, or give the paths to invalidate".to_owned()
    }

    fn exit(&self) -> Exit {
        Exit::Usage
    }
}

impl Manifest {
    /// The manifest after looking at what an interrupted deploy has left: each of its uploads has happened, or has not,
    /// or that cannot be told and it counts as ours but unknown. The journal stays until its paths are invalidated.
    ///
    /// Where entity tags are digests of the content, an object that is neither what was to be put nor what was to be
    /// replaced is somebody else's.
    #[must_use]
    pub fn healed(mut self, listing: &Listing, etags_are_digests: bool) -> Manifest {
        for (key, planned) in self.journal.iter().flat_map(|journal| &journal.uploads) {
            let there = listing.get(key).map(|seen| seen.etag.as_str());
            let makes_a_difference = planned.replaces != planned.object.etag;
            let happened = makes_a_difference && there.is_some() && there == planned.object.etag.as_deref();
            let did_not = makes_a_difference && there == planned.replaces.as_deref();
            let known = [planned.object.etag.as_deref(), planned.replaces.as_deref()];
            let by_others = etags_are_digests && !known.contains(&there);
            match self.objects.get_mut(key) {
                _ if happened => {
                    self.objects.insert(key.clone(), planned.object.clone());
                }
                Some(_) if did_not => {}
                Some(object) => object.etag = None,
                None if there.is_some() && !by_others => {
                    self.objects.insert(key.clone(), Remembered { etag: None, ..planned.object.clone() });
                }
                None => {}
            }
        }
        self
    }

    /// Notes a deploy that has ended, and forgets the oldest one if there are too many.
    pub fn note(&mut self, deploy: PastDeploy) {
        self.history.push(deploy);
        let surplus = self.history.len().saturating_sub(HISTORY);
        self.history.drain(..surplus);
    }

    /// Every path that the deploy `id` and those after it have invalidated.
    ///
    /// # Errors
    ///
    /// When no such deploy is remembered.
    pub fn paths_since(&self, id: &str) -> Result<Vec<InvalidationPath>, UnknownDeploy> {
        let since = self.history.iter().position(|deploy| deploy.id == id);
        let deploys = since.and_then(|since| self.history.get(since..)).ok_or_else(|| {
            let known: Vec<&str> =
                self.history.iter().rev().take(10).map(|deploy| deploy.id.as_str()).collect();
            UnknownDeploy { id: id.to_owned(), known: known.join(", ") }
        })?;
        Ok(deploys.iter().flat_map(|deploy| deploy.paths.iter().cloned()).collect())
    }
}

fn paths_as_text<S: serde::Serializer>(paths: &[InvalidationPath], to: S) -> Result<S::Ok, S::Error> {
    to.collect_seq(paths.iter().map(InvalidationPath::as_str))
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::headers::tests::headers;
    use super::super::plan::Seen;
    use super::*;

    pub(in super::super) fn remembered(key: &str, sha256: &str, etag: Option<&str>) -> Remembered {
        Remembered {
            sha256: sha256.to_owned(),
            etag: etag.map(str::to_owned),
            headers: headers(key),
            encoding: Encoding::Plain,
            version: None,
            gone_since: None,
            fickle: false,
        }
    }

    /// What becomes of `a.html`, remembered as `before`, when an upload of `to` in the place of `replaces` was
    /// interrupted and the bucket now holds `there`.
    fn healed(
        before: Option<&str>,
        replaces: Option<&str>,
        to: &str,
        there: Option<&str>,
    ) -> Option<Remembered> {
        healed_where(true, before, replaces, to, there)
    }

    fn healed_where(
        digests: bool,
        before: Option<&str>,
        replaces: Option<&str>,
        to: &str,
        there: Option<&str>,
    ) -> Option<Remembered> {
        let key = "a.html".to_owned();
        let object = remembered(&key, &format!("sha of {to}"), Some(to));
        let planned = PlannedUpload { object, replaces: replaces.map(str::to_owned) };
        let manifest = Manifest {
            objects: before
                .map(|etag| (key.clone(), remembered(&key, "old", Some(etag))))
                .into_iter()
                .collect(),
            journal: Some(Journal {
                id: "d".into(),
                began: Moment::from_unix(0),
                uploads: [(key.clone(), planned)].into(),
                paths: Vec::new(),
                reference: "r".into(),
                lease: None,
            }),
            history: Vec::new(),
        };
        let seen = there.map(|etag| (key.clone(), Seen { etag: etag.to_owned(), size: 1 }));
        manifest.healed(&seen.into_iter().collect(), digests).objects.remove(&key)
    }

    #[test]
    fn an_interrupted_upload_has_happened_or_not() {
        let happened = remembered("a.html", "sha of 2", Some("2"));
        let untouched = remembered("a.html", "old", Some("1"));
        let unknown = Remembered { etag: None, ..untouched.clone() };
        assert_eq!(healed(Some("1"), Some("1"), "2", Some("2")), Some(happened.clone()));
        assert_eq!(healed(Some("1"), Some("1"), "2", Some("1")), Some(untouched.clone()));
        assert_eq!(healed(Some("1"), Some("1"), "2", Some("3")), Some(unknown.clone()));
        assert_eq!(healed(Some("1"), Some("1"), "2", None), Some(unknown.clone()));
        assert_eq!(healed(None, None, "2", Some("2")), Some(happened));
        assert_eq!(healed(None, None, "2", None), None);
    }

    #[test]
    fn another_object_is_somebody_elses_where_tags_are_digests() {
        assert_eq!(healed_where(true, None, None, "2", Some("3")), None);
        assert_eq!(healed_where(false, None, None, "2", Some("3")).unwrap().etag, None);
    }

    #[test]
    fn headers_alone_leave_no_trace_and_count_as_unknown() {
        let same = healed(Some("1"), Some("1"), "1", Some("1")).unwrap();
        assert_eq!(same.etag, None);
        let adopted = healed(None, Some("1"), "1", Some("1")).unwrap();
        assert_eq!(adopted.etag, None);
        let foreign_still_there = healed(None, Some("1"), "2", Some("1")).unwrap();
        assert_eq!(foreign_still_there.etag, None);
    }

    #[test]
    fn history_is_bounded_and_tells_what_happened_since() {
        let mut manifest = Manifest::default();
        for number in 0..60 {
            manifest.note(PastDeploy {
                id: number.to_string(),
                at: Moment::from_unix(number),
                uploaded: 1,
                removed: 0,
                kept: 0,
                paths: vec![InvalidationPath::parse(&format!("/{number}")).unwrap()],
            });
        }
        assert_eq!(manifest.history.len(), 50);
        let since = manifest.paths_since("58").unwrap();
        assert_eq!(since.iter().map(|path| path.as_str()).collect::<Vec<_>>(), ["/58", "/59"]);
        let error = manifest.paths_since("9").unwrap_err().to_string();
        assert!(error.contains("no deploy 9") && error.contains("59, 58"), "{error}");
    }
}
