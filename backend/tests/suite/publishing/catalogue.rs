//! The store in memory: what a transaction of the real one does, under one lock.

use std::collections::{BTreeMap, BTreeSet};

use backend::publishing::{
    AnnouncedBatch, Answer, Batch, Catalogue, CatalogueError, LedgerRow, ListId, Location, Published,
    REMOVED, SortKey,
};
use content::markdown::{Reference, references};
use content::wire::{
    EntryId, MediaId, MediaItem, Problem, ReleaseAction, ReleaseId, ReleaseState, Section, SectionOrder,
    Site, Timestamp,
};

use super::held::{Database, Held, HeldRelease};
use super::life::Life;

/// The store as one process reaches it.
pub(crate) struct Store {
    pub(crate) database: Database,
    pub(crate) life: Life,
}

fn order_of(key: &SortKey) -> SectionOrder {
    match key {
        SortKey::Published(..) => SectionOrder::Newest,
        SortKey::Order(..) => SectionOrder::Manual,
        SortKey::Title(..) => SectionOrder::Title,
    }
}

impl Store {
    fn read<'a, T: Send + 'a>(&'a self, read: impl FnOnce(&Held) -> T + Send + 'a) -> Answer<'a, T> {
        Box::pin(async move {
            if self.life.is_over() {
                return Err(CatalogueError("killed".to_owned()));
            }
            Ok(read(&self.database.held()))
        })
    }

    fn write<'a, T: Send + 'a>(&'a self, write: impl FnOnce(&mut Held) -> T + Send + 'a) -> Answer<'a, T> {
        Box::pin(async move {
            let killed = || CatalogueError("killed".to_owned());
            self.life.step(|| write(&mut self.database.held())).ok_or_else(killed)
        })
    }
}

