//! Placing a batch: what it touches is rendered, put where its bytes have changed, and told to `announce`.
//!
//! Before an object is put or removed, the ledger says that it is not known what stands there; afterwards it says what
//! does. A kill between the two makes whoever goes on put it again, whatever its bytes are by then. Rows carry the batch,
//! so that its manifest names everything that any attempt has changed.

mod touched;
mod whole_site;

use std::collections::{BTreeSet, HashMap};

use futures_util::FutureExt as _;
use futures_util::{StreamExt as _, TryStreamExt as _, stream};

use super::catalogue::{Batch, LedgerRow, QueuedRelease};
use super::manifest::Manifest;
use super::object::{Object, REMOVED};
use super::page::{Page, SITE_TAG, key};
use super::plan::{self, SectionRule, Sections};
use super::publisher::{LEASE, Lease, PublishError, Publisher, Stop};
use super::render::Renderer;

/// Pages that are rendered and put at a time.
const CHUNK: usize = 200;
/// Objects on their way at a time.
const AT_ONCE: usize = 32;

/// The placing of one batch.
pub(super) struct Placing<'a> {
    publisher: &'a Publisher,
    batch: &'a Batch,
    lease: &'a Lease<'a>,
    /// Keys of what is to be removed once everything else is there.
    removed: Vec<String>,
}

