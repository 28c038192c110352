//! From pages to objects: what stands at a page now, as committed rows and the theme say.

mod files;
mod lists;
mod references;

use std::collections::{BTreeSet, HashMap};

use content::wire::{Section, SectionOrder, Site};

use super::catalogue::{Catalogue, CatalogueError};
use super::object::Object;
use super::page::{ListId, Page, twin_path};
use super::published::Published;
use super::twin::twin;
use super::view::{AudienceOf, References, View};
use crate::theme::context::{EntryPage, ErrorPage, Link, SearchPage};
use crate::theme::{Theme, ThemeProblem};
use references::{references, references_of};

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
                let [previous, next] = self.neighbours(entry).await?;
                let (page, _) = self.view.entry(entry, references);
                let page = EntryPage { previous, next, ..page };
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

    /// The entries before and after one in its section's list, as far as whoever reads the one may read them.
    async fn neighbours(&self, entry: &Published) -> Result<[Option<Link>; 2], CatalogueError> {
        let section = &entry.standing.section;
        if !self.view.section(section).is_some_and(|section| section.listed) {
            return Ok([None, None]);
        }
        let key = entry.standing.sort_key(self.order(&ListId::section(section)));
        let found = self.catalogue.neighbours(section, &key).await?;
        Ok(found.map(|found| {
            found
                .filter(|(path, _)| self.view.may_name(entry.path(), path))
                .map(|(url, title)| Link { title, url })
        }))
    }

    fn order(&self, list: &ListId) -> SectionOrder {
        match (&list.tag, self.view.section(&list.section)) {
            (None, Some(section)) => section.order,
            _ => SectionOrder::Newest,
        }
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

fn refused(path: &str, problem: &ThemeProblem) -> RenderError {
    RenderError::Theme { path: path.to_owned(), problem: problem.to_string() }
}

fn failed(path: &str, problem: &impl ToString) -> RenderError {
    RenderError::Theme { path: path.to_owned(), problem: problem.to_string() }
}
