//! Media items: what is known of uploads, and where they are used.

mod change;
mod delete;
mod process;
mod replace;
mod row;

use content::wire::{ChangedMedia, List, MediaId, MediaItem};
use serde::Serialize;

use super::Store;
use super::activity::Deed;
use super::actor::Actor;
use super::cursor::Cursor;
use super::error::{Missing, Result, StoreError};
use super::unit::{Arg, Unit, args};
use crate::domain::words;
pub use change::{MediaChange, NewMediaRow};
use row::{COLUMNS, item};

/// What a cursor is bound to.
#[derive(Serialize)]
struct MediaOf<'a> {
    section: Option<&'a str>,
    media: Option<&'a str>,
}

impl Store {
    /// Makes a media item, whose bytes are awaited.
    ///
    /// # Errors
    /// When its section is not there.
    pub async fn create_media(&self, by: &Actor, new: &NewMediaRow) -> Result<MediaItem> {
        let id = new.id.clone().unwrap_or_else(|| MediaId(self.new_id()));
        let mut unit = self.write_as(by).await?;
        unit.expect_section(&new.section).await?;
        let sql = "INSERT INTO media (id, name, kind, size, section, alt, state, renditions, created_at, created_by, words) \
             VALUES ($1, $2, $3, $4, $5, $6, 'uploading', '[]', $7, $8, $9)";
        let size = i64::try_from(new.size).unwrap_or(i64::MAX);
        let values = args![
            &id,
            &new.name,
            &new.kind,
            size,
            &new.section,
            &new.alt,
            &self.now(),
            &by.id,
            searched(&new.name, &new.alt)
        ];
        unit.run(sql, values).await?;
        self.finish_media(unit, by, &id, "media.create").await
    }

    /// A media item.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn media(&self, id: &MediaId) -> Result<Option<MediaItem>> {
        self.read().await?.media(id, "").await
    }

    /// Media items by their ids, in no order.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn media_of(&self, ids: &[MediaId]) -> Result<Vec<MediaItem>> {
        let ids: Vec<String> = ids.iter().map(|id| id.0.clone()).collect();
        self.read().await?.media_of(&ids).await
    }

    /// Media items, newest first: of a section, and with these words in name or description.
    ///
    /// # Errors
    /// When the cursor is of another list.
    pub async fn media_items(
        &self,
        section: Option<&str>,
        asked: Option<&str>,
        cursor: Option<&str>,
        limit: usize,
    ) -> Result<List<MediaItem>> {
        let list = Cursor::list(&MediaOf { section, media: asked })?;
        let cursor = Cursor::read(cursor, &list)?;
        let mut unit = self.read().await?;
        // Beyond every id.
        let mut values = args![
            cursor.as_ref().map_or("~", |cursor| &cursor.id),
            i64::try_from(limit + 1).unwrap_or(i64::MAX)
        ]
        .to_vec();
        let mut conditions = vec!["e.id < $1".to_owned()];
        if let Some(section) = section {
            values.push(Arg::from(section));
            conditions.push(format!("e.section = ${}", values.len()));
        }
        for word in words::words(asked.unwrap_or_default()).take(12) {
            // Words hold letters and digits alone, nothing that LIKE reads otherwise.
            values.push(Arg::Text(format!("% {word}%")));
            conditions.push(format!("e.words LIKE ${}", values.len()));
        }
        let sql = format!(
            "SELECT {COLUMNS} FROM media e WHERE {} ORDER BY e.id DESC LIMIT $2",
            conditions.join(" AND ")
        );
        let rows = unit.all(&sql, values).await?;
        unit.commit().await?;
        let mut items = rows.iter().map(item).collect::<Result<Vec<_>>>()?;
        let more = items.len() > limit;
        items.truncate(limit);
        let next = match items.last().filter(|_| more) {
            Some(last) => Some(Cursor::write(&list, 0, String::new(), last.id.0.clone())?),
            None => None,
        };
        Ok(List { items, next, total: None })
    }

    /// Changes a media item's name and description; published pages that show it are made anew.
    ///
    /// # Errors
    /// When it is not there.
    pub async fn save_media(&self, by: &Actor, id: &MediaId, changed: &ChangedMedia) -> Result<MediaItem> {
        let mut unit = self.write_as(by).await?;
        let lock = unit.lock();
        let before = unit.media(id, lock).await?.ok_or(StoreError::NotFound(Missing::Media))?;
        let name = changed.name.clone().unwrap_or_else(|| before.name.clone());
        let alt = changed.alt.clone().unwrap_or_else(|| before.alt.clone());
        let sql = "UPDATE media SET name = $2, alt = $3, words = $4 WHERE id = $1";
        let searched = searched(&name, &alt);
        unit.run(sql, args![id, name, alt, searched]).await?;
        self.release_pages_with(&mut unit, id).await?;
        self.finish_media(unit, by, id, "media.edit").await
    }

    async fn finish_media(
        &self,
        mut unit: Unit,
        by: &Actor,
        id: &MediaId,
        action: &'static str,
    ) -> Result<MediaItem> {
        let item = unit.media(id, "").await?.ok_or(StoreError::NotFound(Missing::Media))?;
        self.log(&mut unit, by, Deed { action, entry: None, subject: &item.name, detail: id.as_str() })
            .await?;
        unit.commit().await?;
        Ok(item)
    }
}

/// The words of name and description, each with a space before it.
fn searched(name: &str, alt: &str) -> String {
    words::indexed(&[&name.replace('_', " "), alt]).into_iter().map(|word| format!(" {word}")).collect()
}
