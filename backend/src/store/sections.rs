//! Sections. A release of the whole site follows each change: navigation, lists and feeds may show it anywhere.

use content::wire::{Audience, NewSection, Section, SectionId};

use super::Store;
use super::activity::Deed;
use super::actor::Actor;
use super::error::{Missing, Result, StoreError};
use super::unit::{Row, Unit, args, word};
use content::wire::EntryId;

const COLUMNS: &str = "s.id, s.path, s.title, s.listed, s.ordering, s.feed, s.page_size, \
     (SELECT CAST(COALESCE(SUM(c.entries), 0) AS BIGINT) FROM entry_counts c \
      WHERE c.section = s.path AND c.state <> 'trashed')";

impl Store {
    /// All sections in order of their paths.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sections(&self) -> Result<Vec<Section>> {
        self.read().await?.sections().await
    }

    /// A section.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn section(&self, id: &SectionId) -> Result<Option<Section>> {
        self.read().await?.section(id).await
    }

    /// Makes a section.
    ///
    /// # Errors
    /// When its path is taken by another section, or by an entry.
    pub async fn create_section(&self, by: &Actor, new: &NewSection) -> Result<Section> {
        let id = SectionId(self.new_id());
        let mut unit = self.write_as(by).await?;
        unit.expect_free(&new.path, &id).await?;
        let sql = "INSERT INTO sections (id, path, title, listed, ordering, feed, page_size) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)";
        unit.run(sql, columns(&id, new)?).await?;
        self.finish_section(unit, by, &id, new, "section.create").await
    }

    /// Changes a section, whole.
    ///
    /// # Errors
    /// When it is not there, its new path is taken, or it has entries or media and is to move.
    pub async fn save_section(&self, by: &Actor, id: &SectionId, new: &NewSection) -> Result<Section> {
        let mut unit = self.write_as(by).await?;
        let section = unit.section(id).await?.ok_or(StoreError::NotFound(Missing::Section))?;
        if section.path != new.path {
            unit.expect_free(&new.path, id).await?;
            unit.expect_empty(&section.path).await?;
        }
        let sql = "UPDATE sections SET path = $2, title = $3, listed = $4, ordering = $5, feed = $6, page_size = $7 \
             WHERE id = $1";
        unit.run(sql, columns(id, new)?).await?;
        self.finish_section(unit, by, id, new, "section.edit").await
    }

    async fn finish_section(
        &self,
        mut unit: Unit,
        by: &Actor,
        id: &SectionId,
        new: &NewSection,
        action: &'static str,
    ) -> Result<Section> {
        self.queue_site(&mut unit).await?;
        self.log(&mut unit, by, Deed { action, entry: None, subject: &new.title, detail: &new.path }).await?;
        let section = unit.section(id).await?.ok_or(StoreError::NotFound(Missing::Section))?;
        unit.commit().await?;
        Ok(section)
    }

    /// Deletes a section that has neither entries nor media, in the trash or not.
    ///
    /// # Errors
    /// When it is not there, or has some.
    pub async fn delete_section(&self, by: &Actor, id: &SectionId) -> Result<()> {
        let mut unit = self.write_as(by).await?;
        let section = unit.section(id).await?.ok_or(StoreError::NotFound(Missing::Section))?;
        unit.expect_empty(&section.path).await?;
        unit.run("DELETE FROM sections WHERE id = $1", args![id]).await?;
        self.queue_site(&mut unit).await?;
        let deed =
            Deed { action: "section.delete", entry: None, subject: &section.title, detail: &section.path };
        self.log(&mut unit, by, deed).await?;
        unit.commit().await
    }
}

fn columns(id: &SectionId, new: &NewSection) -> Result<[super::unit::Arg; 7]> {
    Ok(args![id, &new.path, &new.title, new.listed, word(&new.order)?, new.feed, i64::from(new.page_size)])
}

fn section(row: &Row) -> Result<Section> {
    Ok(Section {
        id: SectionId(row.text(0)?),
        path: row.text(1)?,
        title: row.text(2)?,
        listed: row.flag(3)?,
        order: row.word(4)?,
        feed: row.flag(5)?,
        page_size: u32::try_from(row.int(6)?).unwrap_or(1),
        audience: Audience::Groups(Vec::new()),
        entries: u64::try_from(row.int(7)?).unwrap_or_default(),
    })
}

impl Unit {
    pub(super) async fn sections(&mut self) -> Result<Vec<Section>> {
        let rows = self.all(&format!("SELECT {COLUMNS} FROM sections s ORDER BY s.path"), []).await?;
        rows.iter().map(section).collect()
    }

    async fn section(&mut self, id: &SectionId) -> Result<Option<Section>> {
        let row = self.one(&format!("SELECT {COLUMNS} FROM sections s WHERE s.id = $1"), args![id]).await?;
        row.as_ref().map(section).transpose()
    }

    async fn expect_free(&mut self, path: &str, id: &SectionId) -> Result<()> {
        let sql = "SELECT '' FROM sections WHERE path = $1 AND id <> $2 \
             UNION ALL SELECT id FROM entries WHERE path = $1 AND state <> 'trashed' LIMIT 1";
        let Some(row) = self.one(sql, args![path, id]).await? else { return Ok(()) };
        let by = Some(row.text(0)?).filter(|id| !id.is_empty()).map(EntryId);
        Err(StoreError::PathTaken { path: path.to_owned(), by })
    }

    async fn expect_empty(&mut self, path: &str) -> Result<()> {
        for (sql, what) in [
            ("SELECT 1 FROM entries WHERE section = $1 AND state <> 'trashed' LIMIT 1", "entries"),
            ("SELECT 1 FROM entries WHERE section = $1 LIMIT 1", "entries in the trash"),
            ("SELECT 1 FROM media WHERE section = $1 LIMIT 1", "media"),
        ] {
            if self.one(sql, args![path]).await?.is_some() {
                return Err(StoreError::Conflict(format!("the section has {what}")));
            }
        }
        Ok(())
    }
}
