//! Times at which entries are to be published and taken off.

use content::wire::{Entry, EntryId, Schedule};

use super::Store;
use super::activity::Deed;
use super::actor::Actor;
use super::error::{Result, StoreError};
use super::expected::Expected;

impl Store {
    /// Says when an entry is to be published and taken off the site; both none: never. What is past is due at once.
    ///
    /// # Errors
    /// When the entry is not there, at another version, or in the trash.
    pub async fn schedule_entry(
        &self,
        by: &Actor,
        id: &EntryId,
        schedule: &Schedule,
        expected: &Expected,
    ) -> Result<Entry> {
        let mut unit = self.write_as(by).await?;
        let before = unit.entry_for_change(id, expected).await?;
        if before.is_trashed() {
            return Err(StoreError::Conflict(
                "the entry is in the trash; it has to be restored first".to_owned(),
            ));
        }
        let mut after = before.clone();
        let summary = &mut after.entry.summary;
        summary.publish_at.clone_from(&schedule.publish_at);
        summary.unpublish_at.clone_from(&schedule.unpublish_at);
        let planned = summary.publish_at.is_some() || summary.unpublish_at.is_some();
        summary.version += 1;
        after.scheduled_by = planned.then(|| by.id.0.clone());
        after.entry.summary.state = after.state(false);
        unit.update_entry(&before, &after).await?;
        let summary = &after.entry.summary;
        let at =
            |time: &Option<content::wire::Timestamp>| time.as_ref().map_or("-", |at| at.as_str()).to_owned();
        let detail = format!("{} {}", at(&summary.publish_at), at(&summary.unpublish_at));
        let action = if planned { "entry.schedule" } else { "entry.unschedule" };
        let deed = Deed { action, entry: Some(&summary.id), subject: &summary.title, detail: &detail };
        self.log(&mut unit, by, deed).await?;
        unit.commit().await?;
        Ok(after.entry)
    }
}
