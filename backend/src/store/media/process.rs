//! What comes of the bytes of media items: of their first file, and of what takes its place.

use content::wire::{
    EntryId, MediaId, MediaItem, MediaState, ReleaseAction, Rendition, Replacement, Use, UsedIn,
};
use time::Duration;

use super::change::MediaChange;
use super::row::{COLUMNS, item};
use super::searched;
use crate::ambient::timestamp;
use crate::store::Store;
use crate::store::error::{Missing, Result, StoreError};
use crate::store::unit::{Unit, args, json, word};

/// More pages than these that show a media item are made anew as the whole site, one release for all.
const MOST_PAGES: usize = 500;

/// How long the bytes of an upload are waited for.
const AWAITED: Duration = Duration::days(1);

impl Store {
    /// Media items of the last day whose file, or what takes its place, is not ready yet, the oldest first. The bytes of one
    /// that was begun before may never come; it is looked at when somebody asks for it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn media_in_work(&self, limit: usize) -> Result<Vec<MediaItem>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM media e WHERE \
             (e.state IN ('uploading', 'processing') AND e.created_at >= $2) \
             OR (e.next_state IN ('uploading', 'processing') AND e.next_at >= $2) ORDER BY e.id LIMIT $1"
        );
        let since = timestamp(self.0.ambient.now() - AWAITED);
        let values = args![i64::try_from(limit).unwrap_or(i64::MAX), &since];
        let rows = self.read().await?.all(&sql, values).await?;
        rows.iter().map(item).collect()
    }

    /// Says what came of the bytes of a media item's version; published pages that show it are made anew. What is ready or
    /// refused stays so. Once what takes a file's place is ready, the files before it are removed.
    ///
    /// # Errors
    /// When it is not there.
    pub async fn process_media(&self, id: &MediaId, version: u32, change: &MediaChange) -> Result<MediaItem> {
        let mut unit = self.write().await?;
        let lock = unit.lock();
        let before = unit.media(id, lock).await?.ok_or(StoreError::NotFound(Missing::Media))?;
        match before.replacement.as_ref().filter(|next| next.version == version && is_in_work(next.state)) {
            Some(next) => self.process_replacement(&mut unit, &before, next, change).await?,
            None if before.version == version && is_in_work(before.state) => {
                write_file(&mut unit, &before, &before.name, version, change).await?;
                if change.state == MediaState::Ready {
                    self.release_pages_with(&mut unit, id).await?;
                }
            }
            None => return Ok(before),
        }
        let item = unit.media(id, "").await?.ok_or(StoreError::NotFound(Missing::Media))?;
        unit.commit().await?;
        Ok(item)
    }

    async fn process_replacement(
        &self,
        unit: &mut Unit,
        before: &MediaItem,
        next: &Replacement,
        change: &MediaChange,
    ) -> Result<()> {
        if change.state == MediaState::Ready {
            write_file(unit, before, &next.name, next.version, change).await?;
            self.release_pages_with(unit, &before.id).await?;
            // After the pages' releases, so that none of them shows a file that is gone.
            return self.discard(unit, &before.renditions).await;
        }
        let sql = "UPDATE media SET next_state = $2, next_problem = $3 WHERE id = $1";
        let problem = change.problem.as_ref().map(json).transpose()?;
        unit.run(sql, args![&before.id, word(&change.state)?, problem]).await?;
        self.discard(unit, &change.renditions).await
    }

    /// Queues the removal of files from the site: a release that comes after all that were queued before.
    pub(super) async fn discard(&self, unit: &mut Unit, files: &[Rendition]) -> Result<()> {
        if files.is_empty() {
            return Ok(());
        }
        let release = self.queue(unit, None, None, ReleaseAction::Unpublish, &None).await?;
        for file in files {
            let sql = "INSERT INTO discarded_files (path, release_id) VALUES ($1, $2) ON CONFLICT (path) DO NOTHING";
            unit.run_later(sql, args![&file.url, &release.id]).await?;
        }
        Ok(())
    }

    /// Queues releases of the published entries that show a media item, or of the site where it is the logo.
    pub(super) async fn release_pages_with(&self, unit: &mut Unit, id: &MediaId) -> Result<()> {
        let used = unit.used_in("media", id.as_str()).await?;
        let published: Vec<EntryId> = used
            .into_iter()
            .filter(|used| used.place == Use::Published)
            .map(|UsedIn { entry, .. }| entry)
            .collect();
        if published.len() > MOST_PAGES || unit.site("").await?.logo.as_ref() == Some(id) {
            self.queue_site(unit).await?;
            return Ok(());
        }
        for entry in published {
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
}

pub(super) fn is_in_work(state: MediaState) -> bool {
    matches!(state, MediaState::Uploading | MediaState::Processing)
}

/// Makes a file the item's.
async fn write_file(
    unit: &mut Unit,
    before: &MediaItem,
    name: &str,
    version: u32,
    change: &MediaChange,
) -> Result<()> {
    let sql = "UPDATE media SET state = $2, problem = $3, kind = $4, size = $5, width = $6, height = $7, \
         thumbhash = $8, renditions = $9, name = $10, words = $11, version = $12, \
         next_state = NULL, next_name = NULL, next_problem = NULL, next_at = NULL WHERE id = $1";
    let size = change.size.unwrap_or(before.size);
    let values = args![
        &before.id,
        word(&change.state)?,
        change.problem.as_ref().map(json).transpose()?,
        change.kind.clone().unwrap_or_else(|| before.kind.clone()),
        i64::try_from(size).unwrap_or(i64::MAX),
        change.width.map(i64::from),
        change.height.map(i64::from),
        change.thumbhash.clone(),
        json(&change.renditions)?,
        name,
        searched(name, &before.alt),
        i64::from(version)
    ];
    unit.run(sql, values).await?;
    Ok(())
}
