//! New entries, and entries as they are.

use content::wire::{Audience, Author, Entry, EntryId, EntryState, EntrySummary, NewEntry};

use super::Store;
use super::activity::Deed;
use super::actor::Actor;
use super::entry_row::EntryRow;
use super::entry_write::address;
use super::error::{Missing, Result, StoreError};
use super::imported::Imported;
use super::unit::args;
use crate::domain::{fingerprint, slug_of_title};

/// How often a slug that was made from a title is tried anew when somebody takes it meanwhile.
const ATTEMPTS: usize = 5;

impl Store {
    /// An entry, in the trash or not.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn entry(&self, id: &EntryId) -> Result<Option<Entry>> {
        let mut unit = self.read().await?;
        Ok(unit.entry(id).await?.map(|row| row.entry))
    }

    /// The entry that was imported from a source.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn entry_of_source(&self, source: &str) -> Result<Option<EntryId>> {
        let row = self.read().await?.one("SELECT id FROM entries WHERE source = $1", args![source]).await?;
        Ok(row.map(|row| row.text(0)).transpose()?.map(EntryId))
    }

    /// Makes an entry. Without a section it goes into the first that is listed; a slug from the title is numbered where
    /// it is taken, one that was named is refused.
    ///
    /// # Errors
    /// When the section is not there, slug or source are taken, or the slug is none.
    pub async fn create_entry(&self, by: &Actor, new: &NewEntry, imported: &Imported) -> Result<Entry> {
        let mut attempts = 1;
        loop {
            match self.try_create(by, new, imported).await {
                Err(StoreError::PathTaken { .. }) if new.slug.is_none() && attempts < ATTEMPTS => {
                    attempts += 1
                }
                result => return result,
            }
        }
    }

    async fn try_create(&self, by: &Actor, new: &NewEntry, imported: &Imported) -> Result<Entry> {
        let (id, now) = (EntryId(self.new_id()), self.now());
        let mut unit = self.write_as(by).await?;
        let source = imported.source.as_deref();
        if let Some(source) = source
            && let Some(row) = unit.one("SELECT id FROM entries WHERE source = $1", args![source]).await?
        {
            return Err(StoreError::SourceTaken(EntryId(row.text(0)?)));
        }
        let section = match &new.section {
            Some(section) => {
                unit.expect_section(section).await?;
                section.clone()
            }
            None => {
                let sql = "SELECT path FROM sections ORDER BY listed DESC, path LIMIT 1";
                let row = unit.one(sql, []).await?.ok_or(StoreError::NotFound(Missing::SectionPath))?;
                row.text(0)?
            }
        };
        let (slug, path) = match &new.slug {
            Some(slug) => {
                let path = address(&section, slug)?;
                if let Some(taken) = unit.taken(&path, &section, &id).await? {
                    return Err(taken);
                }
                (slug.clone(), path)
            }
            None => unit.free_slug(&section, slug_of_title(&new.title).as_str(), &id).await?,
        };
        let sql = "SELECT name FROM people WHERE id = $1";
        let name = unit.one(sql, args![&by.id]).await?.map(|row| row.text(0)).transpose()?;
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let summary = EntrySummary {
            id,
            section,
            slug,
            path,
            title: new.title.clone(),
            summary: text(&new.summary),
            tags: new.tags.clone().unwrap_or_default(),
            cover: new.cover.clone().flatten(),
            author: Author { id: by.id.clone(), name: name.unwrap_or_else(|| by.username.clone()) },
            language: text(&new.language),
            search_title: text(&new.search_title),
            search_description: text(&new.search_description),
            no_index: new.no_index.unwrap_or_default(),
            order: new.order.unwrap_or_default(),
            review: new.review.unwrap_or_default(),
            state: EntryState::Draft,
            version: 1,
            created_at: imported.created_at.clone().unwrap_or_else(|| now.clone()),
            updated_at: now,
            published_at: None,
            published_revision: None,
            publish_at: None,
            unpublish_at: None,
            audience: Audience::Groups(Vec::new()),
            release: None,
        };
        let mut row = EntryRow {
            entry: Entry { summary, body: text(&new.body) },
            fingerprint: String::new(),
            published_fingerprint: None,
            revision: 1,
            revision_open_for: None,
            publish_date: imported.published_at.clone(),
            scheduled_by: None,
        };
        row.fingerprint = fingerprint(&row.content());
        unit.insert_entry(&row, source).await?;
        let summary = &row.entry.summary;
        let deed = Deed {
            action: "entry.create",
            entry: Some(&summary.id),
            subject: &summary.title,
            detail: &summary.path,
        };
        self.log(&mut unit, by, deed).await?;
        unit.commit().await?;
        Ok(row.entry)
    }
}
