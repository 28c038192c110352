//! From pages to objects: what stands at a page now, as committed rows and the theme say.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use content::markdown::Reference;
use content::wire::{EntryId, MediaId, Section, SectionOrder, Site};

use super::catalogue::{Catalogue, CatalogueError};
use super::feed::{self, Feed};
use super::numbering::{Neighbour, Numbering};
use super::object::Object;
use super::page::{ListId, Page, twin_path};
use super::plan::SITEMAP_PART;
use super::published::Published;
use super::sitemap::{self, Location};
use super::twin::twin;
use super::view::{AudienceOf, References, View, tag_links};
use crate::theme::context::{
    ErrorPage, HomePage, HomeSection, Item, ListPage, Paging, SearchPage, TagLink, TagPage,
};
use crate::theme::{Theme, ThemeProblem};

/// Entries of a section on the home page.
const ON_HOME: u64 = 5;
/// Tags of a section on its front page.
const TAGS: u32 = 30;

/// Why something could not be rendered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    /// The store did not answer.
    #[error(transparent)]
    Catalogue(#[from] CatalogueError),
    /// The theme does what it may not.
    #[error("{path} cannot be rendered: {problem}")]
    Theme {
        /// The page.
        path: String,
        /// The theme's problem.
        problem: String,
    },
}

/// An object to be at an address, or nothing.
pub type Rendered = (String, Option<Object>);

/// Renders pages of the site as it is now.
pub struct Renderer<'a> {
    catalogue: &'a dyn Catalogue,
    theme: &'a Theme,
    view: View,
    accent: String,
}

/// What was read for some pages at once.
struct Loaded {
    entries: HashMap<String, Published>,
    redirects: HashMap<String, String>,
    references: References,
}

