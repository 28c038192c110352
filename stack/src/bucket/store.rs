//! The objects by key, and the settings that decide what a reader of the bucket is told.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, PoisonError, RwLock,
        atomic::{AtomicU64, Ordering},
    },
};

use bytes::Bytes;

use super::object::{Object, ObjectMetadata};
use crate::clock::Clock;

/// How a bucket presents itself.
#[derive(Clone, Debug)]
pub struct BucketSettings {
    /// Its name, as in path-style addresses.
    pub name: String,
    /// Whether the distribution may list it (`s3:ListBucket`). Without that a missing key is 403 AccessDenied, with it
    /// 404 NoSuchKey.
    pub list_granted: bool,
    /// Dates the objects.
    pub clock: Clock,
}

impl Default for BucketSettings {
    fn default() -> Self {
        Self { name: "site".into(), list_granted: false, clock: Clock::system() }
    }
}

/// A bucket. Clones share the same objects.
#[derive(Clone, Debug)]
pub struct Bucket {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    settings: BucketSettings,
    objects: RwLock<BTreeMap<String, Arc<Object>>>,
    answered: AtomicU64,
}

impl Bucket {
    /// An empty bucket named `site` that grants no listing.
    #[must_use]
    pub fn new() -> Self {
        Self::with_settings(BucketSettings::default())
    }

    /// An empty bucket.
    #[must_use]
    pub fn with_settings(settings: BucketSettings) -> Self {
        let inner = Inner { settings, objects: RwLock::default(), answered: AtomicU64::new(0) };
        Self { inner: Arc::new(inner) }
    }

    /// Stores an object, replacing what was there.
    pub fn put(
        &self,
        key: impl Into<String>,
        body: impl Into<Bytes>,
        metadata: ObjectMetadata,
    ) -> Arc<Object> {
        let key = key.into();
        let object =
            Arc::new(Object::new(key.clone(), body.into(), metadata, self.inner.settings.clock.now()));
        self.inner.objects.write().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&object));
        object
    }

    /// Removes an object; whether there was one. S3 answers both cases alike.
    pub fn delete(&self, key: &str) -> bool {
        self.inner.objects.write().unwrap_or_else(PoisonError::into_inner).remove(key).is_some()
    }

    /// The object under this key.
    #[must_use]
    pub fn head(&self, key: &str) -> Option<Arc<Object>> {
        self.inner.objects.read().unwrap_or_else(PoisonError::into_inner).get(key).map(Arc::clone)
    }

    /// The objects whose keys start with `prefix`, in the order of their keys' bytes.
    #[must_use]
    pub fn list(&self, prefix: &str) -> Vec<Arc<Object>> {
        let objects = self.inner.objects.read().unwrap_or_else(PoisonError::into_inner);
        let from = objects.range(prefix.to_owned()..);
        from.take_while(|(key, _)| key.starts_with(prefix)).map(|(_, object)| Arc::clone(object)).collect()
    }

    /// How many requests it has answered as an origin.
    #[must_use]
    pub fn answered(&self) -> u64 {
        self.inner.answered.load(Ordering::Relaxed)
    }

    /// Its settings.
    #[must_use]
    pub fn settings(&self) -> &BucketSettings {
        &self.inner.settings
    }

    /// Counts one request and numbers it.
    pub(super) fn count(&self) -> u64 {
        self.inner.answered.fetch_add(1, Ordering::Relaxed) + 1
    }
}

impl Default for Bucket {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn listing_is_by_prefix_and_in_order() {
        let bucket = Bucket::new();
        for key in ["b", "a/2", "a/1", "a", "ab"] {
            bucket.put(key, "x", ObjectMetadata::default());
        }
        let keys = |prefix: &str| bucket.list(prefix).iter().map(|o| o.key.clone()).collect::<Vec<_>>();
        assert_eq!(keys(""), ["a", "a/1", "a/2", "ab", "b"]);
        assert_eq!(keys("a/"), ["a/1", "a/2"]);
        assert!(bucket.delete("a/1") && !bucket.delete("a/1"));
        assert_eq!(keys("a/"), ["a/2"]);
    }
}
