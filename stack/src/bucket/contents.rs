//! What lies in a bucket: the objects by key, and in a versioned bucket whatever was there before.

use std::{collections::BTreeMap, sync::Arc};

use super::Object;

/// The objects of a bucket.
#[derive(Debug, Default)]
pub(super) struct Contents {
    pub(super) current: BTreeMap<String, Arc<Object>>,
    /// Every version of a key, oldest first; only in a versioned bucket.
    versions: BTreeMap<String, Vec<Version>>,
    issued: u64,
    written: u64,
}

/// A version: an object, or the mark that it was deleted.
#[derive(Clone, Debug)]
struct Version {
    id: String,
    object: Option<Arc<Object>>,
}

impl Contents {
    /// The number of the next write, by which events of one key can be put in their order.
    pub(super) fn next_number(&mut self) -> u64 {
        self.written += 1;
        self.written
    }

    /// An id for the next version. They only have to differ.
    pub(super) fn next_version_id(&mut self) -> String {
        self.issued += 1;
        format!("local-version-{:08}", self.issued)
    }

    /// Makes an object the current one of its key.
    pub(super) fn put(&mut self, object: Arc<Object>) {
        if let Some(id) = &object.version_id {
            let version = Version { id: id.clone(), object: Some(Arc::clone(&object)) };
            self.versions.entry(object.key.clone()).or_default().push(version);
        }
        self.current.insert(object.key.clone(), object);
    }

    /// Deletes what is current; in a versioned bucket that leaves a mark, whose id is returned, even where nothing was.
    pub(super) fn delete(&mut self, key: &str, versioned: bool) -> Option<String> {
        self.current.remove(key);
        if !versioned {
            return None;
        }
        let id = self.next_version_id();
        self.versions.entry(key.to_owned()).or_default().push(Version { id: id.clone(), object: None });
        Some(id)
    }

    /// A version of a key: `None` if there is none, `Some(None)` for the mark of a deletion.
    pub(super) fn version(&self, key: &str, id: &str) -> Option<Option<Arc<Object>>> {
        let versions = self.versions.get(key)?;
        versions.iter().find(|version| version.id == id).map(|version| version.object.clone())
    }

    /// Removes a version for good. What was there before it becomes current if it was.
    pub(super) fn delete_version(&mut self, key: &str, id: &str) {
        let Some(versions) = self.versions.get_mut(key) else { return };
        versions.retain(|version| version.id != id);
        match versions.last().and_then(|last| last.object.clone()) {
            Some(object) => drop(self.current.insert(key.to_owned(), object)),
            None => drop(self.current.remove(key)),
        }
        if versions.is_empty() {
            self.versions.remove(key);
        }
    }
}
