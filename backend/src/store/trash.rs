//! The trash.

use content::wire::{Entry, EntryId};

use super::Store;
use super::activity::Deed;
use super::actor::Actor;
use super::entry_row::EntryRow;
use super::error::{Result, StoreError};
use super::expected::Expected;
use super::unit::{Unit, args};

impl Store {
    /// Puts an entry into the trash, and takes it off the site. What is there already stays as it is.
    ///
    /// # Errors
    /// When the entry is not there, or at another version.
    pub async fn trash_entry(&self, by: &Actor, id: &EntryId, expected: &Expected) -> Result<Entry> {
        let mut unit = self.write_as(by).await?;
        let before = unit.entry_for_change(id, expected).await?;
        if before.is_trashed() {
            return Ok(before.entry);
        }
        let mut after = before.clone();
        if before.entry.summary.published_revision.is_some() {
            self.take_off(&mut unit, &mut after).await?;
        }
        let summary = &mut after.entry.summary;
        summary.publish_at = None;
        summary.unpublish_at = None;
        summary.review = false;
        self.move_entry(unit, by, before, after, "entry.trash", true).await
    }

    /// Takes an entry out of the trash. Its slug is numbered where another entry has it now.
    ///
    /// # Errors
    /// When the entry is not there, at another version, or not in the trash.
    pub async fn restore_entry(&self, by: &Actor, id: &EntryId, expected: &Expected) -> Result<Entry> {
        let mut unit = self.write_as(by).await?;
        let before = unit.entry_for_change(id, expected).await?;
        if !before.is_trashed() {
            return Err(StoreError::Conflict("the entry is not in the trash".to_owned()));
        }
        let mut after = before.clone();
        let summary = &mut after.entry.summary;
        let (slug, path) = unit.free_slug(&summary.section, &summary.slug, &summary.id).await?;
        (summary.slug, summary.path) = (slug, path);
        after.fingerprint = crate::domain::fingerprint(&after.content());
        if after.fingerprint != before.fingerprint {
            unit.keep_references(id).await?;
            after.revision += 1;
            after.revision_open_for = None;
            unit.add_revision(&after, by.id.as_str(), content::wire::RevisionKind::Restore).await?;
        }
        self.move_entry(unit, by, before, after, "entry.restore", false).await
    }

    async fn move_entry(
        &self,
        mut unit: Unit,
        by: &Actor,
        before: EntryRow,
        mut after: EntryRow,
        action: &'static str,
        trashed: bool,
    ) -> Result<Entry> {
        after.entry.summary.version += 1;
        after.entry.summary.updated_at = self.now();
        after.entry.summary.state = after.state(trashed);
        unit.update_entry(&before, &after).await?;
        let summary = &after.entry.summary;
        let deed = Deed { action, entry: Some(&summary.id), subject: &summary.title, detail: &summary.path };
        self.log(&mut unit, by, deed).await?;
        unit.commit().await?;
        Ok(after.entry)
    }

    /// Deletes an entry that is in the trash, with all its revisions.
    ///
    /// # Errors
    /// When the entry is not there, at another version, or not in the trash.
    pub async fn delete_entry(&self, by: &Actor, id: &EntryId, expected: &Expected) -> Result<()> {
        let mut unit = self.write_as(by).await?;
        let row = unit.entry_for_change(id, expected).await?;
        if !row.is_trashed() {
            return Err(StoreError::Conflict("the entry is not in the trash".to_owned()));
        }
        let summary = &row.entry.summary;
        unit.count_entry(&summary.section, summary.state, -1).await?;
        unit.unindex(super::search::ENTRIES, id.as_str()).await?;
        unit.run("DELETE FROM entry_references WHERE entry_id = $1", args![id]).await?;
        unit.run("DELETE FROM presence WHERE entry_id = $1", args![id]).await?;
        unit.run("DELETE FROM entries WHERE id = $1", args![id]).await?;
        let deed =
            Deed { action: "entry.delete", entry: Some(id), subject: &summary.title, detail: &summary.path };
        self.log(&mut unit, by, deed).await?;
        unit.commit().await
    }
}
