//! What endpoints read: what the store answers, with who may read it.

use content::wire::{
    Audience, Entry, EntryId, EntryState, EntrySummary, Hit, List, MediaItem, Release, ReleaseId, Section,
};

use super::Api;
use super::failure::{Answer, Failure};
use crate::publishing::render::RenderError;
use crate::publishing::{Published, Standing};
use crate::store::{EntryFilter, EntrySort};

impl Api {
    /// An entry.
    pub(crate) async fn entry(&self, id: &EntryId) -> Answer<Entry> {
        let entry = self.store.entry(id).await?.ok_or_else(|| Failure::not_found("entry"))?;
        Ok(self.with_entry_audience(entry))
    }

    /// A page of entries.
    pub(crate) async fn entries(
        &self,
        filter: &EntryFilter,
        sort: EntrySort,
        cursor: Option<&str>,
        limit: usize,
    ) -> Answer<List<EntrySummary>> {
        let mut list = self.store.entries(filter, sort, cursor, limit).await?;
        for entry in &mut list.items {
            entry.audience = self.audiences.of(&entry.path);
        }
        Ok(list)
    }

    /// A release.
    pub(crate) async fn release(&self, id: &ReleaseId) -> Answer<Release> {
        self.store.release(id).await?.ok_or_else(|| Failure::not_found("release"))
    }

    /// Published entries with these words that somebody of these groups may read.
    pub(crate) async fn search(
        &self,
        words: &str,
        groups: Option<&[String]>,
        cursor: Option<&str>,
        limit: usize,
    ) -> Answer<List<Hit>> {
        let sections = self.store.sections().await?.into_iter().map(|section| section.path);
        let readable: Vec<String> = sections.filter(|path| self.audiences.allows(path, groups)).collect();
        let mut found = self.store.search(words, &readable, cursor, limit).await?;
        // A route may well be narrower than a section.
        found.items.retain(|hit| self.audiences.allows(&hit.path, groups));
        Ok(found)
    }

    /// The whole page of an entry's working copy, as it would be published.
    pub(crate) async fn preview(&self, entry: &Entry) -> Answer<String> {
        let summary = &entry.summary;
        let now = self.ambient.timestamp();
        let draft = Published {
            standing: Standing {
                id: summary.id.clone(),
                section: summary.section.clone(),
                path: summary.path.clone(),
                title: summary.title.clone(),
                tags: summary.tags.clone(),
                order: summary.order,
                published_at: summary.published_at.clone().unwrap_or_else(|| now.clone()),
                no_index: summary.no_index,
            },
            revision: summary.published_revision.unwrap_or_default(),
            release: String::new(),
            summary: summary.summary.clone(),
            body: entry.body.clone(),
            cover: summary.cover.clone(),
            author: summary.author.clone(),
            language: summary.language.clone(),
            search_title: summary.search_title.clone(),
            search_description: summary.search_description.clone(),
            updated_at: now,
        };
        let draft = (summary.state != EntryState::Published).then_some(draft);
        let page = self.publisher.preview(&summary.id, draft).await;
        page.map_err(|error| match error {
            RenderError::Catalogue(error) => Failure::unavailable(&error),
            // Whoever makes a theme sees here what it does not do.
            RenderError::Theme { problem, .. } => {
                Failure::conflict(format!("the theme cannot show it: {problem}"))
            }
        })
    }

    /// Who may see a media item: its files lie in its section.
    pub(crate) fn media_audience(&self, item: &MediaItem) -> Audience {
        self.audiences.of(&format!("{}media/{}/", item.section, item.id))
    }

    pub(crate) fn with_entry_audience(&self, mut entry: Entry) -> Entry {
        entry.summary.audience = self.audiences.of(&entry.summary.path);
        entry
    }

    pub(crate) fn with_media_audience(&self, mut item: MediaItem) -> MediaItem {
        item.audience = self.media_audience(&item);
        item
    }

    pub(crate) fn with_audience(&self, mut section: Section) -> Section {
        section.audience = self.audiences.of(&section.path);
        section
    }
}
