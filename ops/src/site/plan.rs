//! What a deploy will do to each object, and why. Plans are data, made of what was found and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use delivery::{InvalidationPath, Kind, collapse};

use super::folder::LocalFile;
use super::manifest::{Journal, Manifest, Remembered};
use super::step::{Action, Reason, Step};
use crate::moment::Moment;

/// The objects under a site's prefix, by their keys relative to it.
pub type Listing = BTreeMap<String, Seen>;

/// An object in a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Its entity tag, without quotes.
    pub etag: String,
    /// Its size in bytes.
    pub size: u64,
}

/// A file that is to be put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Upload {
    pub(super) file: LocalFile,
    /// The entity tag of what stands there now.
    pub(super) replaces: Option<String>,
    /// Whether its content has changed under a name that seemed to hold a hash of it.
    pub(super) fickle: bool,
}

/// What a deploy will do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// One step for each object, in the order of the keys.
    pub steps: Vec<Step>,
    /// What will be invalidated, also of an interrupted deploy before this one.
    pub paths: Vec<InvalidationPath>,
    /// What the operator has to know of the files: names that promise what they do not hold.
    pub warnings: Vec<String>,
    pub(super) uploads: Vec<Upload>,
    pub(super) removals: Vec<String>,
    /// What is remembered of the objects that are not uploaded.
    pub(super) objects: BTreeMap<String, Remembered>,
    /// The caller reference of an interrupted deploy, where nothing but its invalidation is left to do.
    pub(super) reference: Option<String>,
    /// Whether there is something new to remember.
    pub(super) remembers: bool,
}

/// What a plan is made of.
#[derive(Debug, Clone, Copy)]
pub struct Findings<'a> {
    /// The folder.
    pub files: &'a [LocalFile],
    /// The bucket.
    pub listing: &'a Listing,
    /// What earlier deploys remembered, as it was read.
    pub manifest: &'a Manifest,
    /// The time.
    pub now: Moment,
    /// How long an object stays after its file has gone, in seconds.
    pub grace_seconds: i64,
    /// Whether objects of others may be replaced by files.
    pub adopt: bool,
    /// Whether the bucket's entity tags are digests of the content, as they are unless it encrypts with a key of its own.
    pub etags_are_digests: bool,
}

impl Plan {
    /// Decides for each object what happens to it.
    #[must_use]
    pub fn new(findings: &Findings<'_>) -> Plan {
        let healed = findings.manifest.clone().healed(findings.listing, findings.etags_are_digests);
        let journal = healed.journal.as_ref();
        let mut plan = Plan {
            steps: Vec::new(),
            paths: Vec::new(),
            warnings: Vec::new(),
            uploads: Vec::new(),
            removals: Vec::new(),
            objects: healed.objects.clone(),
            reference: None,
            remembers: journal.is_some(),
        };
        let local: BTreeMap<&str, &LocalFile> =
            findings.files.iter().map(|file| (file.key.as_str(), file)).collect();
        let keys: BTreeSet<&String> = findings
            .files
            .iter()
            .map(|file| &file.key)
            .chain(healed.objects.keys())
            .chain(findings.listing.keys())
            .collect();
        for key in keys {
            let ours = healed.objects.get(key);
            let there = findings.listing.get(key);
            let decided = match local.get(key.as_str()) {
                Some(file) => Some(plan.of_file(file, ours, there, findings.adopt, journal)),
                None => plan.without_file(key, ours, there, findings),
            };
            plan.steps.extend(decided.map(|(action, reason)| Step { key: key.clone(), action, reason }));
        }
        plan.remembers |= plan.objects != findings.manifest.objects;
        plan.paths = plan.changed_paths(journal);
        if plan.uploads.is_empty() && plan.removals.is_empty() {
            plan.reference = journal.map(|journal| journal.reference.clone());
        }
        plan
    }

    /// How many objects this happens to.
    #[must_use]
    pub fn count(&self, action: Action) -> usize {
        self.steps.iter().filter(|step| step.action == action).count()
    }

    /// The keys that others stand in the way of.
    #[must_use]
    pub fn conflicts(&self) -> Vec<String> {
        let conflicts = self.steps.iter().filter(|step| step.action == Action::Conflict);
        conflicts.map(|step| step.key.clone()).collect()
    }

