//! What publishing asks of the store: committed rows, releases in batches, the ledger of what is live, and the lease.

use std::future::Future;
use std::pin::Pin;

use content::wire::{
    EntryId, MediaId, MediaItem, Problem, ReleaseAction, ReleaseId, Section, SectionOrder, Site, Timestamp,
};

use super::page::ListId;
use super::published::Published;
use super::sitemap::Location;
use super::standing::{SortKey, Standing};

/// What the store answers, later.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, CatalogueError>> + Send + 'a>>;

/// The store did not answer. Nothing was changed, and the same question may be asked again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct CatalogueError(pub String);

/// A release as publishing needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueuedRelease {
    /// Its id; later ones sort after earlier ones.
    pub id: ReleaseId,
    /// The entry; none for all of the site, or for discarded files.
    pub entry: Option<EntryId>,
    /// What is done.
    pub action: ReleaseAction,
    /// Where the entry stood before the release, if it was on the site.
    pub before: Option<Standing>,
    /// The batch that it was part of before it failed and was tried again.
    pub failed_batch: Option<String>,
}

impl QueuedRelease {
    /// Whether it is one of the whole site.
    #[must_use]
    pub fn is_of_site(&self) -> bool {
        self.entry.is_none() && self.action == ReleaseAction::Publish
    }
}

/// Releases that are put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Its id.
    pub id: String,
    /// How many times it was taken up, or announced again.
    pub attempt: i64,
    /// Its releases, the oldest first.
    pub releases: Vec<QueuedRelease>,
}

/// A batch whose objects are all put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnouncedBatch {
    /// Its id.
    pub id: String,
    /// Its attempt.
    pub attempt: i64,
    /// Since when its announcement is awaited.
    pub since: Timestamp,
    /// Its releases.
    pub releases: Vec<ReleaseId>,
}

/// What the ledger says of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerRow {
    /// Its key.
    pub key: String,
    /// Its fingerprint; empty while it is not known what stands in the bucket, [`super::object::REMOVED`] where it was
    /// removed and the CDN may not know.
    pub fingerprint: String,
}

/// The store, as publishing sees it. Each call is one transaction.
pub trait Catalogue: Send + Sync {
    /// Takes the lease until a time, where nobody else holds it; again and again by the same owner.
    fn take_lease<'a>(&'a self, owner: &'a str, now: &'a Timestamp, until: &'a Timestamp)
    -> Answer<'a, bool>;
    /// Gives the lease back.
    fn return_lease<'a>(&'a self, owner: &'a str) -> Answer<'a, ()>;

