//! What a batch touches: where its entries stood and stand, the lists that show them, and the pages that link to them.

use std::collections::{BTreeMap, BTreeSet};

use content::wire::EntryId;

use super::Placing;
use crate::publishing::page::Page;
use crate::publishing::plan::{self, Change, ListFacts, Sections};
use crate::publishing::publisher::Stop;
use crate::publishing::standing::Standing;

impl Placing<'_> {
    /// Where the batch's entries stood, and where they stand now.
    pub(super) async fn changes(&self) -> Result<Vec<Change>, Stop> {
        let mut changes: BTreeMap<EntryId, Change> = BTreeMap::new();
        for release in &self.batch.releases {
            if let Some(entry) = &release.entry {
                changes.entry(entry.clone()).or_default().before.push(release.before.clone());
            }
        }
        let ids: Vec<EntryId> = changes.keys().cloned().collect();
        for entry in self.publisher.catalogue.published(&ids).await? {
            if let Some(change) = changes.get_mut(entry.id()) {
                change.after = Some(entry.standing);
            }
        }
        Ok(changes.into_values().collect())
    }

    pub(super) async fn list_pages(
        &self,
        changes: &[Change],
        sections: &Sections,
    ) -> Result<BTreeSet<Page>, Stop> {
        let catalogue = &*self.publisher.catalogue;
        let waiting = catalogue.waiting().await?.saturating_sub(self.batch.releases.len() as u64);
        let mut pages = BTreeSet::new();
        for (list, (order, change)) in plan::lists(changes, sections) {
            let mut facts =
                ListFacts { length: catalogue.length(&list).await?, waiting, ..ListFacts::default() };
            for key in &change.keys {
                facts.ranks.insert(key.clone(), catalogue.rank(&list, key).await?);
                if list.tag.is_none() {
                    // They name each other.
                    let neighbours = catalogue.neighbours(&list.section, key).await?;
                    pages.extend(neighbours.into_iter().flatten().map(|(path, _)| Page::At(path)));
                }
            }
            let page_size = sections.get(&list.section).map_or(1, |rule| rule.page_size);
            pages.extend(plan::list_pages(&list, order, page_size, &change, &facts));
        }
        let public: Vec<String> =
            sections.iter().filter(|(_, rule)| rule.public).map(|(path, _)| path.clone()).collect();
        let change = plan::sitemap(changes, sections);
        let length = catalogue.sitemap_length(&public).await?;
        let mut facts = ListFacts { length, waiting, ..ListFacts::default() };
        for key in &change.keys {
            facts.ranks.insert(key.clone(), catalogue.sitemap_rank(&public, key).await?);
        }
        pages.extend(plan::sitemap_pages(&change, &facts));
        Ok(pages)
    }

    /// Former addresses of the batch's entries, and the pages that link to those whose address is another one.
    pub(super) async fn concerned(&self, changes: &[Change]) -> Result<Vec<Page>, Stop> {
        let catalogue = &*self.publisher.catalogue;
        let id = |change: &Change| change.standings().next().map(|standing: &Standing| standing.id.clone());
        let all: Vec<EntryId> = changes.iter().filter_map(id).collect();
        let moved: Vec<EntryId> = changes.iter().filter(|change| change.moves()).filter_map(id).collect();
        let mut paths = catalogue.former_paths(&all).await?;
        paths.extend(catalogue.linking(&moved).await?);
        Ok(paths.into_iter().map(Page::At).collect())
    }
}
