//! The cache: bounded memory, least recently used first out, and invalidations that no answer slips past.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use http::HeaderName;

use super::{cache_key::CacheKey, entry::Entry, invalidation_path::InvalidationPath};

/// Invalidations remembered for answers that are still on their way from an origin.
const REMEMBERED: usize = 4_096;
/// What an entry takes beside its own bytes: the map nodes and the reference counts.
const OVERHEAD: usize = 512;

/// The cache of a distribution.
#[derive(Debug)]
pub(super) struct Cache {
    shelf: Mutex<Shelf>,
    capacity: usize,
    /// The header field that cache tags are read from.
    tags_in: Option<HeaderName>,
}

/// Stands for the moment at which an origin was asked. An answer is not stored if its path was invalidated since.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked(u64);

#[derive(Debug, Default)]
struct Shelf {
    entries: HashMap<CacheKey, Kept>,
    by_use: BTreeMap<u64, CacheKey>,
    uses: u64,
    bytes: usize,
    invalidations: u64,
    recent: VecDeque<(u64, InvalidationPath)>,
}

#[derive(Debug)]
struct Kept {
    entry: Arc<Entry>,
    used: u64,
    bytes: usize,
}

impl Cache {
    pub(super) fn new(capacity: usize) -> Self {
        Self { shelf: Mutex::default(), capacity, tags_in: None }
    }

    /// The same with the cache tags that a header field lists.
    pub(super) fn with_tags_in(self, header: Option<HeaderName>) -> Self {
        Self { tags_in: header, ..self }
    }

    /// Whether objects have tags at all.
    pub(super) fn knows_tags(&self) -> bool {
        self.tags_in.is_some()
    }

    /// The entry under this key, fresh or not.
    pub(super) fn find(&self, key: &CacheKey) -> Option<Arc<Entry>> {
        let mut shelf = self.shelf();
        let shelf = &mut *shelf;
        let kept = shelf.entries.get_mut(key)?;
        shelf.uses += 1;
        if let Some(key) = shelf.by_use.remove(&kept.used) {
            shelf.by_use.insert(shelf.uses, key);
        }
        kept.used = shelf.uses;
        Some(Arc::clone(&kept.entry))
    }

    /// To be called before an origin is asked for what will be stored.
    pub(super) fn asked(&self) -> Asked {
        Asked(self.shelf().invalidations)
    }

    /// Stores an entry; whether it was. One larger than an eighth of the cache would push out too much.
    pub(super) fn store(&self, key: CacheKey, entry: Arc<Entry>, asked: Asked) -> bool {
        let bytes = entry.size() + 2 * key.size() + OVERHEAD;
        let tags = entry.tags(self.tags_in.as_ref());
        let mut shelf = self.shelf();
        if bytes > self.capacity / 8 || shelf.invalidated_since(asked, &key, &tags) {
            return false;
        }
        shelf.remove(&key);
        shelf.uses += 1;
        shelf.bytes += bytes;
        let used = shelf.uses;
        shelf.by_use.insert(used, key.clone());
        shelf.entries.insert(key, Kept { entry, used, bytes });
        while shelf.bytes > self.capacity {
            let Some((_, oldest)) = shelf.by_use.pop_first() else { break };
            shelf.remove(&oldest);
        }
        true
    }

    /// Drops an entry, because the origin's answer took its place and may not be kept.
    pub(super) fn forget(&self, key: &CacheKey) {
        self.shelf().remove(key);
    }

    /// Drops what these paths and tags name; how many entries that were.
    pub(super) fn invalidate(&self, paths: &[InvalidationPath]) -> usize {
        let mut shelf = self.shelf();
        for path in paths {
            shelf.invalidations += 1;
            let number = shelf.invalidations;
            shelf.recent.push_back((number, path.clone()));
            if shelf.recent.len() > REMEMBERED {
                shelf.recent.pop_front();
            }
        }
        let named = |(key, kept): &(&CacheKey, &Kept)| {
            let (url, tags) = (key.url(), kept.entry.tags(self.tags_in.as_ref()));
            paths.iter().any(|path| path.matches(&url, &tags))
        };
        let gone: Vec<CacheKey> = shelf.entries.iter().filter(named).map(|(key, _)| key.clone()).collect();
        for key in &gone {
            shelf.remove(key);
        }
        gone.len()
    }

