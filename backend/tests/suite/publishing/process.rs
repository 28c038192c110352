//! Processes that publish: each begins with the same database and cloud, and may be killed.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock};

use backend::ambient::Ambient;
use backend::publishing::{AudienceOf, BucketError, Outlook, PublishError, Publisher, PublisherParts};
use backend::theme::Theme;
use content::wire::{Audience, Section, SectionOrder};
use time::{Duration, OffsetDateTime};

use super::catalogue::Store;
use super::cloud::{Cloud, SiteBucket};
use super::held::{Content, Database, section};
use super::life::{End, Life};

static THEME: LazyLock<Arc<Theme>> = LazyLock::new(|| Arc::new(Theme::load(None).unwrap()));

/// A world: what outlives processes, and the time.
pub(crate) struct World {
    pub(crate) database: Database,
    pub(crate) cloud: Cloud,
    seconds: Arc<AtomicU64>,
    ids: Arc<AtomicU64>,
}

impl World {
    pub(crate) fn new() -> World {
        World::of(vec![
            section("/", SectionOrder::Newest, 20),
            section("/members/", SectionOrder::Newest, 3),
            section("/news/", SectionOrder::Newest, 3),
        ])
    }

    pub(crate) fn of(sections: Vec<Section>) -> World {
        World {
            database: Database::new(sections),
            cloud: Cloud::default(),
            seconds: Arc::default(),
            ids: Arc::default(),
        }
    }

    pub(crate) fn pass(&self, time: Duration) {
        self.seconds.fetch_add(u64::try_from(time.whole_seconds()).unwrap(), Ordering::SeqCst);
    }

    pub(crate) fn process(&self, end: End, refuses: Option<BucketError>) -> (Publisher, Life) {
        let life = Life::new(end);
        let (seconds, ids) = (self.seconds.clone(), self.ids.clone());
        let now = move || {
            OffsetDateTime::from_unix_timestamp(1_795_000_000).unwrap()
                + Duration::seconds(i64::try_from(seconds.load(Ordering::SeqCst)).unwrap())
        };
        let random = move || {
            let mut bytes = [0; 16];
            bytes[2..10].copy_from_slice(&ids.fetch_add(1, Ordering::SeqCst).to_be_bytes());
            bytes
        };
        let audience: AudienceOf = Arc::new(|path: &str| match path.starts_with("/members/") {
            true => Audience::SignedIn,
            false => Audience::Public,
        });
        let publisher = Publisher::new(PublisherParts {
            catalogue: Arc::new(Store { database: self.database.clone(), life: life.share() }),
            bucket: Arc::new(SiteBucket { cloud: self.cloud.clone(), life: life.share(), refuses }),
            records: self.cloud.records.clone(),
            theme: THEME.clone(),
            audience,
            origin: Some("https://example.com".to_owned()),
            ambient: Ambient::new(now, random),
        });
        (publisher, life)
    }

    /// A process that lives long enough to do all there is to do now.
    pub(crate) async fn advance(&self) -> Result<Outlook, PublishError> {
        self.process(End::Never, None).0.advance().await
    }

    /// Everything that is queued goes live.
    pub(crate) async fn settle(&self) {
        self.advance().await.unwrap();
        self.cloud.announce();
        self.advance().await.unwrap();
        assert!(self.cloud.stale().is_empty(), "{:?}", self.cloud.stale());
    }

    pub(crate) fn publish(&self, id: &str, section: &str, tags: &[&str]) -> content::wire::ReleaseId {
        let title = format!("Title of {id}");
        self.database.publish(&Content { id, section, slug: id, title: &title, body: "Text.", tags })
    }
}
