//! Saving the working copy: every save is kept as a revision, and an autosave joins the one before it.

use content::wire::{ChangedEntry, Entry, EntryId, RevisionContent, RevisionKind};

use super::Store;
use super::activity::Deed;
use super::actor::Actor;
use super::entry_row::EntryRow;
use super::entry_write::address;
use super::error::{Missing, Result, StoreError};
use super::expected::Expected;
use super::unit::Unit;
use crate::domain::fingerprint;

/// How the working copy is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SaveKind {
    /// By the app, while somebody types: joins the same author's autosave before it.
    Autosave,
    /// By somebody who said so: a revision of its own.
    Save,
}

impl Store {
    /// Saves the working copy. What changes nothing is no write: the version stays.
    ///
    /// # Errors
    /// When the entry is not there or at another version, the section is not there, the slug is none or is taken.
    pub async fn save_entry(
        &self,
        by: &Actor,
        id: &EntryId,
        changed: &ChangedEntry,
        kind: SaveKind,
        expected: &Expected,
    ) -> Result<Entry> {
        let mut unit = self.write_as(by).await?;
        let before = unit.entry_for_change(id, expected).await?;
        let mut after = before.clone();
        change(&mut after, changed);
        let kind = match kind {
            SaveKind::Autosave => RevisionKind::Autosave,
            SaveKind::Save => RevisionKind::Save,
        };
        self.write_copy(&mut unit, by, &before, &mut after, kind).await?;
        unit.commit().await?;
        Ok(after.entry)
    }

    /// Makes a revision's content the working copy, as a new revision.
    ///
    /// # Errors
    /// When entry or revision are not there, the version is another, or its address is taken meanwhile.
    pub async fn restore_revision(
        &self,
        by: &Actor,
        id: &EntryId,
        number: i64,
        expected: &Expected,
    ) -> Result<Entry> {
        let mut unit = self.write_as(by).await?;
        let before = unit.entry_for_change(id, expected).await?;
        let content = unit.revision_content(id, number).await?;
        let content = content.ok_or(StoreError::NotFound(Missing::Revision))?;
        let mut after = before.clone();
        let RevisionContent { section, slug, title, summary, body, tags, cover, .. } = content;
        let changed = ChangedEntry {
            section: Some(section),
            slug: Some(slug),
            title: Some(title),
            summary: Some(summary),
            body: Some(body),
            tags: Some(tags),
            cover: Some(cover),
            language: Some(content.language),
            search_title: Some(content.search_title),
            search_description: Some(content.search_description),
            no_index: Some(content.no_index),
            order: Some(content.order),
            review: None,
        };
        change(&mut after, &changed);
        self.write_copy(&mut unit, by, &before, &mut after, RevisionKind::Restore).await?;
        unit.commit().await?;
        Ok(after.entry)
    }

    /// Writes a changed working copy with its revision.
    async fn write_copy(
        &self,
        unit: &mut Unit,
        by: &Actor,
        before: &EntryRow,
        after: &mut EntryRow,
        kind: RevisionKind,
    ) -> Result<()> {
        let (old, new) = (&before.entry.summary, &mut after.entry.summary);
        if (&old.section, &old.slug) != (&new.section, &new.slug) {
            unit.expect_section(&new.section).await?;
            new.path = address(&new.section, &new.slug)?;
            if !before.is_trashed()
                && let Some(taken) = unit.taken(&new.path, &new.section, &new.id).await?
            {
                return Err(taken);
            }
        }
        after.fingerprint = fingerprint(&after.content());
        let is_same = before.fingerprint == after.fingerprint;
        // Saying "save" of what was saved by itself makes a revision of it that nothing joins any more.
        let settles = is_same && kind != RevisionKind::Autosave && before.revision_open_for.is_some();
        if is_same && !settles && old.review == after.entry.summary.review {
            return Ok(());
        }
        after.entry.summary.version += 1;
        after.entry.summary.updated_at = self.now();
        after.entry.summary.state = after.state(before.is_trashed());
        let joins =
            kind == RevisionKind::Autosave && before.revision_open_for.as_deref() == Some(by.id.as_str());
        match (is_same, joins) {
            (true, _) if settles => {
                after.revision_open_for = None;
                unit.settle_revision(after, kind).await?;
            }
            (true, _) => {}
            (false, true) => unit.join_revision(after).await?,
            (false, false) => {
                unit.keep_references(after.id()).await?;
                after.revision += 1;
                after.revision_open_for = (kind == RevisionKind::Autosave).then(|| by.id.0.clone());
                unit.add_revision(after, by.id.as_str(), kind).await?;
            }
        }
        unit.update_entry(before, after).await?;
        let action = match kind {
            RevisionKind::Autosave => return Ok(()),
            RevisionKind::Restore => "entry.restore-revision",
            _ => "entry.save",
        };
        let summary = &after.entry.summary;
        let deed = Deed { action, entry: Some(&summary.id), subject: &summary.title, detail: &summary.path };
        self.log(unit, by, deed).await
    }
}

fn change(row: &mut EntryRow, changed: &ChangedEntry) {
    fn set<T: Clone>(value: &mut T, changed: &Option<T>) {
        if let Some(changed) = changed {
            value.clone_from(changed);
        }
    }
    let summary = &mut row.entry.summary;
    set(&mut summary.section, &changed.section);
    set(&mut summary.slug, &changed.slug);
    set(&mut summary.title, &changed.title);
    set(&mut summary.summary, &changed.summary);
    set(&mut summary.tags, &changed.tags);
    set(&mut summary.cover, &changed.cover);
    set(&mut summary.language, &changed.language);
    set(&mut summary.search_title, &changed.search_title);
    set(&mut summary.search_description, &changed.search_description);
    set(&mut summary.no_index, &changed.no_index);
    set(&mut summary.order, &changed.order);
    set(&mut summary.review, &changed.review);
    set(&mut row.entry.body, &changed.body);
}