    /// How many entries there are, and about how many bytes they take.
    pub(super) fn occupancy(&self) -> (usize, usize) {
        let shelf = self.shelf();
        (shelf.entries.len(), shelf.bytes)
    }

    fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Shelf {
    fn remove(&mut self, key: &CacheKey) {
        if let Some(kept) = self.entries.remove(key) {
            self.by_use.remove(&kept.used);
            self.bytes -= kept.bytes;
        }
    }

    fn invalidated_since(&self, asked: Asked, key: &CacheKey, tags: &[String]) -> bool {
        // What is no longer remembered counts as naming everything.
        let remembered = self.recent.front().is_none_or(|(first, _)| *first <= asked.0 + 1);
        let url = key.url();
        let mut since = self.recent.iter().filter(|(number, _)| *number > asked.0);
        !remembered || since.any(|(_, path)| path.matches(&url, tags))
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, UNIX_EPOCH};

    use bytes::Bytes;
    use http::{HeaderMap, StatusCode};

    use super::*;

    fn entry(bytes: usize) -> Arc<Entry> {
        Arc::new(Entry {
            status: StatusCode::OK,
            headers: HeaderMap::new(),
            body: Bytes::from(vec![0; bytes]),
            origin_etag: None,
            received: UNIX_EPOCH,
            fresh_for: Duration::ZERO,
        })
    }

    fn path(path: &str) -> InvalidationPath {
        InvalidationPath::parse(path).unwrap()
    }

    fn store(cache: &Cache, path: &str, bytes: usize) -> bool {
        cache.store(CacheKey::plain(path), entry(bytes), cache.asked())
    }

    fn has(cache: &Cache, path: &str) -> bool {
        cache.find(&CacheKey::plain(path)).is_some()
    }

    #[test]
    fn the_least_recently_used_goes_first() {
        let cache = Cache::new(100_000);
        for name in ["/a", "/b", "/c", "/d", "/e", "/f", "/g", "/h", "/i", "/j"] {
            assert!(store(&cache, name, 10_000));
            assert!(has(&cache, "/a"));
        }
        assert!(!has(&cache, "/b") && has(&cache, "/a") && has(&cache, "/i"));
        assert!(!store(&cache, "/huge", 50_000));
        let (_, bytes) = cache.occupancy();
        assert!(bytes <= 100_000);
    }

    #[test]
    fn replacing_does_not_leak() {
        let cache = Cache::new(1_000_000);
        for _ in 0..100 {
            store(&cache, "/a", 50_000);
        }
        assert!(cache.occupancy().1 < 60_000);
        cache.forget(&CacheKey::plain("/a"));
        assert_eq!(cache.occupancy(), (0, 0));
    }

    #[test]
    fn invalidation_names_exactly_what_it_names() {
        let cache = Cache::new(1_000_000);
        for name in ["/a", "/a/1", "/a/2", "/b"] {
            store(&cache, name, 1);
        }
        assert_eq!(cache.invalidate(&[path("/a")]), 1);
        assert!(!has(&cache, "/a") && has(&cache, "/a/1"));
        assert_eq!(cache.invalidate(&[path("/a/*"), path("/none")]), 2);
        assert!(has(&cache, "/b"));
    }

    #[test]
    fn an_answer_asked_for_before_an_invalidation_is_not_stored_after_it() {
        let cache = Cache::new(1_000_000);
        let asked = cache.asked();
        cache.invalidate(&[path("/a*")]);
        assert!(!cache.store(CacheKey::plain("/a"), entry(1), asked));
        assert!(cache.store(CacheKey::plain("/b"), entry(1), asked));
        assert!(cache.store(CacheKey::plain("/a"), entry(1), cache.asked()));
        for _ in 0..=REMEMBERED {
            cache.invalidate(&[path("/x")]);
        }
        assert!(!cache.store(CacheKey::plain("/b"), entry(1), asked));
    }
}
