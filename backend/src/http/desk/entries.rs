//! What is done with entries and their revisions.

use content::wire::{ChangedEntry, Entry, EntryId, Presence};

use super::Desk;
use crate::http::body::NewEntryBody;
use crate::http::caller::Caller;
use crate::http::failure::Answer;
use crate::http::precondition::IfMatch;
use crate::store::SaveKind;

impl Desk<'_> {
    /// Begins an entry.
    pub(crate) async fn create_entry(&self, caller: &Caller, new: NewEntryBody) -> Answer<Entry> {
        let created = self.api.store.create_entry(&caller.actor(), &new.entry, &new.imported).await;
        Ok(self.api.with_entry_audience(self.done(created)?))
    }

    /// Saves the working copy.
    pub(crate) async fn save_entry(
        &self,
        caller: &Caller,
        id: &EntryId,
        changed: ChangedEntry,
        autosave: bool,
        if_match: &IfMatch,
    ) -> Answer<Entry> {
        let expected = self.editable(caller, id, if_match).await?;
        let kind = if autosave { SaveKind::Autosave } else { SaveKind::Save };
        let saved = self.api.store.save_entry(&caller.actor(), id, &changed, kind, &expected).await;
        Ok(self.api.with_entry_audience(self.done(saved)?))
    }

    /// Puts an entry into the trash.
    pub(crate) async fn trash_entry(
        &self,
        caller: &Caller,
        id: &EntryId,
        if_match: &IfMatch,
    ) -> Answer<Entry> {
        let expected = self.editable(caller, id, if_match).await?;
        let trashed = self.api.store.trash_entry(&caller.actor(), id, &expected).await;
        Ok(self.api.with_entry_audience(self.done(trashed)?))
    }

    /// Takes an entry out of the trash.
    pub(crate) async fn restore_entry(
        &self,
        caller: &Caller,
        id: &EntryId,
        if_match: &IfMatch,
    ) -> Answer<Entry> {
        let restored = self.api.store.restore_entry(&caller.actor(), id, &if_match.expected()).await;
        Ok(self.api.with_entry_audience(self.done(restored)?))
    }

    /// Deletes an entry for good.
    pub(crate) async fn delete_entry(&self, caller: &Caller, id: &EntryId, if_match: &IfMatch) -> Answer<()> {
        self.done(self.api.store.delete_entry(&caller.actor(), id, &if_match.expected()).await)
    }

    /// Makes a revision's content the working copy.
    pub(crate) async fn restore_revision(
        &self,
        caller: &Caller,
        id: &EntryId,
        number: i64,
        if_match: &IfMatch,
    ) -> Answer<Entry> {
        let expected = self.editable(caller, id, if_match).await?;
        let restored = self.api.store.restore_revision(&caller.actor(), id, number, &expected).await;
        Ok(self.api.with_entry_audience(self.done(restored)?))
    }

    /// Says that the caller has the entry open.
    pub(crate) async fn be_present(&self, caller: &Caller, id: &EntryId) -> Answer<Presence> {
        self.done(self.api.store.present(&caller.actor(), id).await)
    }
}
