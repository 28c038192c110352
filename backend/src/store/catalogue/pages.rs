//! What is published, by entries and by addresses.

use content::wire::{Author, EntryId, MediaId, PersonId, Timestamp};

use super::super::Store;
use super::super::error::Result;
use super::super::unit::{Row, Unit, args, placeholders};
use crate::publishing::{Published, Standing};

/// Values that one statement asks for.
const AT_ONCE: usize = 256;

/// The columns of what is published, with `f` for its row.
pub(super) const COLUMNS: &str = "f.entry_id, f.revision, f.release_id, f.section, f.path, f.title, f.summary, f.tags, \
     f.cover, f.author, p.name, f.language, f.search_title, f.search_description, f.no_index, f.position, \
     f.published_at, f.updated_at, f.body";

pub(super) fn published(row: &Row) -> Result<Published> {
    Ok(Published {
        standing: Standing {
            id: EntryId(row.text(0)?),
            section: row.text(3)?,
            path: row.text(4)?,
            title: row.text(5)?,
            tags: row.json(7)?,
            order: row.int(15)?,
            published_at: Timestamp(row.text(16)?),
            no_index: row.flag(14)?,
        },
        revision: row.int(1)?,
        release: row.text(2)?,
        summary: row.text(6)?,
        body: row.text(18)?,
        cover: row.maybe_text(8)?.map(MediaId),
        author: Author { id: PersonId(row.text(9)?), name: row.text(10)? },
        language: row.text(11)?,
        search_title: row.text(12)?,
        search_description: row.text(13)?,
        updated_at: Timestamp(row.text(17)?),
    })
}

fn texts(ids: &[EntryId]) -> Vec<String> {
    ids.iter().map(|id| id.0.clone()).collect()
}

impl Store {
    /// What is published of entries, in no order.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn published(&self, ids: &[EntryId]) -> Result<Vec<Published>> {
        self.read().await?.published_where("entry_id", &texts(ids)).await
    }

    /// What is published at addresses, in no order.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn published_at(&self, paths: &[String]) -> Result<Vec<Published>> {
        self.read().await?.published_where("path", paths).await
    }

    /// The addresses of published entries by their ids.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn paths_of(&self, ids: &[EntryId]) -> Result<Vec<(EntryId, String)>> {
        let rows = self.pairs("SELECT entry_id, path FROM published WHERE entry_id IN", &texts(ids)).await?;
        Ok(rows.into_iter().map(|(id, path)| (EntryId(id), path)).collect())
    }

    pub(super) async fn paths_after(&self, id: &str, limit: u32) -> Result<Vec<(EntryId, String)>> {
        let sql = "SELECT entry_id, path FROM published WHERE entry_id > $1 ORDER BY entry_id LIMIT $2";
        let rows = self.read().await?.all(sql, args![id, i64::from(limit)]).await?;
        rows.iter().map(|row| Ok((EntryId(row.text(0)?), row.text(1)?))).collect()
    }

    pub(super) async fn redirected(&self, from: &[String]) -> Result<Vec<(String, String)>> {
        let sql = "SELECT d.from_path, COALESCE(d.to_path, b.path) FROM redirects d \
             LEFT JOIN published b ON b.entry_id = d.entry_id \
             WHERE COALESCE(d.to_path, b.path) IS NOT NULL \
             AND NOT EXISTS (SELECT 1 FROM published l WHERE l.path = d.from_path) AND d.from_path IN";
        self.pairs(sql, from).await
    }

    pub(super) async fn former_paths_after(&self, path: &str, limit: u32) -> Result<Vec<String>> {
        let sql = "SELECT from_path FROM redirects WHERE from_path > $1 ORDER BY from_path LIMIT $2";
        let rows = self.read().await?.all(sql, args![path, i64::from(limit)]).await?;
        rows.iter().map(|row| row.text(0)).collect()
    }

    pub(super) async fn former_paths(&self, entries: &[EntryId]) -> Result<Vec<String>> {
        let sql = "SELECT from_path, entry_id FROM redirects WHERE entry_id IN";
        Ok(self.pairs(sql, &texts(entries)).await?.into_iter().map(|(path, _)| path).collect())
    }

    pub(super) async fn linking(&self, entries: &[EntryId]) -> Result<Vec<String>> {
        let sql = "SELECT DISTINCT b.path, b.entry_id FROM entry_references f JOIN published b ON b.entry_id = f.entry_id \
             WHERE f.kind = 'entry' AND f.place = 'published' AND f.target IN";
        let mut paths: Vec<String> =
            self.pairs(sql, &texts(entries)).await?.into_iter().map(|(path, _)| path).collect();
        paths.sort();
        paths.dedup();
        Ok(paths)
    }

    async fn pairs(&self, sql: &str, values: &[String]) -> Result<Vec<(String, String)>> {
        let mut unit = self.read().await?;
        let mut pairs = Vec::new();
        for values in values.chunks(AT_ONCE) {
            let (names, values) = placeholders(1, values);
            for row in unit.all(&format!("{sql} ({names})"), values).await? {
                pairs.push((row.text(0)?, row.text(1)?));
            }
        }
        unit.commit().await?;
        Ok(pairs)
    }
}

impl Unit {
    async fn published_where(&mut self, column: &str, values: &[String]) -> Result<Vec<Published>> {
        let mut found = Vec::new();
        for values in values.chunks(AT_ONCE) {
            let (names, values) = placeholders(1, values);
            let sql = format!(
                "SELECT {COLUMNS} FROM published f JOIN people p ON p.id = f.author WHERE f.{column} IN ({names})"
            );
            for row in self.all(&sql, values).await? {
                found.push(published(&row)?);
            }
        }
        Ok(found)
    }
}
