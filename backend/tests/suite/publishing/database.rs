//! Publishing over the real store: from the transaction that the API makes to an object in the bucket.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use backend::ambient::Ambient;
use backend::publishing::{Publisher, PublisherParts};
use backend::store::{Actor, Expected, Imported, SaveKind, Store};
use backend::theme::Theme;
use content::wire::{Audience, ChangedEntry, EntryId, NewEntry, NewSection, ReleaseState, SectionOrder};
use time::{Duration, OffsetDateTime};

use super::cloud::{Cloud, SiteBucket};
use super::life::{End, Life};

struct Site {
    store: Store,
    cloud: Cloud,
    publisher: Publisher,
    actor: Actor,
    _folder: tempfile::TempDir,
}

impl Site {
    async fn new() -> Site {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("cms.db").display());
        Store::migrate(&url).await.unwrap();
        let store = Store::open(&url, ambient()).await.unwrap();
        let actor = Actor { id: "sub".into(), username: "ada".to_owned() };
        let section = NewSection {
            path: "/news/".to_owned(),
            title: "News".to_owned(),
            listed: true,
            order: SectionOrder::Newest,
            feed: true,
            page_size: 20,
        };
        store.create_section(&actor, &section).await.unwrap();
        let cloud = Cloud::default();
        let bucket = SiteBucket { cloud: cloud.clone(), life: Life::new(End::Never), refuses: None };
        let publisher = Publisher::new(PublisherParts {
            catalogue: Arc::new(store.clone()),
            bucket: Arc::new(bucket),
            records: cloud.records.clone(),
            theme: Arc::new(Theme::load(None).unwrap()),
            audience: Arc::new(|_: &str| Audience::Public),
            origin: Some("https://example.com".to_owned()),
            ambient: ambient(),
        });
        Site { store, cloud, publisher, actor, _folder: folder }
    }

    async fn entry(&self, title: &str) -> EntryId {
        let new = NewEntry {
            title: title.to_owned(),
            section: Some("/news/".to_owned()),
            body: Some(format!("The text of *{title}*.")),
            tags: Some(vec!["one".to_owned()]),
            ..NewEntry::default()
        };
        let entry = self.store.create_entry(&self.actor, &new, &Imported::default()).await.unwrap();
        entry.summary.id
    }

    async fn publish(&self, id: &EntryId) -> content::wire::ReleaseId {
        self.store.publish_entry(&self.actor, id, &Expected::Any).await.unwrap().id
    }

    async fn settle(&self) {
        self.publisher.advance().await.unwrap();
        self.cloud.announce();
        self.publisher.advance().await.unwrap();
        assert_eq!(self.cloud.stale(), Vec::<String>::new());
    }

    async fn change(&self, id: &EntryId, changed: ChangedEntry) {
        self.store.save_entry(&self.actor, id, &changed, SaveKind::Save, &Expected::Any).await.unwrap();
    }
}

/// Each look at the clock is a millisecond later, so that nothing happens at the same time as anything else.
fn ambient() -> Ambient {
    static LOOKS: AtomicU64 = AtomicU64::new(0);
    let now = || {
        let looks = i64::try_from(LOOKS.fetch_add(1, Ordering::SeqCst)).unwrap();
        OffsetDateTime::from_unix_timestamp(1_795_000_000).unwrap() + Duration::milliseconds(looks)
    };
    let random = || {
        let mut bytes = [7; 16];
        bytes[..8].copy_from_slice(&LOOKS.fetch_add(1, Ordering::SeqCst).to_be_bytes());
        bytes
    };
    Ambient::new(now, random)
}

#[tokio::test]
async fn an_entry_is_published_renamed_and_taken_off() {
    let site = Site::new().await;
    let id = site.entry("First story").await;
    let release = site.publish(&id).await;
    site.settle().await;
    let release = site.store.release(&release).await.unwrap().unwrap();
    assert_eq!(release.state, ReleaseState::Live);
    let names: Vec<ReleaseState> = release.steps.iter().map(|step| step.name).collect();
    use ReleaseState::{Announcing, Live, Placing, Queued};
    assert_eq!(names, [Queued, Placing, Announcing, Live]);
    let page = site.cloud.text("/news/first-story/").unwrap();
    assert!(page.contains("The text of <em>First story</em>."), "{page}");
    for path in ["/news/", "/news/tags/one/", "/news/feed.xml", "/sitemap.xml", "/"] {
        assert!(site.cloud.text(path).unwrap().contains("/news/first-story/"), "{path}");
    }
    let renamed = ChangedEntry { slug: Some("renamed".to_owned()), ..ChangedEntry::default() };
    site.change(&id, renamed).await;
    site.publish(&id).await;
    site.settle().await;
    let redirect = site.cloud.headers("/news/first-story/").unwrap().redirect;
    assert_eq!(redirect.as_deref(), Some("/news/renamed/"));
    site.store.unpublish_entry(&site.actor, &id, &Expected::Any).await.unwrap();
    site.settle().await;
    assert_eq!((site.cloud.text("/news/renamed/"), site.cloud.text("/news/first-story/")), (None, None));
    assert!(!site.cloud.text("/news/").unwrap().contains("renamed"));
}

#[tokio::test]
async fn lists_are_in_the_order_of_the_database_on_every_page() {
    let site = Site::new().await;
    let mut ids = Vec::new();
    for number in 0..45 {
        ids.push(site.entry(&format!("Story {number:02}")).await);
    }
    for id in &ids {
        site.publish(id).await;
    }
    site.settle().await;
    let shows = |path: &str, numbers: std::ops::Range<u32>| {
        let page = site.cloud.text(path).unwrap();
        for number in 0..45 {
            let there = page.contains(&format!("/news/story-{number:02}/"));
            assert_eq!(there, numbers.contains(&number), "{path} {number}");
        }
    };
    shows("/news/", 25..45);
    shows("/news/page/2/", 20..40);
    shows("/news/page/1/", 0..20);
    site.store.unpublish_entry(&site.actor, &ids[3], &Expected::Any).await.unwrap();
    site.settle().await;
    assert!(site.cloud.text("/news/page/1/").unwrap().contains("/news/story-20/"));
    assert!(site.cloud.text("/news/tags/one/page/1/").unwrap().contains("/news/story-20/"));
}

#[tokio::test]
async fn a_publication_among_many_puts_no_more() {
    let site = Site::new().await;
    for number in 0..300 {
        let id = site.entry(&format!("Story {number:03}")).await;
        site.publish(&id).await;
    }
    site.settle().await;
    site.cloud.stored().log.clear();
    let id = site.entry("The latest").await;
    site.publish(&id).await;
    site.settle().await;
    let put = site.cloud.stored().log.len();
    // Its page and twin, the page before it, which leads to it, and what always shows the latest.
    assert!(put <= 13, "{put} objects are put: {:?}", site.cloud.stored().log);
}
