//! Another file in the place of a media item's: awaited beside it, so that pages show the old one until it is there.

use content::wire::{MediaId, MediaItem};

use super::process::is_in_work;
use crate::store::Store;
use crate::store::activity::Deed;
use crate::store::actor::Actor;
use crate::store::error::{Missing, Result, StoreError};
use crate::store::unit::args;

impl Store {
    /// Awaits a file in the place of a media item's. One that was awaited before is given up.
    ///
    /// # Errors
    /// When the item is not there, or its first file is still awaited.
    pub async fn replace_media(&self, by: &Actor, id: &MediaId, name: &str) -> Result<MediaItem> {
        let mut unit = self.write_as(by).await?;
        let lock = unit.lock();
        let before = unit.media(id, lock).await?.ok_or(StoreError::NotFound(Missing::Media))?;
        if is_in_work(before.state) {
            return Err(StoreError::Conflict("the media item's first file is not there yet".to_owned()));
        }
        // No version twice: what was given up may arrive all the same.
        let sql = "UPDATE media SET next_version = COALESCE(next_version, version) + 1, next_name = $2, \
             next_state = 'uploading', next_problem = NULL, next_at = $3 WHERE id = $1";
        unit.run(sql, args![id, name, &self.now()]).await?;
        self.finish_media(unit, by, id, "media.replace").await
    }

    /// Gives up what was to take the place of a media item's file. Nothing where nothing was.
    ///
    /// # Errors
    /// When the item is not there.
    pub async fn keep_media(&self, by: &Actor, id: &MediaId) -> Result<()> {
        let mut unit = self.write_as(by).await?;
        let lock = unit.lock();
        let before = unit.media(id, lock).await?.ok_or(StoreError::NotFound(Missing::Media))?;
        if before.replacement.is_none() {
            return Ok(());
        }
        let sql = "UPDATE media SET next_state = NULL, next_name = NULL, next_problem = NULL, next_at = NULL \
             WHERE id = $1";
        unit.run(sql, args![id]).await?;
        let deed = Deed { action: "media.keep", entry: None, subject: &before.name, detail: id.as_str() };
        self.log(&mut unit, by, deed).await?;
        unit.commit().await
    }
}