impl<'a> Placing<'a> {
    pub(super) fn new(publisher: &'a Publisher, batch: &'a Batch, lease: &'a Lease<'a>) -> Placing<'a> {
        Placing { publisher, batch, lease, removed: Vec::new() }
    }

    pub(super) async fn run(mut self) -> Result<(), Stop> {
        let catalogue = &*self.publisher.catalogue;
        let failed: BTreeSet<&String> =
            self.batch.releases.iter().filter_map(|release| release.failed_batch.as_ref()).collect();
        for failed in failed {
            catalogue.adopt(failed, &self.batch.id).await?;
        }
        let (audience, origin) = (self.publisher.audience.clone(), self.publisher.origin.clone());
        let renderer = Renderer::new(catalogue, &self.publisher.theme, audience, origin).await?;
        let sections = sections(&renderer);
        match self.batch.releases.iter().any(QueuedRelease::is_of_site) {
            true => self.place_site(&renderer, &sections).await?,
            false => {
                let changes = self.changes().await?;
                let mut pages = plan::pages(&changes);
                pages.extend(renderer.fixed());
                pages.extend(self.list_pages(&changes, &sections).await?);
                pages.extend(self.concerned(&changes).await?);
                self.place_pages(&renderer, pages).await?;
            }
        }
        let discarded = catalogue.discarded(&self.batch.id).await?;
        self.removed.extend(discarded.iter().map(|path| key(path)));
        self.remove().await?;
        catalogue.forget_discarded(&discarded).await?;
        self.announce().await
    }

    async fn place_pages(&mut self, renderer: &Renderer<'_>, pages: BTreeSet<Page>) -> Result<(), Stop> {
        let shows_others = |page: &Page| match page {
            Page::At(path) => path == "/" || renderer.view().section(path).is_some(),
            Page::Asset(_) => false,
            _ => true,
        };
        let (others, entries): (Vec<Page>, Vec<Page>) = pages.into_iter().partition(shows_others);
        for chunk in entries.chunks(CHUNK).chain(others.chunks(CHUNK)) {
            self.place(renderer, chunk).await?;
        }
        Ok(())
    }

    /// Renders pages and puts what has changed of them.
    async fn place(&mut self, renderer: &Renderer<'_>, pages: &[Page]) -> Result<(), Stop> {
        if pages.is_empty() {
            return Ok(());
        }
        self.lease.keep().await?;
        let rendered = renderer.render(pages).await?;
        let catalogue = &*self.publisher.catalogue;
        let keys: Vec<String> = rendered.iter().map(|(path, _)| key(path)).collect();
        let rows = catalogue.ledger(&keys).await?;
        let known: HashMap<String, String> = rows.into_iter().map(|row| (row.key, row.fingerprint)).collect();
        let mut changed: Vec<(String, Object, LedgerRow)> = Vec::new();
        for ((path, object), key) in rendered.into_iter().zip(keys) {
            let row = known.get(&key).map(String::as_str);
            match object {
                Some(object) => {
                    let fingerprint = object.fingerprint();
                    if row != Some(&fingerprint) {
                        changed.push((path, object, LedgerRow { key, fingerprint }));
                    }
                }
                None if row.is_none_or(|row| row == REMOVED) => {}
                None => self.removed.push(key),
            }
        }
        if changed.is_empty() {
            return Ok(());
        }
        let keys = changed.iter().map(|(_, _, row)| row.key.as_str());
        catalogue.write_ledger(&self.batch.id, &unknown(keys)).await?;
        // Boxed, because the compiler cannot tell of a closure's futures that they may be sent to another thread.
        let put: Vec<_> =
            changed.iter().map(|(path, object, row)| self.put(path, object, &row.key).boxed()).collect();
        let all = stream::iter(put).buffer_unordered(AT_ONCE).try_collect::<Vec<()>>();
        self.in_time(all).await?;
        let rows: Vec<LedgerRow> = changed.into_iter().map(|(_, _, row)| row).collect();
        catalogue.write_ledger(&self.batch.id, &rows).await?;
        Ok(())
    }

    async fn put(&self, path: &str, object: &Object, key: &str) -> Result<(), Stop> {
        let release = self.batch.releases.last().map_or(SITE_TAG, |release| release.id.as_str());
        let headers = object.headers(path, release);
        Ok(self.publisher.bucket.put(key, object.bytes.clone(), &headers).await?)
    }

    async fn remove(&mut self) -> Result<(), Stop> {
        let removed: BTreeSet<String> = std::mem::take(&mut self.removed).into_iter().collect();
        let removed: Vec<String> = removed.into_iter().collect();
        let catalogue = &*self.publisher.catalogue;
        for keys in removed.chunks(delivery::DELETE_LIMIT) {
            self.lease.keep().await?;
            catalogue.write_ledger(&self.batch.id, &unknown(keys.iter().map(String::as_str))).await?;
            self.in_time(async { Ok(self.publisher.bucket.delete(keys).await?) }).await?;
            let row = |key: &String| LedgerRow { key: key.clone(), fingerprint: REMOVED.to_owned() };
            let rows: Vec<LedgerRow> = keys.iter().map(row).collect();
            catalogue.write_ledger(&self.batch.id, &rows).await?;
        }
        Ok(())
    }

    async fn announce(&self) -> Result<(), Stop> {
        self.lease.keep().await?;
        let catalogue = &*self.publisher.catalogue;
        let keys = catalogue.changed_by(&self.batch.id).await?;
        let releases = self.batch.releases.iter().map(|release| release.id.0.clone()).collect();
        let manifest = Manifest::new(&self.batch.id, self.batch.attempt, releases, &keys);
        self.in_time(async { Ok(self.publisher.put_manifest(&manifest).await?) }).await?;
        catalogue.placed(&self.batch.id, &manifest.addresses, &self.publisher.ambient.timestamp()).await?;
        Ok(())
    }

    /// Gives up before the lease ends, so that nothing late comes from here once somebody else goes on.
    async fn in_time<T>(&self, what: impl Future<Output = Result<T, Stop>>) -> Result<T, Stop> {
        let time = std::time::Duration::try_from(LEASE / 2).unwrap_or_default();
        match tokio::time::timeout(time, what).await {
            Ok(result) => result,
            Err(_) => Err(PublishError::Bucket(crate::publishing::bucket::BucketError::Passing(
                "the bucket takes too long".to_owned(),
            ))
            .into()),
        }
    }
}

fn unknown<'k>(keys: impl Iterator<Item = &'k str>) -> Vec<LedgerRow> {
    keys.map(|key| LedgerRow { key: key.to_owned(), fingerprint: String::new() }).collect()
}

fn sections(renderer: &Renderer<'_>) -> Sections {
    let view = renderer.view();
    let rule = |section: &content::wire::Section| SectionRule {
        order: section.order,
        page_size: u64::from(section.page_size.max(1)),
        listed: section.listed,
        public: view.audience(&section.path) == content::wire::Audience::Public,
    };
    view.sections().map(|section| (section.path.clone(), rule(section))).collect()
}
