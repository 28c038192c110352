//! The store as publishing sees it.

mod batches;
mod ledger;
mod lists;
mod pages;

use content::wire::{
    EntryId, MediaId, MediaItem, MediaState, Problem, ReleaseId, Section, SectionOrder, Site, Timestamp,
};

use super::Store;
use super::error::StoreError;
use crate::publishing::{
    AnnouncedBatch, Answer, Batch, Catalogue, CatalogueError, LedgerRow, ListId, Location, Published, SortKey,
};

impl From<StoreError> for CatalogueError {
    fn from(error: StoreError) -> CatalogueError {
        CatalogueError(error.to_string())
    }
}

/// A method of the port that is one of the store's.
macro_rules! later {
    ($work:expr) => {
        Box::pin(async move { Ok($work.await?) })
    };
}

impl Catalogue for Store {
    fn take_lease<'a>(
        &'a self,
        owner: &'a str,
        now: &'a Timestamp,
        until: &'a Timestamp,
    ) -> Answer<'a, bool> {
        later!(self.take_lease(owner, now, until))
    }

    fn return_lease<'a>(&'a self, owner: &'a str) -> Answer<'a, ()> {
        later!(self.return_lease(owner))
    }

    fn take_batch<'a>(&'a self, new: &'a str, limit: u32, now: &'a Timestamp) -> Answer<'a, Option<Batch>> {
        later!(self.take_batch(new, limit, now))
    }

    fn release_site(&self) -> Answer<'_, ()> {
        Box::pin(async move {
            Store::release_site(self).await?;
            Ok(())
        })
    }

    fn waiting(&self) -> Answer<'_, u64> {
        later!(self.waiting())
    }

    fn placed<'a>(&'a self, batch: &'a str, paths: &'a [String], now: &'a Timestamp) -> Answer<'a, ()> {
        later!(self.placed(batch, paths, now))
    }

    fn announcing(&self) -> Answer<'_, Vec<AnnouncedBatch>> {
        later!(self.announcing())
    }

    fn announce_again<'a>(&'a self, batch: &'a str, now: &'a Timestamp) -> Answer<'a, i64> {
        later!(self.announce_again(batch, now))
    }

    fn live<'a>(&'a self, batch: &'a str, now: &'a Timestamp) -> Answer<'a, ()> {
        later!(self.live(batch, now))
    }

    fn failed<'a>(
        &'a self,
        releases: &'a [ReleaseId],
        problem: &'a Problem,
        now: &'a Timestamp,
    ) -> Answer<'a, ()> {
        later!(self.failed(releases, problem, now))
    }

    fn discarded<'a>(&'a self, batch: &'a str) -> Answer<'a, Vec<String>> {
        later!(self.discarded(batch))
    }

    fn forget_discarded<'a>(&'a self, paths: &'a [String]) -> Answer<'a, ()> {
        later!(self.forget_discarded(paths))
    }

    fn ledger<'a>(&'a self, keys: &'a [String]) -> Answer<'a, Vec<LedgerRow>> {
        later!(self.ledger(keys))
    }

    fn write_ledger<'a>(&'a self, batch: &'a str, rows: &'a [LedgerRow]) -> Answer<'a, ()> {
        later!(self.write_ledger(batch, rows))
    }

    fn changed_by<'a>(&'a self, batch: &'a str) -> Answer<'a, Vec<String>> {
        later!(self.changed_by(batch))
    }

    fn adopt<'a>(&'a self, failed: &'a str, batch: &'a str) -> Answer<'a, ()> {
        later!(self.adopt(failed, batch))
    }

    fn keys_after<'a>(&'a self, key: &'a str, limit: u32) -> Answer<'a, Vec<String>> {
        later!(self.keys_after(key, limit))
    }

    fn site(&self) -> Answer<'_, Site> {
        later!(Store::site(self))
    }

    fn sections(&self) -> Answer<'_, Vec<Section>> {
        later!(Store::sections(self))
    }

    fn published<'a>(&'a self, ids: &'a [EntryId]) -> Answer<'a, Vec<Published>> {
        later!(self.published(ids))
    }

    fn published_at<'a>(&'a self, paths: &'a [String]) -> Answer<'a, Vec<Published>> {
        later!(self.published_at(paths))
    }

    fn paths<'a>(&'a self, ids: &'a [EntryId]) -> Answer<'a, Vec<(EntryId, String)>> {
        later!(self.paths_of(ids))
    }

    fn paths_after<'a>(&'a self, id: &'a str, limit: u32) -> Answer<'a, Vec<(EntryId, String)>> {
        later!(self.paths_after(id, limit))
    }

    fn redirects<'a>(&'a self, from: &'a [String]) -> Answer<'a, Vec<(String, String)>> {
        later!(self.redirected(from))
    }

    fn former_paths_after<'a>(&'a self, path: &'a str, limit: u32) -> Answer<'a, Vec<String>> {
        later!(self.former_paths_after(path, limit))
    }

    fn former_paths<'a>(&'a self, entries: &'a [EntryId]) -> Answer<'a, Vec<String>> {
        later!(self.former_paths(entries))
    }

    fn linking<'a>(&'a self, entries: &'a [EntryId]) -> Answer<'a, Vec<String>> {
        later!(self.linking(entries))
    }

    fn media<'a>(&'a self, ids: &'a [MediaId]) -> Answer<'a, Vec<MediaItem>> {
        Box::pin(async move {
            let items = self.media_of(ids).await?;
            Ok(items.into_iter().filter(|item| item.state == MediaState::Ready).collect())
        })
    }

    fn length<'a>(&'a self, list: &'a ListId) -> Answer<'a, u64> {
        later!(self.length(list))
    }

    fn rank<'a>(&'a self, list: &'a ListId, key: &'a SortKey) -> Answer<'a, u64> {
        later!(self.rank(list, key))
    }

    fn range<'a>(
        &'a self,
        list: &'a ListId,
        order: SectionOrder,
        from: u64,
        limit: u64,
    ) -> Answer<'a, Vec<Published>> {
        later!(self.range(list, order, from, limit))
    }

    fn neighbours<'a>(
        &'a self,
        section: &'a str,
        key: &'a SortKey,
    ) -> Answer<'a, [Option<(String, String)>; 2]> {
        later!(self.neighbours(section, key))
    }

    fn tags<'a>(&'a self, section: &'a str, limit: u32) -> Answer<'a, Vec<String>> {
        later!(self.tags_of(section, limit))
    }

    fn sitemap_length<'a>(&'a self, sections: &'a [String]) -> Answer<'a, u64> {
        later!(self.sitemap_length(sections))
    }

    fn sitemap_rank<'a>(&'a self, sections: &'a [String], key: &'a SortKey) -> Answer<'a, u64> {
        later!(self.sitemap_rank(sections, key))
    }

    fn sitemap_range<'a>(
        &'a self,
        sections: &'a [String],
        from: u64,
        limit: u64,
    ) -> Answer<'a, Vec<Location>> {
        later!(self.sitemap_range(sections, from, limit))
    }
}
