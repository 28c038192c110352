//! Revisions: what an entry's content was.

use content::wire::{Author, EntryId, List, PersonId, Revision, RevisionContent, RevisionKind, Timestamp};

use super::Store;
use super::entry_row::EntryRow;
use super::error::{Missing, Result, StoreError};
use super::unit::{Row, Unit, args, json, word};

const COLUMNS: &str = "v.number, v.kind, v.author, p.name, v.created_at, e.published_revision";
const JOINS: &str = "JOIN people p ON p.id = v.author JOIN entries e ON e.id = v.entry_id";

impl Store {
    /// Revisions without their content, newest first, those with lower numbers than `before`.
    ///
    /// # Errors
    /// When there is no such entry.
    pub async fn revisions(&self, id: &EntryId, before: Option<i64>, limit: usize) -> Result<List<Revision>> {
        let mut unit = self.read().await?;
        let sql = "SELECT revision FROM entries WHERE id = $1";
        let latest = unit.one(sql, args![id]).await?.ok_or(StoreError::NotFound(Missing::Entry))?.int(0)?;
        let sql = format!(
            "SELECT {COLUMNS} FROM revisions v {JOINS} WHERE v.entry_id = $1 AND v.number < $2 \
             ORDER BY v.number DESC LIMIT $3"
        );
        let values = args![id, before.unwrap_or(i64::MAX), i64::try_from(limit + 1).unwrap_or(i64::MAX)];
        let rows = unit.all(&sql, values).await?;
        let mut items = rows.iter().map(revision).collect::<Result<Vec<_>>>()?;
        let more = items.len() > limit;
        items.truncate(limit);
        let next = items.last().filter(|_| more).map(|last| last.number.to_string());
        Ok(List { items, next, total: u64::try_from(latest).ok() })
    }

    /// A revision with its content.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn revision(&self, id: &EntryId, number: i64) -> Result<Option<Revision>> {
        let mut unit = self.read().await?;
        let sql = format!(
            "SELECT {COLUMNS}, v.content FROM revisions v {JOINS} WHERE v.entry_id = $1 AND v.number = $2"
        );
        let Some(row) = unit.one(&sql, args![id, number]).await? else { return Ok(None) };
        Ok(Some(Revision { content: Some(row.json(6)?), ..revision(&row)? }))
    }
}

fn revision(row: &Row) -> Result<Revision> {
    let number = row.int(0)?;
    Ok(Revision {
        number,
        kind: row.word(1)?,
        author: Author { id: PersonId(row.text(2)?), name: row.text(3)? },
        created_at: Timestamp(row.text(4)?),
        published: row.maybe_int(5)? == Some(number),
        content: None,
    })
}

impl Unit {
    pub(super) async fn revision_content(
        &mut self,
        id: &EntryId,
        number: i64,
    ) -> Result<Option<RevisionContent>> {
        let sql = "SELECT content FROM revisions WHERE entry_id = $1 AND number = $2";
        self.one(sql, args![id, number]).await?.map(|row| row.json(0)).transpose()
    }

    /// Writes the working copy as a revision of its own.
    pub(super) async fn add_revision(
        &mut self,
        row: &EntryRow,
        author: &str,
        kind: RevisionKind,
    ) -> Result<()> {
        let sql = "INSERT INTO revisions (entry_id, number, kind, author, created_at, content) \
             VALUES ($1, $2, $3, $4, $5, $6)";
        let values = args![
            row.id(),
            row.revision,
            word(&kind)?,
            author,
            &row.entry.summary.updated_at,
            json(&row.content())?
        ];
        self.run_later(sql, values).await?;
        Ok(())
    }

    /// Writes the working copy over the latest revision.
    pub(super) async fn join_revision(&mut self, row: &EntryRow) -> Result<()> {
        let sql = "UPDATE revisions SET content = $3, created_at = $4 WHERE entry_id = $1 AND number = $2";
        let values = args![row.id(), row.revision, json(&row.content())?, &row.entry.summary.updated_at];
        self.run_later(sql, values).await?;
        Ok(())
    }

    /// Makes the latest revision one that nothing joins any more.
    pub(super) async fn settle_revision(&mut self, row: &EntryRow, kind: RevisionKind) -> Result<()> {
        let sql = "UPDATE revisions SET kind = $3 WHERE entry_id = $1 AND number = $2";
        self.run_later(sql, args![row.id(), row.revision, word(&kind)?]).await?;
        Ok(())
    }
}
