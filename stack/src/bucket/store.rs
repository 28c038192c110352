//! The objects by key, and the settings that decide what a reader of the bucket is told.

use std::{
    path::Path,
    sync::{
        Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard,
        atomic::{AtomicU64, Ordering},
    },
};

use bytes::Bytes;

use super::{
    contents::Contents,
    cors::CorsRule,
    fault::BucketFault,
    kept::{Kept, KeptError},
    notification::{Created, Creation, Listener},
    object::{Object, ObjectMetadata},
};
use crate::clock::Clock;

/// How a bucket presents itself.
#[derive(Clone, Debug)]
pub struct BucketSettings {
    /// Its name, as in path-style addresses.
    pub name: String,
    /// What the distribution may read.
    pub grant: ReadGrant,
    /// Whether it keeps what was there before.
    pub versioned: bool,
    /// Whether its API takes signed requests only.
    pub signed_only: bool,
    /// Which pages of other origins may talk to its API.
    pub cors: Vec<CorsRule>,
    /// Dates the objects.
    pub clock: Clock,
}

/// What a bucket policy lets a distribution do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadGrant {
    /// What the keys begin with that it may read (`s3:GetObject`); none where nothing is granted.
    pub prefix: Option<String>,
    /// Whether it may list (`s3:ListBucket`). Without that a missing key is 403 AccessDenied, with it 404 NoSuchKey.
    pub list: bool,
}

impl ReadGrant {
    /// Whether an object of this key may be read.
    #[must_use]
    pub fn covers(&self, key: &str) -> bool {
        self.prefix.as_ref().is_some_and(|prefix| key.starts_with(prefix))
    }
}

impl Default for ReadGrant {
    /// Every object, but no listing.
    fn default() -> Self {
        Self { prefix: Some(String::new()), list: false }
    }
}

impl Default for BucketSettings {
    fn default() -> Self {
        Self {
            name: "site".into(),
            grant: ReadGrant::default(),
            versioned: false,
            signed_only: false,
            cors: Vec::new(),
            clock: Clock::system(),
        }
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
    contents: RwLock<Contents>,
    answered: AtomicU64,
    kept: Option<Kept>,
    listeners: RwLock<Vec<Listener>>,
    fault: RwLock<Option<BucketFault>>,
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
        Self::made_of(settings, Contents::default(), None)
    }

    /// A bucket with what an earlier run left in the folder, which goes on.
    ///
    /// # Errors
    /// When the folder cannot be used.
    pub fn kept_in(folder: &Path, settings: BucketSettings) -> Result<Self, KeptError> {
        let mut contents = Contents::default();
        let kept = Kept::open(folder, &mut contents)?;
        Ok(Self::made_of(settings, contents, Some(kept)))
    }

    fn made_of(settings: BucketSettings, contents: Contents, kept: Option<Kept>) -> Self {
        let (contents, answered) = (RwLock::new(contents), AtomicU64::new(0));
        let (listeners, fault) = (RwLock::default(), RwLock::default());
        Self { inner: Arc::new(Inner { settings, contents, answered, kept, listeners, fault }) }
    }

    /// Makes every request to its API fail, or work again.
    pub fn set_fault(&self, fault: Option<BucketFault>) {
        *self.inner.fault.write().unwrap_or_else(PoisonError::into_inner) = fault;
    }

