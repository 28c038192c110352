//! Entries as rows: the columns that are asked for, and what they come to.

use content::wire::{
    Audience, Author, Entry, EntryId, EntryState, EntrySummary, MediaId, PersonId, Release, ReleaseId,
    RevisionContent, Timestamp,
};

use super::error::{Missing, Result, StoreError};
use super::expected::Expected;
use super::unit::{Row, Unit, args};
use crate::domain::EntryFacts;

/// An entry and what the API does not show of it.
#[derive(Debug, Clone)]
pub(super) struct EntryRow {
    pub(super) entry: Entry,
    pub(super) fingerprint: String,
    pub(super) published_fingerprint: Option<String>,
    /// The number of its latest revision.
    pub(super) revision: i64,
    /// Whose autosaves join that.
    pub(super) revision_open_for: Option<String>,
    /// When an importer said that it was first published.
    pub(super) publish_date: Option<Timestamp>,
    pub(super) scheduled_by: Option<String>,
}

/// How many columns those of a list are.
pub(super) fn summary_columns() -> usize {
    SUMMARY.split(',').count()
}

/// The columns of a list, with `e` for the entry, `p` for its author and `r` for its latest release.
pub(super) const SUMMARY: &str = "e.id, e.section, e.slug, e.path, e.title, e.summary, e.tags, e.cover, e.author, p.name, \
     e.language, e.search_title, e.search_description, e.no_index, e.position, e.review, e.state, e.version, \
     e.created_at, e.updated_at, e.published_key, e.published_revision, e.publish_at, e.unpublish_at, \
     r.id, r.revision, r.action, r.state, r.steps, r.problem";

/// What the columns come from.
pub(super) const JOINS: &str =
    "JOIN people p ON p.id = e.author LEFT JOIN releases r ON r.id = e.latest_release";

impl Unit {
    /// An entry, whole.
    pub(super) async fn entry(&mut self, id: &EntryId) -> Result<Option<EntryRow>> {
        self.entry_with(id, "").await
    }

    /// An entry that is to be changed in this unit, at an expected version.
    pub(super) async fn entry_for_change(&mut self, id: &EntryId, expected: &Expected) -> Result<EntryRow> {
        let row = self.entry_with(id, self.lock()).await?;
        let row = row.ok_or(StoreError::NotFound(Missing::Entry))?;
        if expected.allows(row.entry.summary.version) {
            return Ok(row);
        }
        Err(StoreError::VersionMismatch(Box::new(row.entry)))
    }

    async fn entry_with(&mut self, id: &EntryId, lock: &str) -> Result<Option<EntryRow>> {
        let sql = format!(
            "SELECT {SUMMARY}, e.body, e.fingerprint, e.published_fingerprint, e.revision, e.revision_open_for, \
             e.publish_date, e.scheduled_by, b.paths \
             FROM entries e {JOINS} LEFT JOIN batches b ON b.id = r.batch WHERE e.id = $1{lock}"
        );
        let Some(row) = self.one(&sql, args![id]).await? else { return Ok(None) };
        let mut summary = summary(&row)?;
        if let Some(release) = &mut summary.release {
            release.paths = row.maybe_json(37)?.unwrap_or_default();
        }
        Ok(Some(EntryRow {
            entry: Entry { summary, body: row.text(30)? },
            fingerprint: row.text(31)?,
            published_fingerprint: row.maybe_text(32)?,
            revision: row.int(33)?,
            revision_open_for: row.maybe_text(34)?,
            publish_date: row.maybe_text(35)?.map(Timestamp),
            scheduled_by: row.maybe_text(36)?,
        }))
    }
}

/// Reads the columns of a list. The addresses of releases are left out: one batch may have many.
pub(super) fn summary(row: &Row) -> Result<EntrySummary> {
    let id = EntryId(row.text(0)?);
    let release = match row.maybe_text(24)? {
        None => None,
        Some(release) => Some(Release {
            id: ReleaseId(release),
            entry: Some(id.clone()),
            revision: row.maybe_int(25)?,
            action: row.word(26)?,
            state: row.word(27)?,
            paths: Vec::new(),
            steps: row.json(28)?,
            problem: row.maybe_json(29)?,
        }),
    };
    Ok(EntrySummary {
        id,
        section: row.text(1)?,
        slug: row.text(2)?,
        path: row.text(3)?,
        title: row.text(4)?,
        summary: row.text(5)?,
        tags: row.json(6)?,
        cover: row.maybe_text(7)?.map(MediaId),
        author: Author { id: PersonId(row.text(8)?), name: row.text(9)? },
        language: row.text(10)?,
        search_title: row.text(11)?,
        search_description: row.text(12)?,
        no_index: row.flag(13)?,
        order: row.int(14)?,
        review: row.flag(15)?,
        state: row.word(16)?,
        version: row.int(17)?,
        created_at: Timestamp(row.text(18)?),
        updated_at: Timestamp(row.text(19)?),
        published_at: Some(row.text(20)?).filter(|at| !at.is_empty()).map(Timestamp),
        published_revision: row.maybe_int(21)?,
        publish_at: row.maybe_text(22)?.map(Timestamp),
        unpublish_at: row.maybe_text(23)?.map(Timestamp),
        audience: Audience::Groups(Vec::new()),
        release,
    })
}

impl EntryRow {
    pub(super) fn id(&self) -> &EntryId {
        &self.entry.summary.id
    }

    pub(super) fn is_trashed(&self) -> bool {
        self.entry.summary.state == EntryState::Trashed
    }

    /// What it is, by everything but its column.
    pub(super) fn state(&self, trashed: bool) -> EntryState {
        let summary = &self.entry.summary;
        let facts = EntryFacts {
            trashed,
            published: summary.published_revision.is_some(),
            ahead: self.published_fingerprint.as_ref() != Some(&self.fingerprint),
            was_published: summary.published_at.is_some(),
            scheduled: summary.publish_at.is_some(),
        };
        facts.state()
    }

    /// Its working copy.
    pub(super) fn content(&self) -> RevisionContent {
        let EntrySummary { section, slug, title, summary, tags, cover, language, .. } = &self.entry.summary;
        RevisionContent {
            section: section.clone(),
            slug: slug.clone(),
            title: title.clone(),
            summary: summary.clone(),
            body: self.entry.body.clone(),
            tags: tags.clone(),
            cover: cover.clone(),
            language: language.clone(),
            search_title: self.entry.summary.search_title.clone(),
            search_description: self.entry.summary.search_description.clone(),
            no_index: self.entry.summary.no_index,
            order: self.entry.summary.order,
        }
    }
}