impl Catalogue for Store {
    fn take_lease<'a>(
        &'a self,
        owner: &'a str,
        now: &'a Timestamp,
        until: &'a Timestamp,
    ) -> Answer<'a, bool> {
        self.write(move |held| match &held.lease {
            Some((holder, end)) if holder != owner && end > now => false,
            _ => {
                held.lease = Some((owner.to_owned(), until.clone()));
                true
            }
        })
    }

    fn return_lease<'a>(&'a self, owner: &'a str) -> Answer<'a, ()> {
        self.write(move |held| {
            held.lease.take_if(|(holder, _)| holder == owner);
        })
    }

    fn take_batch<'a>(&'a self, new: &'a str, limit: u32, _: &'a Timestamp) -> Answer<'a, Option<Batch>> {
        self.write(move |held| {
            let open = held.releases.values().find(|release| release.state == ReleaseState::Placing);
            let id = match open.and_then(|release| release.batch.clone()) {
                Some(id) => id,
                None => {
                    let queued =
                        held.releases.values_mut().filter(|release| release.state == ReleaseState::Queued);
                    for release in queued.take(limit as usize) {
                        release.state = ReleaseState::Placing;
                        release.batch = Some(new.to_owned());
                        release.attempt = 0;
                    }
                    new.to_owned()
                }
            };
            let (mut releases, mut attempt) = (Vec::new(), 0);
            for release in held.of_batch(&id).filter(|release| release.state == ReleaseState::Placing) {
                release.attempt += 1;
                attempt = release.attempt;
                releases.push(release.queued.clone());
            }
            (!releases.is_empty()).then_some(Batch { id, attempt, releases })
        })
    }

    fn release_site(&self) -> Answer<'_, ()> {
        self.write(|held| {
            held.queue(None, ReleaseAction::Publish, None);
        })
    }

    fn waiting(&self) -> Answer<'_, u64> {
        self.read(|held| {
            let waits = |release: &&HeldRelease| {
                matches!(release.state, ReleaseState::Queued | ReleaseState::Placing)
            };
            held.releases.values().filter(waits).count() as u64
        })
    }

    fn placed<'a>(&'a self, batch: &'a str, paths: &'a [String], now: &'a Timestamp) -> Answer<'a, ()> {
        self.write(move |held| {
            for release in held.of_batch(batch).filter(|release| release.state == ReleaseState::Placing) {
                release.state = ReleaseState::Announcing;
                release.since = now.clone();
                release.paths = paths.to_vec();
            }
        })
    }

    fn announcing(&self) -> Answer<'_, Vec<AnnouncedBatch>> {
        self.read(|held| {
            let mut batches: BTreeMap<String, AnnouncedBatch> = BTreeMap::new();
            for (id, release) in &held.releases {
                let Some(batch) = release.batch.clone().filter(|_| release.state == ReleaseState::Announcing)
                else {
                    continue;
                };
                let found = batches.entry(batch.clone()).or_insert_with(|| AnnouncedBatch {
                    id: batch,
                    attempt: release.attempt,
                    since: release.since.clone(),
                    releases: Vec::new(),
                });
                found.releases.push(id.clone());
            }
            batches.into_values().collect()
        })
    }

    fn announce_again<'a>(&'a self, batch: &'a str, now: &'a Timestamp) -> Answer<'a, i64> {
        self.write(move |held| {
            let mut attempt = 0;
            for release in held.of_batch(batch) {
                release.attempt += 1;
                release.since = now.clone();
                attempt = release.attempt;
            }
            attempt
        })
    }

    fn live<'a>(&'a self, batch: &'a str, _: &'a Timestamp) -> Answer<'a, ()> {
        self.write(move |held| {
            let mut overtaking = Vec::new();
            for release in held.of_batch(batch).filter(|release| release.state == ReleaseState::Announcing) {
                release.state = ReleaseState::Live;
                overtaking.push(release.queued.clone());
            }
            for later in overtaking {
                for earlier in held.releases.values_mut() {
                    let same = earlier.queued.entry == later.entry && earlier.queued.id < later.id;
                    if same && earlier.state != ReleaseState::Live {
                        earlier.state = ReleaseState::Live;
                        earlier.problem = None;
                    }
                }
            }
            held.ledger.retain(|_, (fingerprint, by)| !(fingerprint == REMOVED && by == batch));
        })
    }

    fn failed<'a>(
        &'a self,
        releases: &'a [ReleaseId],
        problem: &'a Problem,
        _: &'a Timestamp,
    ) -> Answer<'a, ()> {
        self.write(move |held| {
            for id in releases {
                let release = held.releases.get_mut(id).unwrap();
                if matches!(release.state, ReleaseState::Placing | ReleaseState::Announcing) {
                    release.state = ReleaseState::Failed;
                    release.problem = Some(problem.clone());
                }
            }
        })
    }

    fn discarded<'a>(&'a self, _: &'a str) -> Answer<'a, Vec<String>> {
        self.read(|held| held.discarded.clone())
    }

    fn forget_discarded<'a>(&'a self, paths: &'a [String]) -> Answer<'a, ()> {
        self.write(move |held| held.discarded.retain(|path| !paths.contains(path)))
    }

    fn ledger<'a>(&'a self, keys: &'a [String]) -> Answer<'a, Vec<LedgerRow>> {
        self.read(move |held| {
            let row = |key: &String| {
                let (fingerprint, _) = held.ledger.get(key)?;
                Some(LedgerRow { key: key.clone(), fingerprint: fingerprint.clone() })
            };
            keys.iter().filter_map(row).collect()
        })
    }

    fn write_ledger<'a>(&'a self, batch: &'a str, rows: &'a [LedgerRow]) -> Answer<'a, ()> {
        self.write(move |held| {
            for row in rows {
                held.ledger.insert(row.key.clone(), (row.fingerprint.clone(), batch.to_owned()));
            }
        })
    }

    fn changed_by<'a>(&'a self, batch: &'a str) -> Answer<'a, Vec<String>> {
        self.read(move |held| {
            held.ledger.iter().filter(|(_, (_, by))| by == batch).map(|(key, _)| key.clone()).collect()
        })
    }

    fn adopt<'a>(&'a self, failed: &'a str, batch: &'a str) -> Answer<'a, ()> {
        self.write(move |held| {
            for (_, by) in held.ledger.values_mut().filter(|(_, by)| by == failed) {
                batch.clone_into(by);
            }
        })
    }

    fn keys_after<'a>(&'a self, key: &'a str, limit: u32) -> Answer<'a, Vec<String>> {
        self.read(move |held| {
            held.ledger.keys().filter(|known| known.as_str() > key).take(limit as usize).cloned().collect()
        })
    }

    fn site(&self) -> Answer<'_, Site> {
        self.read(|held| held.site.clone().unwrap())
    }

    fn sections(&self) -> Answer<'_, Vec<Section>> {
        self.read(|held| held.sections.clone())
    }

    fn published<'a>(&'a self, ids: &'a [EntryId]) -> Answer<'a, Vec<Published>> {
        self.read(move |held| ids.iter().filter_map(|id| held.entries.get(id)).cloned().collect())
    }

    fn published_at<'a>(&'a self, paths: &'a [String]) -> Answer<'a, Vec<Published>> {
        self.read(move |held| {
            held.entries.values().filter(|entry| paths.contains(&entry.standing.path)).cloned().collect()
        })
    }

    fn paths<'a>(&'a self, ids: &'a [EntryId]) -> Answer<'a, Vec<(EntryId, String)>> {
        self.read(move |held| {
            let path = |id: &EntryId| Some((id.clone(), held.entries.get(id)?.standing.path.clone()));
            ids.iter().filter_map(path).collect()
        })
    }

    fn paths_after<'a>(&'a self, id: &'a str, limit: u32) -> Answer<'a, Vec<(EntryId, String)>> {
        self.read(move |held| {
            let later = held.entries.iter().filter(|(known, _)| known.as_str() > id);
            later.take(limit as usize).map(|(id, entry)| (id.clone(), entry.standing.path.clone())).collect()
        })
    }

    fn redirects<'a>(&'a self, from: &'a [String]) -> Answer<'a, Vec<(String, String)>> {
        self.read(move |held| {
            let to = |from: &String| {
                let entry = held.entries.get(held.former.get(from)?)?;
                Some((from.clone(), entry.standing.path.clone()))
            };
            from.iter().filter_map(to).collect()
        })
    }

    fn former_paths_after<'a>(&'a self, path: &'a str, limit: u32) -> Answer<'a, Vec<String>> {
        self.read(move |held| {
            held.former.keys().filter(|known| known.as_str() > path).take(limit as usize).cloned().collect()
        })
    }

    fn former_paths<'a>(&'a self, entries: &'a [EntryId]) -> Answer<'a, Vec<String>> {
        self.read(move |held| {
            held.former.iter().filter(|(_, to)| entries.contains(to)).map(|(from, _)| from.clone()).collect()
        })
    }

    fn linking<'a>(&'a self, entries: &'a [EntryId]) -> Answer<'a, Vec<String>> {
        self.read(move |held| {
            let wanted: BTreeSet<Reference> =
                entries.iter().map(|id| Reference::Entry(id.0.clone())).collect();
            let links = |entry: &&Published| {
                references(&entry.body).iter().any(|reference| wanted.contains(reference))
            };
            held.entries.values().filter(links).map(|entry| entry.standing.path.clone()).collect()
        })
    }

    fn media<'a>(&'a self, _: &'a [MediaId]) -> Answer<'a, Vec<MediaItem>> {
        self.read(|_| Vec::new())
    }

    fn length<'a>(&'a self, list: &'a ListId) -> Answer<'a, u64> {
        self.read(move |held| held.list(list, SectionOrder::Newest).len() as u64)
    }

    fn rank<'a>(&'a self, list: &'a ListId, key: &'a SortKey) -> Answer<'a, u64> {
        self.read(move |held| {
            let order = order_of(key);
            let all = held.list(list, order);
            all.iter().filter(|entry| entry.standing.sort_key(order) < *key).count() as u64
        })
    }

    fn range<'a>(
        &'a self,
        list: &'a ListId,
        order: SectionOrder,
        from: u64,
        limit: u64,
    ) -> Answer<'a, Vec<Published>> {
        self.read(move |held| {
            held.list(list, order).into_iter().skip(from as usize).take(limit as usize).cloned().collect()
        })
    }

    fn neighbours<'a>(
        &'a self,
        section: &'a str,
        key: &'a SortKey,
    ) -> Answer<'a, [Option<(String, String)>; 2]> {
        self.read(move |held| {
            let order = order_of(key);
            let all = held.list(&ListId::section(section), order);
            let named = |entry: &&Published| (entry.path().to_owned(), entry.title().to_owned());
            let before = all.iter().rev().find(|entry| entry.standing.sort_key(order) < *key);
            let after = all.iter().find(|entry| entry.standing.sort_key(order) > *key);
            [before.map(named), after.map(named)]
        })
    }

    fn tags<'a>(&'a self, section: &'a str, limit: u32) -> Answer<'a, Vec<String>> {
        self.read(move |held| {
            let all = held.list(&ListId::section(section), SectionOrder::Newest);
            let tags: BTreeSet<String> = all.iter().flat_map(|entry| entry.standing.tags.clone()).collect();
            tags.into_iter().take(limit as usize).collect()
        })
    }

    fn sitemap_length<'a>(&'a self, sections: &'a [String]) -> Answer<'a, u64> {
        self.read(move |held| held.public(sections).len() as u64)
    }

    fn sitemap_rank<'a>(&'a self, sections: &'a [String], key: &'a SortKey) -> Answer<'a, u64> {
        self.read(move |held| {
            let before = |entry: &&&Published| entry.standing.sort_key(SectionOrder::Newest) < *key;
            held.public(sections).iter().filter(before).count() as u64
        })
    }

    fn sitemap_range<'a>(
        &'a self,
        sections: &'a [String],
        from: u64,
        limit: u64,
    ) -> Answer<'a, Vec<Location>> {
        self.read(move |held| {
            let location = |entry: &Published| Location {
                path: entry.standing.path.clone(),
                changed_at: Some(entry.updated_at.clone()),
            };
            let all = held.public(sections).into_iter();
            all.skip(from as usize).take(limit as usize).map(location).collect()
        })
    }
}
