//! The site's settings.

use content::wire::Site;

use super::Store;
use super::activity::Deed;
use super::actor::Actor;
use super::error::{Result, StoreError};
use super::expected::Expected;
use super::unit::{Unit, args, json};

impl Store {
    /// The site's settings.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn site(&self) -> Result<Site> {
        self.read().await?.site("").await
    }

    /// Changes the site's settings, whole, and queues a release of the site.
    ///
    /// # Errors
    /// When they are at another version.
    pub async fn save_site(&self, by: &Actor, site: &Site, expected: &Expected) -> Result<Site> {
        let mut unit = self.write_as(by).await?;
        let lock = unit.lock();
        let before = unit.site(lock).await?;
        if !expected.allows(before.version) {
            return Err(StoreError::SiteVersionMismatch(Box::new(before)));
        }
        let after = Site { version: before.version + 1, ..site.clone() };
        unit.run(
            "UPDATE site SET settings = $1, version = $2 WHERE id = 1",
            args![json(&after)?, after.version],
        )
        .await?;
        self.queue_site(&mut unit).await?;
        self.log(&mut unit, by, Deed { action: "site.edit", entry: None, subject: &after.title, detail: "" })
            .await?;
        unit.commit().await?;
        Ok(after)
    }
}

impl Unit {
    pub(super) async fn site(&mut self, lock: &str) -> Result<Site> {
        let row =
            self.one(&format!("SELECT e.settings, e.version FROM site e WHERE e.id = 1{lock}"), []).await?;
        let row = row.ok_or_else(|| StoreError::Corrupt("there are no settings of the site".to_owned()))?;
        Ok(Site { version: row.int(1)?, ..row.json(0)? })
    }
}
