//! Media items: what is known of uploads, and where they are used.

use content::wire::{
    ChangedMedia, EntryId, List, MediaId, MediaItem, MediaState, ReleaseAction, Use, UsedIn,
};
use serde::Serialize;
use time::Duration;

use super::Store;
use super::activity::Deed;
use super::actor::Actor;
use super::cursor::Cursor;
use super::error::{Missing, Result, StoreError};
use super::media_change::{MediaChange, NewMediaRow};
use super::media_row::{COLUMNS, item};
use super::unit::{Arg, Unit, args, json, word};
use crate::ambient::timestamp;
use crate::domain::words;

/// Pages that show a media item and are made anew by themselves when it changes.
const MOST_PAGES: usize = 500;

/// How long the bytes of an upload are waited for.
const AWAITED: Duration = Duration::days(1);

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

    /// Media items of the last day that are not ready yet, the oldest first. The bytes of one that was begun before may never
    /// come; it is looked at when somebody asks for it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn media_in_work(&self, limit: usize) -> Result<Vec<MediaItem>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM media e WHERE e.state IN ('uploading', 'processing') AND e.created_at >= $2 \
             ORDER BY e.id LIMIT $1"
        );
        let since = timestamp(self.0.ambient.now() - AWAITED);
        let values = args![i64::try_from(limit).unwrap_or(i64::MAX), &since];
        let rows = self.read().await?.all(&sql, values).await?;
        rows.iter().map(item).collect()
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

    /// Says what came of a media item's bytes; published pages that show it are made anew. What is ready or refused stays
    /// so.
    ///
    /// # Errors
    /// When it is not there.
    pub async fn process_media(&self, id: &MediaId, change: &MediaChange) -> Result<MediaItem> {
        let mut unit = self.write().await?;
        let lock = unit.lock();
        let before = unit.media(id, lock).await?.ok_or(StoreError::NotFound(Missing::Media))?;
        if matches!(before.state, MediaState::Ready | MediaState::Refused) {
            return Ok(before);
        }
        let sql = "UPDATE media SET state = $2, problem = $3, kind = $4, size = $5, width = $6, height = $7, \
             thumbhash = $8, renditions = $9 WHERE id = $1";
        let size = change.size.unwrap_or(before.size);
        let values = args![
            id,
            word(&change.state)?,
            change.problem.as_ref().map(json).transpose()?,
            change.kind.clone().unwrap_or(before.kind),
            i64::try_from(size).unwrap_or(i64::MAX),
            change.width.map(i64::from),
            change.height.map(i64::from),
            change.thumbhash.clone(),
            json(&change.renditions)?
        ];
        unit.run(sql, values).await?;
        if change.state == MediaState::Ready {
            self.release_pages_with(&mut unit, id).await?;
        }
        let item = unit.media(id, "").await?.ok_or(StoreError::NotFound(Missing::Media))?;
        unit.commit().await?;
        Ok(item)
    }

    /// Queues releases of the published entries that show a media item, or of the site where it is the logo.
    async fn release_pages_with(&self, unit: &mut Unit, id: &MediaId) -> Result<()> {
        if unit.site("").await?.logo.as_ref() == Some(id) {
            self.queue_site(unit).await?;
            return Ok(());
        }
        let used = unit.used_in("media", id.as_str()).await?;
        for UsedIn { entry, .. } in
            used.into_iter().filter(|used| used.place == Use::Published).take(MOST_PAGES)
        {
            self.release_again(unit, &entry).await?;
        }
        Ok(())
    }

    /// Queues a release of what is published of an entry.
    async fn release_again(&self, unit: &mut Unit, entry: &EntryId) -> Result<()> {
        let sql = "SELECT revision FROM published WHERE entry_id = $1";
        let Some(row) = unit.one(sql, args![entry]).await? else { return Ok(()) };
        let stood = unit.standing(entry).await?;
        let release =
            self.queue(unit, Some(entry), Some(row.int(0)?), ReleaseAction::Publish, &stood).await?;
        let sql = "UPDATE published SET release_id = $2 WHERE entry_id = $1";
        unit.run(sql, args![entry, &release.id]).await?;
        unit.run("UPDATE entries SET latest_release = $2 WHERE id = $1", args![entry, &release.id]).await?;
        Ok(())
    }

    /// Deletes a media item whose bytes have not come, and that nothing uses, for who began it. Answers whether it was one.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn cancel_upload(&self, by: &Actor, id: &MediaId) -> Result<bool> {
        let mut unit = self.write_as(by).await?;
        let begun = format!(
            "SELECT e.name FROM media e WHERE e.id = $1 AND e.created_by = $2 AND e.state = 'uploading'{}",
            unit.lock()
        );
        let Some(row) = unit.one(&begun, args![id, &by.id]).await? else { return Ok(false) };
        if !unit.used_in("media", id.as_str()).await?.is_empty() {
            return Ok(false);
        }
        self.forget_media(unit, by, id, &row.text(0)?).await?;
        Ok(true)
    }

    async fn forget_media(&self, mut unit: Unit, by: &Actor, id: &MediaId, name: &str) -> Result<()> {
        unit.run("DELETE FROM media WHERE id = $1", args![id]).await?;
        let deed = Deed { action: "media.delete", entry: None, subject: name, detail: id.as_str() };
        self.log(&mut unit, by, deed).await?;
        unit.commit().await
    }

    /// Deletes a media item that nothing uses; `despite_revisions` where only older revisions do.
    ///
    /// # Errors
    /// When it is not there, or is used.
    pub async fn delete_media(&self, by: &Actor, id: &MediaId, despite_revisions: bool) -> Result<()> {
        let mut unit = self.write_as(by).await?;
        let lock = unit.lock();
        let item = unit.media(id, lock).await?.ok_or(StoreError::NotFound(Missing::Media))?;
        if unit.site("").await?.logo.as_ref() == Some(id) {
            return Err(StoreError::Conflict("it is the site's logo".to_owned()));
        }
        let used = unit.used_in("media", id.as_str()).await?;
        if used.iter().any(|used| !despite_revisions || used.place != Use::Revision) {
            return Err(StoreError::InUse(used));
        }
        self.forget_media(unit, by, id, &item.name).await
    }
}

/// The words of name and description, each with a space before it.
fn searched(name: &str, alt: &str) -> String {
    words::indexed(&[&name.replace('_', " "), alt]).into_iter().map(|word| format!(" {word}")).collect()
}