impl<'a> Renderer<'a> {
    /// Reads what all pages share.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn new(
        catalogue: &'a dyn Catalogue,
        theme: &'a Theme,
        audience: AudienceOf,
        origin: Option<String>,
    ) -> Result<Renderer<'a>, CatalogueError> {
        let (site, sections) = (catalogue.site().await?, catalogue.sections().await?);
        let view = view(catalogue, theme, &site, sections, audience, origin).await?;
        Ok(Renderer { catalogue, theme, view, accent: site.accent })
    }

    /// What all pages share.
    #[must_use]
    pub fn view(&self) -> &View {
        &self.view
    }

    /// The theme's own files, and the pages that belong to no entry.
    #[must_use]
    pub fn fixed(&self) -> BTreeSet<Page> {
        let assets = self.theme.assets(&self.accent).into_iter().map(|asset| Page::Asset(asset.path));
        assets.chain([Page::NotFound, Page::Forbidden, Page::Search, Page::Robots]).collect()
    }

    /// What stands at these pages now: each object, or that there is none.
    ///
    /// # Errors
    /// When the store does not answer, or the theme does what it may not.
    pub async fn render(&self, pages: &[Page]) -> Result<Vec<Rendered>, RenderError> {
        let loaded = self.load(pages).await?;
        let mut all = Vec::new();
        for page in pages {
            match page {
                Page::At(path) => all.extend(self.at(path, &loaded).await?),
                page => all.push((page.path(), self.single(page).await?)),
            }
        }
        Ok(all)
    }

    async fn load(&self, pages: &[Page]) -> Result<Loaded, CatalogueError> {
        let at = |page: &Page| if let Page::At(path) = page { Some(path.clone()) } else { None };
        let paths: Vec<String> = pages.iter().filter_map(at).collect();
        let entries = self.catalogue.published_at(&paths).await?;
        let references = references(self.catalogue, entries.iter(), true).await?;
        let entries: HashMap<String, Published> =
            entries.into_iter().map(|entry| (entry.path().to_owned(), entry)).collect();
        let empty: Vec<String> = paths.into_iter().filter(|path| !entries.contains_key(path)).collect();
        let redirects = self.catalogue.redirects(&empty).await?.into_iter().collect();
        Ok(Loaded { entries, redirects, references })
    }

    /// The page of an entry as it would be if this were published.
    ///
    /// # Errors
    /// When the store does not answer, or the theme does what it may not.
    pub async fn page_of(&self, entry: &Published) -> Result<String, RenderError> {
        let references = references(self.catalogue, std::iter::once(entry), true).await?;
        let page = self.page(entry.path(), Some(entry), &references).await?;
        Ok(page.unwrap_or_default())
    }

    async fn page(
        &self,
        path: &str,
        entry: Option<&Published>,
        references: &References,
    ) -> Result<Option<String>, RenderError> {
        let section = self.view.section(path).filter(|section| section.listed);
        match (entry, section) {
            (entry, _) if path == "/" => self.home(entry, references).await.map(Some),
            (entry, Some(section)) => self.front(section, entry, references).await.map(Some),
            (Some(entry), None) => {
                let (page, _) = self.view.entry(entry, references);
                self.theme.entry(&page).map(Some).map_err(|problem| refused(path, &problem))
            }
            (None, None) => Ok(None),
        }
    }

    async fn at(&self, path: &str, loaded: &Loaded) -> Result<[Rendered; 2], RenderError> {
        let entry = loaded.entries.get(path);
        let page = self.page(path, entry, &loaded.references).await?.map(Object::html);
        let Some(entry) = entry else {
            let moved = loaded.redirects.get(path).filter(|to| *to != path);
            let page = page.or_else(|| moved.map(|to| Object::redirect(to)));
            return Ok([(path.to_owned(), page), (twin_path(path), None)]);
        };
        let html = content::markdown::render(&entry.body, &loaded.references).html;
        let twin = twin(entry, &html).map_err(|error| failed(path, &error))?;
        let shown = |object: Object| object.of_revision(entry.revision, Some(&entry.release));
        Ok([(path.to_owned(), page.map(shown)), (twin_path(path), Some(shown(Object::json(twin))))])
    }

    async fn single(&self, page: &Page) -> Result<Option<Object>, RenderError> {
        let path = page.path();
        let theme = |problem: ThemeProblem| refused(&path, &problem);
        let frame = || self.view.frame(&path, "", None);
        Ok(match page {
            Page::At(_) => None,
            Page::Asset(path) => {
                let assets = self.theme.assets(&self.accent);
                let asset = assets.into_iter().find(|asset| asset.path == *path);
                asset.map(|asset| Object::immutable(asset.content_type, asset.bytes))
            }
            Page::NotFound => {
                Some(self.theme.not_found(&ErrorPage { frame: frame() }).map(Object::html).map_err(theme)?)
            }
            Page::Forbidden => {
                Some(self.theme.forbidden(&ErrorPage { frame: frame() }).map(Object::html).map_err(theme)?)
            }
            Page::Search => {
                Some(self.theme.search(&SearchPage { frame: frame() }).map(Object::html).map_err(theme)?)
            }
            Page::Robots => {
                let text =
                    format!("User-agent: *\nAllow: /\n\nSitemap: {}/sitemap.xml\n", self.view.origin());
                Some(Object::new("text/plain; charset=utf-8", text))
            }
            Page::Feed(section) => self.feed(section).await?,
            Page::Sitemap(part) => self.sitemap(*part).await?,
            Page::List(list, number) => self.list(list, *number).await?,
        })
    }

    async fn home(&self, entry: Option<&Published>, references: &References) -> Result<String, RenderError> {
        let mut sections = Vec::new();
        for section in self.view.sections() {
            if !section.listed || !self.view.may_name("/", &section.path) {
                continue;
            }
            let list = ListId::section(&section.path);
            let numbering = self.numbering(&list).await?;
            let first = Numbering { page_size: ON_HOME, ..numbering };
            let items = self.items(&list, first, first.front(), "/").await?;
            let front = self.catalogue.published_at(std::slice::from_ref(&section.path)).await?;
            sections.push(HomeSection {
                section: self.view.section_facts(&section.path),
                summary: front.into_iter().next().map(|front| front.summary).unwrap_or_default(),
                items,
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

    async fn front(
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

    async fn list(&self, list: &ListId, number: Option<u64>) -> Result<Option<Object>, RenderError> {
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

    fn order(&self, list: &ListId) -> SectionOrder {
        match (&list.tag, self.view.section(&list.section)) {
            (None, Some(section)) => section.order,
            _ => SectionOrder::Newest,
        }
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

    async fn feed(&self, path: &str) -> Result<Option<Object>, RenderError> {
        let Some(section) = self.view.section(path).filter(|section| section.feed) else { return Ok(None) };
        let list = ListId::section(path);
        let length = self.catalogue.length(&list).await?;
        let from = length.saturating_sub(feed::LENGTH);
        let mut entries = self.catalogue.range(&list, SectionOrder::Newest, from, feed::LENGTH).await?;
        entries.reverse();
        entries.retain(|entry| self.view.may_name(path, entry.path()));
        let references = references(self.catalogue, entries.iter(), true).await?;
        let entries = entries.into_iter().map(|entry| {
            let html = content::markdown::render(&entry.body, &references).html;
            (entry, html)
        });
        let feed = Feed {
            section_id: section.id.as_str(),
            title: &section.title,
            language: &self.view.site().language,
            origin: self.view.origin(),
            section: path,
            entries: entries.collect(),
        };
        let bytes = feed.write().map_err(|error| failed(path, &error))?;
        Ok(Some(Object::new("application/atom+xml; charset=utf-8", bytes)))
    }

    async fn sitemap(&self, part: Option<u64>) -> Result<Option<Object>, RenderError> {
        let origin = self.view.origin();
        let public: Vec<&Section> =
            self.view.sections().filter(|section| self.is_public(&section.path)).collect();
        let paths: Vec<String> = public.iter().map(|section| section.path.clone()).collect();
        let length = self.catalogue.sitemap_length(&paths).await?;
        let parts = length.div_ceil(SITEMAP_PART);
        let bytes = match part {
            None if parts > 1 => sitemap::index(origin, parts),
            None => {
                let mut all = self.fronts(&public).await?;
                all.extend(self.sitemap_part(&paths, 0).await?);
                sitemap::locations(origin, &all)
            }
            Some(_) if parts <= 1 => return Ok(None),
            Some(0) => sitemap::locations(origin, &self.fronts(&public).await?),
            Some(part) if part <= parts => {
                sitemap::locations(origin, &self.sitemap_part(&paths, (part - 1) * SITEMAP_PART).await?)
            }
            Some(_) => return Ok(None),
        };
        let bytes = bytes.map_err(|error| failed("/sitemap.xml", &error))?;
        Ok(Some(Object::new("application/xml; charset=utf-8", bytes)))
    }

    /// The home page and the front pages of listed sections, where no entry stands that is named anyway.
    async fn fronts(&self, public: &[&Section]) -> Result<Vec<Location>, CatalogueError> {
        let listed = public.iter().filter(|section| section.listed).map(|section| section.path.clone());
        let home = self.is_public("/").then(|| "/".to_owned());
        let mut fronts: BTreeSet<String> = listed.chain(home).collect();
        let paths: Vec<String> = fronts.iter().cloned().collect();
        for entry in self.catalogue.published_at(&paths).await? {
            fronts.remove(entry.path());
        }
        Ok(fronts.into_iter().map(|path| Location { path, changed_at: None }).collect())
    }

    async fn sitemap_part(&self, sections: &[String], from: u64) -> Result<Vec<Location>, CatalogueError> {
        let mut part = self.catalogue.sitemap_range(sections, from, SITEMAP_PART).await?;
        part.retain(|location| self.is_public(&location.path));
        Ok(part)
    }

    fn is_public(&self, path: &str) -> bool {
        self.view.audience(path) == content::wire::Audience::Public
    }
}

/// The view of the site as it is committed.
///
/// # Errors
/// When the store does not answer.
pub async fn view(
    catalogue: &dyn Catalogue,
    theme: &Theme,
    site: &Site,
    sections: Vec<Section>,
    audience: AudienceOf,
    origin: Option<String>,
) -> Result<View, CatalogueError> {
    let references =
        references_of(catalogue, content::markdown::references(&site.footer), site.logo.iter()).await?;
    Ok(View::new(site, sections, &references, audience, origin, theme.asset_urls(&site.accent)))
}

/// What entries refer to: their covers, and what their texts name where `texts` says so.
///
/// # Errors
/// When the store does not answer.
pub async fn references<'e>(
    catalogue: &dyn Catalogue,
    entries: impl Iterator<Item = &'e Published> + Clone,
    texts: bool,
) -> Result<References, CatalogueError> {
    let named = entries.clone().filter(|_| texts);
    let named = named.flat_map(|entry| content::markdown::references(&entry.body)).collect();
    references_of(catalogue, named, entries.filter_map(|entry| entry.cover.as_ref())).await
}

async fn references_of<'m>(
    catalogue: &dyn Catalogue,
    named: Vec<Reference>,
    pictures: impl Iterator<Item = &'m MediaId>,
) -> Result<References, CatalogueError> {
    let mut media: BTreeSet<MediaId> = pictures.cloned().collect();
    let mut entries: BTreeSet<EntryId> = BTreeSet::new();
    for reference in named {
        match reference {
            Reference::Entry(id) => drop(entries.insert(EntryId(id))),
            Reference::Media(id) => drop(media.insert(MediaId(id))),
        }
    }
    let (entries, media): (Vec<EntryId>, Vec<MediaId>) =
        (entries.into_iter().collect(), media.into_iter().collect());
    let mut references = References::default();
    if !entries.is_empty() {
        let paths: BTreeMap<EntryId, String> = catalogue.paths(&entries).await?.into_iter().collect();
        references.entries = paths.into_iter().map(|(id, path)| (id.0, path)).collect();
    }
    if !media.is_empty() {
        let items = catalogue.media(&media).await?;
        references.media = items.into_iter().map(|item| (item.id.0.clone(), item)).collect();
    }
    Ok(references)
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

fn refused(path: &str, problem: &ThemeProblem) -> RenderError {
    RenderError::Theme { path: path.to_owned(), problem: problem.to_string() }
}

fn failed(path: &str, problem: &impl ToString) -> RenderError {
    RenderError::Theme { path: path.to_owned(), problem: problem.to_string() }
}
