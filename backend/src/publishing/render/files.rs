//! What programs read: feeds, and the sitemap.

use std::collections::BTreeSet;

use content::wire::{Section, SectionOrder};

use super::super::catalogue::CatalogueError;
use super::super::feed::{self, Feed};
use super::super::object::Object;
use super::super::page::ListId;
use super::super::plan::SITEMAP_PART;
use super::super::sitemap::{self, Location};
use super::references::references;
use super::{RenderError, Renderer, failed};

impl Renderer<'_> {
    pub(super) async fn feed(&self, path: &str) -> Result<Option<Object>, RenderError> {
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

    pub(super) async fn sitemap(&self, part: Option<u64>) -> Result<Option<Object>, RenderError> {
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
