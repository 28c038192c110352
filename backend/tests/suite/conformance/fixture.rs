//! A store with a clock that stands until it is moved, and ids that can be told beforehand.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use backend::ambient::Ambient;
use backend::store::{Actor, EntryFilter, EntrySort, Expected, Imported, SaveKind, Store};
use content::wire::{ChangedEntry, Entry, EntryId, EntrySummary, NewEntry, NewSection, SectionOrder};
use tempfile::TempDir;
use time::OffsetDateTime;

pub(crate) struct Fixture {
    pub(crate) store: Store,
    /// A database without tables.
    pub(crate) empty: String,
    clock: Arc<AtomicI64>,
    _folder: Option<TempDir>,
}

/// 2026-11-26T12:00:00.000Z in milliseconds.
const BEGIN: i64 = 1_795_694_400_000;

impl Fixture {
    pub(crate) async fn sqlite() -> Fixture {
        let folder = tempfile::tempdir().unwrap();
        let url = |name: &str| format!("sqlite:{}", folder.path().join(name).display());
        let (url, empty) = (url("cms.db"), url("empty.db"));
        Store::migrate(&url).await.unwrap();
        Fixture::open(&url, &empty, Some(folder)).await
    }

    pub(crate) async fn open(url: &str, empty: &str, folder: Option<TempDir>) -> Fixture {
        let clock = Arc::new(AtomicI64::new(BEGIN));
        let store = Store::open(url, ambient(&clock)).await.unwrap();
        Fixture { store, empty: empty.to_owned(), clock, _folder: folder }
    }

    pub(crate) fn later(&self, millis: i64) {
        self.clock.fetch_add(millis, Ordering::Relaxed);
    }

    pub(crate) async fn section(&self, path: &str) {
        self.ordered_section(path, SectionOrder::Newest).await;
    }

    pub(crate) async fn ordered_section(&self, path: &str, order: SectionOrder) {
        self.store.create_section(&ada(), &section(path, order)).await.unwrap();
    }

    pub(crate) async fn create(&self, new: NewEntry) -> Entry {
        self.later(1);
        self.store.create_entry(&ada(), &new, &Imported::default()).await.unwrap()
    }

    pub(crate) async fn titled(&self, title: &str) -> Entry {
        self.create(NewEntry { title: title.to_owned(), ..NewEntry::default() }).await
    }

    pub(crate) async fn save(&self, id: &EntryId, changed: ChangedEntry) -> Entry {
        self.later(1);
        self.store.save_entry(&ada(), id, &changed, SaveKind::Save, &Expected::Any).await.unwrap()
    }

    pub(crate) async fn publish(&self, id: &EntryId) {
        self.later(1);
        self.store.publish_entry(&ada(), id, &Expected::Any).await.unwrap();
    }

    pub(crate) async fn read(&self, id: &EntryId) -> Entry {
        self.store.entry(id).await.unwrap().unwrap()
    }

    /// All entries of a list, by pages of `limit`.
    pub(crate) async fn all(&self, filter: &EntryFilter, sort: EntrySort, limit: usize) -> Vec<EntrySummary> {
        let mut items = Vec::new();
        let mut cursor: Option<String> = None;
        loop {
            let page = self.store.entries(filter, sort, cursor.as_deref(), limit).await.unwrap();
            assert!(page.items.len() <= limit);
            items.extend(page.items);
            cursor = page.next;
            if cursor.is_none() {
                return items;
            }
        }
    }
}

pub(crate) fn ambient(clock: &Arc<AtomicI64>) -> Ambient {
    let clock = clock.clone();
    let now = move || {
        let millis = i128::from(clock.load(Ordering::Relaxed));
        OffsetDateTime::from_unix_timestamp_nanos(millis * 1_000_000 + 123_456).unwrap()
    };
    let drawn = AtomicU64::new(1);
    let random = move || {
        let number = drawn.fetch_add(1, Ordering::Relaxed).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        (u128::from(number) << 64 | u128::from(number)).to_be_bytes()
    };
    Ambient::new(now, random)
}

pub(crate) fn section(path: &str, order: SectionOrder) -> NewSection {
    NewSection {
        path: path.to_owned(),
        title: path.to_owned(),
        listed: true,
        order,
        feed: false,
        page_size: 20,
    }
}

pub(crate) fn ada() -> Actor {
    Actor { id: "sub-ada".into(), username: "ada".to_owned() }
}

pub(crate) fn ben() -> Actor {
    Actor { id: "sub-ben".into(), username: "ben".to_owned() }
}

pub(crate) fn titles(items: &[EntrySummary]) -> Vec<&str> {
    items.iter().map(|item| item.title.as_str()).collect()
}

pub(crate) fn body(text: &str) -> ChangedEntry {
    ChangedEntry { body: Some(text.to_owned()), ..ChangedEntry::default() }
}
