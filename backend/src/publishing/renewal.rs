//! Renewing all of the site where it was made with another theme, or was never made.

use super::object::REMOVED;
use super::page::key;
use super::publisher::{PublishError, Publisher};

impl Publisher {
    /// Queues a release of the whole site where a file of the theme is not on it.
    ///
    /// # Errors
    /// When the store does not answer.
    pub async fn renew(&self) -> Result<(), PublishError> {
        let site = self.catalogue.site().await?;
        let keys: Vec<String> =
            self.theme.assets(&site.accent).into_iter().map(|asset| key(&asset.path)).collect();
        let rows = self.catalogue.ledger(&keys).await?;
        let there = rows.iter().filter(|row| !row.fingerprint.is_empty() && row.fingerprint != REMOVED);
        if there.count() < keys.len() {
            tracing::info!("the theme is not the one on the site: all of it is published anew");
            self.catalogue.release_site().await?;
        }
        Ok(())
    }
}
