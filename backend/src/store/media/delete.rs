//! The end of media items, and of their files on the site.

use content::wire::{MediaId, MediaItem, Use};

use crate::store::Store;
use crate::store::activity::Deed;
use crate::store::actor::Actor;
use crate::store::error::{Missing, Result, StoreError};
use crate::store::unit::{Unit, args};

impl Store {
    /// Deletes a media item whose bytes have not come, and that nothing uses, for who began it. Answers whether it was one.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn cancel_upload(&self, by: &Actor, id: &MediaId) -> Result<bool> {
        let mut unit = self.write_as(by).await?;
        let lock = unit.lock();
        let sql = "SELECT 1 FROM media WHERE id = $1 AND created_by = $2 AND state = 'uploading'";
        let Some(item) = unit.media(id, lock).await? else { return Ok(false) };
        if unit.one(sql, args![id, &by.id]).await?.is_none() {
            return Ok(false);
        }
        if !unit.used_in("media", id.as_str()).await?.is_empty() {
            return Ok(false);
        }
        self.forget_media(unit, by, &item).await?;
        Ok(true)
    }

    async fn forget_media(&self, mut unit: Unit, by: &Actor, item: &MediaItem) -> Result<()> {
        unit.run("DELETE FROM media WHERE id = $1", args![&item.id]).await?;
        self.discard(&mut unit, &item.renditions).await?;
        let deed =
            Deed { action: "media.delete", entry: None, subject: &item.name, detail: item.id.as_str() };
        self.log(&mut unit, by, deed).await?;
        unit.commit().await
    }

    /// Deletes a media item that nothing uses, and its files on the site; `despite_revisions` where only older revisions use it.
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
        self.forget_media(unit, by, &item).await
    }
}