    /// The batch that is being placed, or a new one of at most `limit` queued releases under the id `new`. Counts the
    /// attempt, and says of its releases that they are placed now.
    fn take_batch<'a>(&'a self, new: &'a str, limit: u32, now: &'a Timestamp) -> Answer<'a, Option<Batch>>;
    /// Queues a release of the whole site, where none is queued.
    fn release_site(&self) -> Answer<'_, ()>;
    /// How many releases are queued or placed at this time.
    fn waiting(&self) -> Answer<'_, u64>;
    /// Says of a batch's releases that they wait for their announcement, and which addresses they change.
    fn placed<'a>(&'a self, batch: &'a str, paths: &'a [String], now: &'a Timestamp) -> Answer<'a, ()>;
    /// The batches that wait for their announcement.
    fn announcing(&self) -> Answer<'_, Vec<AnnouncedBatch>>;
    /// Counts another attempt at a batch's announcement, awaited from now on.
    fn announce_again<'a>(&'a self, batch: &'a str, now: &'a Timestamp) -> Answer<'a, i64>;
    /// Says of a batch's releases that they are live, and of those that they overtook; forgets what it removed.
    fn live<'a>(&'a self, batch: &'a str, now: &'a Timestamp) -> Answer<'a, ()>;
    /// Says of releases that they have failed, of those that are placed or wait for their announcement.
    fn failed<'a>(
        &'a self,
        releases: &'a [ReleaseId],
        problem: &'a Problem,
        now: &'a Timestamp,
    ) -> Answer<'a, ()>;

    /// Files that no media item has any more, and whose release is one of a batch's or came before: their addresses.
    fn discarded<'a>(&'a self, batch: &'a str) -> Answer<'a, Vec<String>>;
    /// Forgets discarded files, which are removed.
    fn forget_discarded<'a>(&'a self, paths: &'a [String]) -> Answer<'a, ()>;

    /// What the ledger says of these keys, where it says anything.
    fn ledger<'a>(&'a self, keys: &'a [String]) -> Answer<'a, Vec<LedgerRow>>;
    /// Writes rows as a batch's.
    fn write_ledger<'a>(&'a self, batch: &'a str, rows: &'a [LedgerRow]) -> Answer<'a, ()>;
    /// The keys of a batch's rows.
    fn changed_by<'a>(&'a self, batch: &'a str) -> Answer<'a, Vec<String>>;
    /// Makes the rows of a batch that failed those of another.
    fn adopt<'a>(&'a self, failed: &'a str, batch: &'a str) -> Answer<'a, ()>;
    /// Keys of the ledger in their order, after a key.
    fn keys_after<'a>(&'a self, key: &'a str, limit: u32) -> Answer<'a, Vec<String>>;

    /// The site.
    fn site(&self) -> Answer<'_, Site>;
    /// The sections.
    fn sections(&self) -> Answer<'_, Vec<Section>>;
    /// Published entries by their ids, where they are published.
    fn published<'a>(&'a self, ids: &'a [EntryId]) -> Answer<'a, Vec<Published>>;
    /// Published entries by their addresses, where there are any.
    fn published_at<'a>(&'a self, paths: &'a [String]) -> Answer<'a, Vec<Published>>;
    /// The addresses of published entries by their ids.
    fn paths<'a>(&'a self, ids: &'a [EntryId]) -> Answer<'a, Vec<(EntryId, String)>>;
    /// Addresses of published entries in the order of their ids, after an id.
    fn paths_after<'a>(&'a self, id: &'a str, limit: u32) -> Answer<'a, Vec<(EntryId, String)>>;
    /// Where former addresses lead now, from and to: to a published entry, or to an address that somebody said.
    fn redirects<'a>(&'a self, from: &'a [String]) -> Answer<'a, Vec<(String, String)>>;
    /// Former addresses in their order, after one.
    fn former_paths_after<'a>(&'a self, path: &'a str, limit: u32) -> Answer<'a, Vec<String>>;
    /// The former addresses of entries.
    fn former_paths<'a>(&'a self, entries: &'a [EntryId]) -> Answer<'a, Vec<String>>;
    /// The addresses of published entries whose texts link to one of these.
    fn linking<'a>(&'a self, entries: &'a [EntryId]) -> Answer<'a, Vec<String>>;
    /// Media items by their ids, where they are ready.
    fn media<'a>(&'a self, ids: &'a [MediaId]) -> Answer<'a, Vec<MediaItem>>;

    /// How many entries a list has. Front pages of sections are in none.
    fn length<'a>(&'a self, list: &'a ListId) -> Answer<'a, u64>;
    /// How many entries of a list come before a key.
    fn rank<'a>(&'a self, list: &'a ListId, key: &'a SortKey) -> Answer<'a, u64>;
    /// Entries of a list in ascending order, from a rank on.
    fn range<'a>(
        &'a self,
        list: &'a ListId,
        order: SectionOrder,
        from: u64,
        limit: u64,
    ) -> Answer<'a, Vec<Published>>;
    /// Address and title of the entries before and after a key in a section's list. Front pages of sections are in none.
    fn neighbours<'a>(
        &'a self,
        section: &'a str,
        key: &'a SortKey,
    ) -> Answer<'a, [Option<(String, String)>; 2]>;
    /// The tags of a section's published entries, those that most entries have first.
    fn tags<'a>(&'a self, section: &'a str, limit: u32) -> Answer<'a, Vec<String>>;

    /// How many entries of these sections search engines may find.
    fn sitemap_length<'a>(&'a self, sections: &'a [String]) -> Answer<'a, u64>;
    /// How many of them were published before a key.
    fn sitemap_rank<'a>(&'a self, sections: &'a [String], key: &'a SortKey) -> Answer<'a, u64>;
    /// Those of them from a rank on, the oldest first.
    fn sitemap_range<'a>(
        &'a self,
        sections: &'a [String],
        from: u64,
        limit: u64,
    ) -> Answer<'a, Vec<Location>>;
}