    /// Whether nothing at all is to be done.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.uploads.is_empty() && self.removals.is_empty() && self.paths.is_empty() && !self.remembers
    }

    fn of_file(
        &mut self,
        file: &LocalFile,
        ours: Option<&Remembered>,
        there: Option<&Seen>,
        adopt: bool,
        journal: Option<&Journal>,
    ) -> (Action, Reason) {
        let (file, fickle) = self.believed(file, ours);
        let reason = match (ours, there) {
            (None, None) => Reason::New,
            (None, Some(_)) if adopt => Reason::Adopted,
            (None, Some(_)) => return (Action::Conflict, Reason::Foreign),
            (Some(_), None) => Reason::MissingInBucket,
            (Some(ours), Some(there)) => match difference(&file, ours, there, journal) {
                Some(reason) => reason,
                None => {
                    if let Some(object) = self.objects.get_mut(&file.key) {
                        object.gone_since = None;
                    }
                    return (Action::Keep, Reason::Unchanged);
                }
            },
        };
        self.uploads.push(Upload { file, replaces: there.map(|there| there.etag.clone()), fickle });
        (Action::Upload, reason)
    }

    /// The file as it can be believed: a name that held two contents holds no hash of either.
    fn believed(&mut self, file: &LocalFile, ours: Option<&Remembered>) -> (LocalFile, bool) {
        let has_changed = ours.is_some_and(|ours| ours.sha256 != file.sha256);
        if file.kind != Kind::Immutable || !(has_changed || ours.is_some_and(|ours| ours.fickle)) {
            return (file.clone(), false);
        }
        let was_kept = ours.is_some_and(|ours| ours.headers.is_immutable());
        if has_changed && was_kept {
            self.warnings.push(format!(
                "{} seems to hold a hash of its content in its name, and was to be kept for a year; but its content has \
                 changed. Browsers that have the old one keep it: give it a new name. From now on it is asked for each \
                 time; [[site.headers]] in the project file says otherwise",
                file.key.escape_debug()
            ));
        }
        let headers = file.headers.clone().revalidated();
        (LocalFile { headers, kind: Kind::Other, ..file.clone() }, true)
    }

    fn without_file(
        &mut self,
        key: &str,
        ours: Option<&Remembered>,
        there: Option<&Seen>,
        findings: &Findings<'_>,
    ) -> Option<(Action, Reason)> {
        let Some(ours) = ours else { return there.map(|_| (Action::Leave, Reason::Foreign)) };
        let Some(there) = there else {
            self.objects.remove(key);
            return None;
        };
        if ours.etag.as_ref().is_some_and(|etag| *etag != there.etag) {
            self.objects.remove(key);
            return Some((Action::Leave, Reason::TakenByOthers));
        }
        let since = ours.gone_since.unwrap_or(findings.now);
        let until = since.plus(findings.grace_seconds);
        if until <= findings.now {
            self.removals.push(key.to_owned());
            return Some((Action::Remove, Reason::GraceOver));
        }
        if let Some(object) = self.objects.get_mut(key) {
            object.gone_since = Some(since);
        }
        Some((Action::RemoveLater, Reason::GoneUntil(until)))
    }

    /// The paths of what changes for viewers. An immutable file that is new was never asked for under its name.
    fn changed_paths(&self, journal: Option<&Journal>) -> Vec<InvalidationPath> {
        let immutable = self.uploads.iter().filter(|upload| upload.file.kind == Kind::Immutable);
        let immutable: BTreeSet<&str> = immutable.map(|upload| upload.file.key.as_str()).collect();
        let changed = self.steps.iter().filter(|step| match step.action {
            Action::Remove => true,
            Action::Upload => step.reason != Reason::New || !immutable.contains(step.key.as_str()),
            _ => false,
        });
        let changed = changed.flat_map(|step| InvalidationPath::of_key(&step.key));
        let unfinished = journal.into_iter().flat_map(|journal| journal.paths.iter().cloned());
        collapse(changed.chain(unfinished))
    }
}

/// Why an object of ours is not what the file makes of it; nothing where it is.
fn difference(
    file: &LocalFile,
    ours: &Remembered,
    there: &Seen,
    journal: Option<&Journal>,
) -> Option<Reason> {
    let Some(etag) = &ours.etag else {
        let deploy = journal.map_or("before this one", |journal| journal.id.as_str());
        return Some(Reason::Unfinished(deploy.to_owned()));
    };
    if *etag != there.etag {
        return Some(Reason::ChangedInBucket);
    }
    if ours.sha256 != file.sha256 {
        return Some(Reason::ContentChanged);
    }
    if let Some(difference) = ours.headers.difference(&file.headers) {
        return Some(Reason::HeadersChanged(difference));
    }
    let compressed = if file.compress { "stored compressed" } else { "no longer stored compressed" };
    (!ours.encoding.suits(file.compress)).then(|| Reason::HeadersChanged(compressed.to_owned()))
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
