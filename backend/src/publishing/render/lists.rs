//! Pages that show many entries: the home page, front pages of sections, and the pages of lists.

use content::wire::{Section, SectionOrder};

use super::super::catalogue::CatalogueError;
use super::super::numbering::{Neighbour, Numbering};
use super::super::object::Object;
use super::super::page::ListId;
use super::super::published::Published;
use super::super::view::{References, tag_links};
use super::references::references;
use super::{RenderError, Renderer, refused};
use crate::theme::context::{HomePage, HomeSection, Item, ListPage, Paging, TagLink, TagPage};

/// Entries of a section on the home page.
const ON_HOME: u64 = 5;
/// Tags of a section on its front page.
const TAGS: u32 = 30;

impl Renderer<'_> {
    pub(super) async fn home(
        &self,
        entry: Option<&Published>,
        references: &References,
    ) -> Result<String, RenderError> {
        let mut sections = Vec::new();
        for section in self.view.sections() {
            if !section.listed || !self.view.may_name("/", &section.path) {
                continue;
            }
            let list = ListId::section(&section.path);
            let numbering = self.numbering(&list).await?;
            // The home page is the front page of what lies in no section, and leads to its other pages.
            let is_its_front = section.path == "/";
            let shown = if is_its_front { numbering } else { Numbering { page_size: ON_HOME, ..numbering } };
            let items = self.items(&list, shown, shown.front(), "/").await?;
            let front = self.catalogue.published_at(std::slice::from_ref(&section.path)).await?;
            sections.push(HomeSection {
                section: self.view.section_facts(&section.path),
                summary: front.into_iter().next().map(|front| front.summary).unwrap_or_default(),
                items,
                paging: is_its_front.then(|| paging(&list, numbering, None)),
            });
        }
        let shown = entry.map(|entry| self.view.entry(entry, references).0);
        let site = self.view.site();
        let language = entry.map(|entry| entry.language.as_str()).unwrap_or_default();
        let page = HomePage {
            frame: self.view.frame("/", language, self.view.section("/")),
            title: shown.as_ref().map_or_else(|| site.title.clone(), |shown| shown.title.clone()),
            summary: shown.as_ref().map_or_else(|| site.tagline.clone(), |shown| shown.summary.clone()),
            body_html: shown.as_ref().map(|shown| shown.body_html.clone()).unwrap_or_default(),
            cover: shown.as_ref().and_then(|shown| shown.cover.clone()),
            sections,
            search_title: shown.as_ref().map(|shown| shown.search_title.clone()).unwrap_or_default(),
            search_description: shown
                .as_ref()
                .map(|shown| shown.search_description.clone())
                .unwrap_or_default(),
            no_index: shown.is_some_and(|shown| shown.no_index),
        };
        self.theme.home(&page).map_err(|problem| refused("/", &problem))
    }

    pub(super) async fn front(
        &self,
        section: &Section,
        entry: Option<&Published>,
        references: &References,
    ) -> Result<String, RenderError> {
        let list = ListId::section(&section.path);
        let numbering = self.numbering(&list).await?;
        let shown = entry.map(|entry| self.view.entry(entry, references).0);
        let tags = self.catalogue.tags(&section.path, TAGS).await?;
        let language = entry.map(|entry| entry.language.as_str()).unwrap_or_default();
        let page = ListPage {
            frame: self.view.frame(&section.path, language, Some(section)),
            section: self.view.section_facts(&section.path),
            summary: shown.as_ref().map(|shown| shown.summary.clone()).unwrap_or_default(),
            body_html: shown.map(|shown| shown.body_html).unwrap_or_default(),
            items: self.items(&list, numbering, numbering.front(), &section.path).await?,
            paging: paging(&list, numbering, None),
            tags: tag_links(&section.path, &tags),
            breadcrumbs: self.view.breadcrumbs("/"),
        };
        self.theme.section(&page).map_err(|problem| refused(&section.path, &problem))
    }

    pub(super) async fn list(
        &self,
        list: &ListId,
        number: Option<u64>,
    ) -> Result<Option<Object>, RenderError> {
        let Some(section) = self.view.section(&list.section) else { return Ok(None) };
        if list.tag.is_none() && !section.listed {
            return Ok(None);
        }
        let numbering = self.numbering(list).await?;
        let ranks = match number {
            None => Some(numbering.front()),
            Some(number) => numbering.ranks(number),
        };
        let Some(ranks) = ranks.filter(|ranks| !ranks.is_empty()) else { return Ok(None) };
        let path = list.page_path(number);
        let items = self.items(list, numbering, ranks, &path).await?;
        let (frame, paging) = (self.view.frame(&path, "", Some(section)), paging(list, numbering, number));
        let facts = self.view.section_facts(&list.section);
        let breadcrumbs = self.view.breadcrumbs(&list.section);
        let html = match &list.tag {
            Some(tag) => {
                let tag = TagLink { name: tag.clone(), url: list.path() };
                self.theme.tag(&TagPage { frame, section: facts, tag, items, paging, breadcrumbs })
            }
            None => self.theme.section(&ListPage {
                frame,
                section: facts,
                // What changes with every entry stands on the front page only.
                summary: String::new(),
                body_html: String::new(),
                items,
                paging,
                tags: Vec::new(),
                breadcrumbs,
            }),
        };
        Ok(Some(Object::html(html.map_err(|problem| refused(&path, &problem))?)))
    }

    async fn numbering(&self, list: &ListId) -> Result<Numbering, CatalogueError> {
        let length = self.catalogue.length(list).await?;
        let section = self.view.section(&list.section);
        let page_size = section.map_or(20, |section| u64::from(section.page_size));
        Ok(Numbering { from_oldest: self.order(list) == SectionOrder::Newest, page_size, length })
    }

    /// Entries of a list as a page shows them: in its order, without what not every reader of the page may read.
    async fn items(
        &self,
        list: &ListId,
        numbering: Numbering,
        ranks: std::ops::Range<u64>,
        page: &str,
    ) -> Result<Vec<Item>, CatalogueError> {
        let limit = ranks.end - ranks.start;
        let mut entries = self.catalogue.range(list, self.order(list), ranks.start, limit).await?;
        if numbering.from_oldest {
            entries.reverse();
        }
        entries.retain(|entry| self.view.may_name(page, entry.path()));
        let references = references(self.catalogue, entries.iter(), false).await?;
        Ok(entries.iter().map(|entry| self.view.item(entry, &references)).collect())
    }
}

fn paging(list: &ListId, numbering: Numbering, number: Option<u64>) -> Paging {
    let url = |neighbour| match neighbour {
        Neighbour::None => None,
        Neighbour::Front => Some(list.path()),
        Neighbour::Number(number) => Some(list.page_path(Some(number))),
    };
    // A page that says how many there are would change whenever one is added: only the front page does.
    let shown = number.and_then(|number| usize::try_from(number).ok());
    let shown = shown.unwrap_or_else(|| numbering.numbers().count() + 1);
    Paging {
        number: shown,
        total: shown,
        newer_url: url(numbering.before(number)),
        older_url: url(numbering.after(number)),
    }
}