    pub(super) fn fault(&self) -> Option<BucketFault> {
        *self.inner.fault.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Has `listener` told of every object that is put from now on.
    pub fn on_created(&self, listener: impl Fn(&Created) + Send + Sync + 'static) {
        let mut listeners = self.inner.listeners.write().unwrap_or_else(PoisonError::into_inner);
        listeners.push(Listener::new(listener));
    }

    /// Stores an object, replacing what was there.
    pub fn put(
        &self,
        key: impl Into<String>,
        body: impl Into<Bytes>,
        metadata: ObjectMetadata,
    ) -> Arc<Object> {
        let object = Object::new(key.into(), body.into(), metadata, self.inner.settings.clock.now());
        self.store(object, Creation::Put, self.write())
    }

    /// Stores an object if what is there is as it has to be. Nothing can come in between.
    pub(super) fn put_if<E>(
        &self,
        key: String,
        body: Bytes,
        metadata: ObjectMetadata,
        creation: Creation,
        condition: impl FnOnce(Option<&Object>) -> Result<(), E>,
    ) -> Result<Arc<Object>, E> {
        let object = Object::new(key, body, metadata, self.inner.settings.clock.now());
        let contents = self.write();
        condition(contents.current.get(&object.key).map(Arc::as_ref))?;
        Ok(self.store(object, creation, contents))
    }

    fn store(
        &self,
        mut object: Object,
        creation: Creation,
        mut contents: RwLockWriteGuard<'_, Contents>,
    ) -> Arc<Object> {
        let number = contents.next_number();
        object.version_id = self.inner.settings.versioned.then(|| contents.next_version_id());
        let object = Arc::new(object);
        contents.put(Arc::clone(&object));
        if let Some(kept) = &self.inner.kept {
            kept.put(&object);
        }
        drop(contents);
        let created = Created { object: Arc::clone(&object), creation, number };
        for listener in self.inner.listeners.read().unwrap_or_else(PoisonError::into_inner).iter() {
            listener.tell(&created);
        }
        object
    }

    /// Deletes what is current, on disk too.
    fn forget(&self, key: &str, contents: &mut Contents) -> Option<String> {
        if let Some(kept) = &self.inner.kept {
            kept.delete(key);
        }
        contents.delete(key, self.inner.settings.versioned)
    }

    /// Removes an object; whether there was one. S3 answers both cases alike.
    pub fn delete(&self, key: &str) -> bool {
        let mut contents = self.write();
        let there = contents.current.contains_key(key);
        self.forget(key, &mut contents);
        there
    }

    /// Removes an object if it is as it has to be; the id of the mark that this leaves in a versioned bucket.
    pub(super) fn delete_if<E>(
        &self,
        key: &str,
        condition: impl FnOnce(Option<&Object>) -> Result<(), E>,
    ) -> Result<Option<String>, E> {
        let mut contents = self.write();
        condition(contents.current.get(key).map(Arc::as_ref))?;
        Ok(self.forget(key, &mut contents))
    }

    /// Removes a version for good.
    pub(super) fn delete_version(&self, key: &str, id: &str) {
        let mut contents = self.write();
        contents.delete_version(key, id);
        if let Some(kept) = &self.inner.kept {
            match contents.current.get(key) {
                Some(object) => kept.put(object),
                None => kept.delete(key),
            }
        }
    }

    /// A version: `None` if there is none, `Some(None)` for the mark of a deletion.
    pub(super) fn version(&self, key: &str, id: &str) -> Option<Option<Arc<Object>>> {
        self.read().version(key, id)
    }

    /// The object under this key.
    #[must_use]
    pub fn head(&self, key: &str) -> Option<Arc<Object>> {
        self.read().current.get(key).map(Arc::clone)
    }

    /// The objects whose keys start with `prefix`, in the order of their keys' bytes.
    #[must_use]
    pub fn list(&self, prefix: &str) -> Vec<Arc<Object>> {
        let contents = self.read();
        let from = contents.current.range(prefix.to_owned()..);
        from.take_while(|(key, _)| key.starts_with(prefix)).map(|(_, object)| Arc::clone(object)).collect()
    }

    fn read(&self) -> RwLockReadGuard<'_, Contents> {
        self.inner.contents.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Contents> {
        self.inner.contents.write().unwrap_or_else(PoisonError::into_inner)
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

    #[test]
    fn a_versioned_bucket_keeps_what_was_there() {
        let bucket = Bucket::with_settings(BucketSettings { versioned: true, ..BucketSettings::default() });
        let put =
            |text: &'static str| bucket.put("a", text, ObjectMetadata::default()).version_id.clone().unwrap();
        let (one, two) = (put("one"), put("two"));
        let body = |id: &str| bucket.version("a", id).map(|object| object.map(|object| object.body.clone()));
        assert_eq!((body(&one), body(&two)), (Some(Some("one".into())), Some(Some("two".into()))));
        let mark = bucket.delete_if("a", |_| Ok::<_, ()>(())).unwrap().unwrap();
        assert!(bucket.head("a").is_none() && body(&mark) == Some(None) && body("none").is_none());
        bucket.delete_version("a", &mark);
        assert_eq!(bucket.head("a").unwrap().body, "two");
        bucket.delete_version("a", &two);
        assert_eq!(bucket.head("a").unwrap().body, "one");
        bucket.delete_version("a", &one);
        assert!(bucket.head("a").is_none() && body(&one).is_none());
        assert!(Bucket::new().put("a", "", ObjectMetadata::default()).version_id.is_none());
    }
}
