//! What the store in memory holds, and what editors do with it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use backend::publishing::{ListId, Published, QueuedRelease, Standing};
use content::wire::{
    Audience, Author, EntryId, Problem, ReleaseAction, ReleaseId, ReleaseState, Section, SectionId,
    SectionOrder, Site, Timestamp,
};

#[derive(Debug, Clone)]
pub(crate) struct HeldRelease {
    pub(crate) queued: QueuedRelease,
    pub(crate) state: ReleaseState,
    pub(crate) batch: Option<String>,
    pub(crate) attempt: i64,
    pub(crate) since: Timestamp,
    pub(crate) paths: Vec<String>,
    pub(crate) problem: Option<Problem>,
}

#[derive(Debug, Default)]
pub(crate) struct Held {
    pub(crate) releases: BTreeMap<ReleaseId, HeldRelease>,
    pub(crate) ledger: BTreeMap<String, (String, String)>,
    pub(crate) entries: BTreeMap<EntryId, Published>,
    pub(crate) former: BTreeMap<String, EntryId>,
    pub(crate) discarded: Vec<String>,
    pub(crate) sections: Vec<Section>,
    pub(crate) site: Option<Site>,
    pub(super) lease: Option<(String, Timestamp)>,
    pub(super) published: BTreeMap<EntryId, (Timestamp, i64)>,
    pub(super) releases_made: u32,
}

/// What outlives every process.
#[derive(Debug, Clone, Default)]
pub(crate) struct Database(Arc<Mutex<Held>>);

/// What is published of an entry.
#[derive(Debug, Clone)]
pub(crate) struct Content<'a> {
    pub(crate) id: &'a str,
    pub(crate) section: &'a str,
    pub(crate) slug: &'a str,
    pub(crate) title: &'a str,
    pub(crate) body: &'a str,
    pub(crate) tags: &'a [&'a str],
}

pub(crate) fn time(seconds: u64) -> Timestamp {
    Timestamp(format!(
        "2026-11-26T{:02}:{:02}:{:02}.000Z",
        seconds / 3_600 % 24,
        seconds / 60 % 60,
        seconds % 60
    ))
}

pub(crate) fn section(path: &str, order: SectionOrder, page_size: u32) -> Section {
    Section {
        id: SectionId(format!("section-{path}")),
        path: path.to_owned(),
        title: format!("Section {path}"),
        listed: true,
        order,
        feed: true,
        page_size,
        audience: Audience::Public,
        entries: 0,
    }
}

impl Database {
    pub(crate) fn new(sections: Vec<Section>) -> Database {
        let database = Database::default();
        let mut held = database.held();
        held.sections = sections;
        held.site = Some(Site {
            title: "Site".to_owned(),
            tagline: "About it".to_owned(),
            language: "en".to_owned(),
            navigation: Vec::new(),
            logo: None,
            accent: "#336699".to_owned(),
            footer: "Foot".to_owned(),
            version: 1,
        });
        drop(held);
        database
    }

    pub(crate) fn held(&self) -> MutexGuard<'_, Held> {
        self.0.lock().unwrap()
    }

    /// The transaction of a publication.
    pub(crate) fn publish(&self, content: &Content<'_>) -> ReleaseId {
        let mut held = self.held();
        let id = EntryId::from(content.id);
        let before = held.entries.get(&id).map(|entry| entry.standing.clone());
        let made = held.releases_made;
        let now = time(u64::from(made));
        let (published_at, revision) = {
            let known = held.published.entry(id.clone()).or_insert((now.clone(), 0));
            known.1 += 1;
            known.clone()
        };
        let path = match content.slug {
            "" => content.section.to_owned(),
            slug => format!("{}{slug}/", content.section),
        };
        if let Some(before) = before.as_ref().filter(|before| before.path != path) {
            held.former.insert(before.path.clone(), id.clone());
        }
        held.former.remove(&path);
        let release = held.queue(Some(id.clone()), ReleaseAction::Publish, before);
        let standing = Standing {
            id: id.clone(),
            section: content.section.to_owned(),
            path,
            title: content.title.to_owned(),
            tags: content.tags.iter().map(ToString::to_string).collect(),
            order: 0,
            published_at,
            no_index: false,
        };
        let published = Published {
            standing,
            revision,
            release: release.0.clone(),
            summary: format!("About {}", content.title),
            body: content.body.to_owned(),
            cover: None,
            author: Author { id: "sub".into(), name: "Ada".to_owned() },
            language: String::new(),
            search_title: String::new(),
            search_description: String::new(),
            updated_at: now,
        };
        held.entries.insert(id, published);
        release
    }

    /// The transaction of taking an entry off the site.
    pub(crate) fn unpublish(&self, id: &str) -> ReleaseId {
        let mut held = self.held();
        let id = EntryId::from(id);
        let before = held.entries.remove(&id).map(|entry| entry.standing);
        held.queue(Some(id), ReleaseAction::Unpublish, before)
    }

    /// The transaction that changes what every page shows.
    pub(crate) fn change_site(&self, change: impl FnOnce(&mut Site)) -> ReleaseId {
        let mut held = self.held();
        change(held.site.as_mut().unwrap());
        held.queue(None, ReleaseAction::Publish, None)
    }

    /// The transaction that discards files of media items.
    pub(crate) fn discard(&self, paths: &[&str]) -> ReleaseId {
        let mut held = self.held();
        held.discarded.extend(paths.iter().map(ToString::to_string));
        held.queue(None, ReleaseAction::Unpublish, None)
    }

    /// The transaction that tries a failed release again.
    pub(crate) fn retry(&self, id: &ReleaseId) {
        let mut held = self.held();
        let release = held.releases.get_mut(id).unwrap();
        assert_eq!(release.state, ReleaseState::Failed);
        release.queued.failed_batch = release.batch.take();
        release.state = ReleaseState::Queued;
        release.problem = None;
    }

    pub(crate) fn state(&self, id: &ReleaseId) -> ReleaseState {
        self.held().releases[id].state
    }
}

impl Held {
    pub(super) fn queue(
        &mut self,
        entry: Option<EntryId>,
        action: ReleaseAction,
        before: Option<Standing>,
    ) -> ReleaseId {
        self.releases_made += 1;
        let id = ReleaseId(format!("release-{:05}", self.releases_made));
        let queued = QueuedRelease { id: id.clone(), entry, action, before, failed_batch: None };
        let release = HeldRelease {
            queued,
            state: ReleaseState::Queued,
            batch: None,
            attempt: 0,
            since: time(0),
            paths: Vec::new(),
            problem: None,
        };
        self.releases.insert(id.clone(), release);
        id
    }

    pub(super) fn of_batch<'h>(&'h mut self, batch: &'h str) -> impl Iterator<Item = &'h mut HeldRelease> {
        self.releases.values_mut().filter(move |release| release.batch.as_deref() == Some(batch))
    }

    pub(super) fn list(&self, list: &ListId, order: SectionOrder) -> Vec<&Published> {
        let mut all: Vec<&Published> = self
            .entries
            .values()
            .filter(|entry| entry.standing.section == list.section && !entry.standing.is_front())
            .filter(|entry| list.tag.as_ref().is_none_or(|tag| entry.standing.tags.contains(tag)))
            .collect();
        all.sort_by_key(|entry| entry.standing.sort_key(order));
        all
    }

    pub(super) fn public(&self, sections: &[String]) -> Vec<&Published> {
        let mut all: Vec<&Published> =
            self.entries.values().filter(|entry| sections.contains(&entry.standing.section)).collect();
        all.sort_by_key(|entry| entry.standing.sort_key(SectionOrder::Newest));
        all
    }
}
