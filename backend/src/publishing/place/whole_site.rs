//! The whole site, for what may change every page: its settings, a section, the theme.

use std::collections::BTreeSet;

use content::wire::SectionOrder;

use super::{CHUNK, Placing};
use crate::publishing::numbering::Numbering;
use crate::publishing::object::REMOVED;
use crate::publishing::page::{ListId, Page, key, path_of_key};
use crate::publishing::plan::{self, Sections};
use crate::publishing::publisher::Stop;
use crate::publishing::render::Renderer;

impl Placing<'_> {
    /// Everything, for what may change every page. Equal bytes are not put.
    pub(super) async fn place_site(
        &mut self,
        renderer: &Renderer<'_>,
        sections: &Sections,
    ) -> Result<(), Stop> {
        let catalogue = &*self.publisher.catalogue;
        let mut expected: BTreeSet<String> = BTreeSet::new();
        let mut expect = |pages: &[Page]| {
            expected.extend(pages.iter().flat_map(Page::object_paths).map(|path| key(&path)));
        };
        let mut after = String::new();
        loop {
            let found = catalogue.paths_after(&after, CHUNK as u32).await?;
            let Some((last, _)) = found.last() else { break };
            last.as_str().clone_into(&mut after);
            let pages: Vec<Page> = found.into_iter().map(|(_, path)| Page::At(path)).collect();
            expect(&pages);
            self.place(renderer, &pages).await?;
        }
        let mut after = String::new();
        loop {
            let found = catalogue.former_paths_after(&after, CHUNK as u32).await?;
            let Some(last) = found.last() else { break };
            after.clone_from(last);
            let pages: Vec<Page> = found.into_iter().map(Page::At).collect();
            // Addresses that end in a file's name, too, as other systems have them.
            expect(&pages);
            self.place(renderer, &pages).await?;
        }
        let mut pages = renderer.fixed();
        pages.extend([Page::At("/".to_owned()), Page::Sitemap(None)]);
        for (path, rule) in sections {
            pages.extend([Page::At(path.clone()), Page::Feed(path.clone())]);
            pages.extend(numbered(
                &ListId::section(path),
                rule.order,
                rule.page_size,
                catalogue.length(&ListId::section(path)).await?,
            ));
            for tag in catalogue.tags(path, u32::MAX).await? {
                let list = ListId::tag(path, &tag);
                let length = catalogue.length(&list).await?;
                pages.extend(numbered(&list, SectionOrder::Newest, rule.page_size, length));
                pages.insert(Page::List(list, None));
            }
        }
        let public: Vec<String> =
            sections.iter().filter(|(_, rule)| rule.public).map(|(path, _)| path.clone()).collect();
        let parts = catalogue.sitemap_length(&public).await?.div_ceil(plan::SITEMAP_PART);
        pages.extend((0..=parts).map(|part| Page::Sitemap(Some(part))));
        let pages: Vec<Page> = pages.into_iter().collect();
        expect(&pages);
        for chunk in pages.chunks(CHUNK) {
            self.place(renderer, chunk).await?;
        }
        self.place_rest(renderer, &expected).await
    }

    /// What the ledger has beside what was expected: redirects stay, other things go. Files of former themes stay for
    /// pages that somebody holds still.
    async fn place_rest(&mut self, renderer: &Renderer<'_>, expected: &BTreeSet<String>) -> Result<(), Stop> {
        let mut after = String::new();
        loop {
            let keys = self.publisher.catalogue.keys_after(&after, CHUNK as u32).await?;
            let Some(last) = keys.last() else { return Ok(()) };
            after.clone_from(last);
            let rest =
                keys.into_iter().filter(|key| !expected.contains(key) && !key.starts_with("site/assets/"));
            let paths: BTreeSet<String> = rest.map(|key| path_of_key(&key)).collect();
            let (pages, files): (Vec<String>, Vec<String>) =
                paths.into_iter().partition(|path| path.ends_with('/') || path.ends_with("/index.json"));
            let page = |path: String| Page::At(path.strip_suffix("index.json").unwrap_or(&path).to_owned());
            let pages: BTreeSet<Page> = pages.into_iter().map(page).collect();
            self.place(renderer, &Vec::from_iter(pages)).await?;
            let files: Vec<String> = files.iter().map(|path| key(path)).collect();
            let rows = self.publisher.catalogue.ledger(&files).await?;
            let there = rows.into_iter().filter(|row| row.fingerprint != REMOVED);
            self.removed.extend(there.map(|row| row.key));
        }
    }
}

fn numbered(list: &ListId, order: SectionOrder, page_size: u64, length: u64) -> Vec<Page> {
    let from_oldest = order == SectionOrder::Newest;
    let numbers = Numbering { from_oldest, page_size, length }.numbers();
    numbers.map(|number| Page::List(list.clone(), Some(number))).collect()
}
