//! Following batches whose objects are put, until every cache has forgotten what was there before.

use time::Duration;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::bucket::BucketError;
use super::catalogue::AnnouncedBatch;
use super::manifest::Manifest;
use super::publisher::{PublishError, Publisher, failure};

/// How long an announcement is awaited before the manifest is put again: its event may have been lost.
const AWAITED: Duration = Duration::minutes(5);
/// How often.
const MOST_ATTEMPTS: i64 = 4;

impl Publisher {
    /// What is announced becomes live, or has failed; what is not announced in time is announced again.
    /// Says whether any is awaited still.
    pub(super) async fn follow(&self) -> Result<bool, PublishError> {
        let mut awaited = false;
        for batch in self.catalogue.announcing().await? {
            let now = self.ambient.timestamp();
            match self.records.announced(&batch.id).await? {
                // A record of an earlier attempt says nothing of what was put since.
                Some(record) if record.attempt >= batch.attempt => match record.problem {
                    None => self.catalogue.live(&batch.id, &now).await?,
                    Some(problem) => {
                        let why = format!("CloudFront was not told: {problem}");
                        self.catalogue.failed(&batch.releases, &failure(&why), &now).await?;
                    }
                },
                _ => {
                    awaited = true;
                    if self.is_late(&batch) {
                        self.announce_again(&batch).await?;
                    }
                }
            }
        }
        Ok(awaited)
    }

    fn is_late(&self, batch: &AnnouncedBatch) -> bool {
        let since = OffsetDateTime::parse(batch.since.as_str(), &Rfc3339);
        since.is_ok_and(|since| self.ambient.now() - since > AWAITED)
    }

    async fn announce_again(&self, batch: &AnnouncedBatch) -> Result<(), PublishError> {
        let now = self.ambient.timestamp();
        if batch.attempt >= MOST_ATTEMPTS {
            let why = "the function announce does not answer";
            self.catalogue.failed(&batch.releases, &failure(why), &now).await?;
            return Ok(());
        }
        let attempt = self.catalogue.announce_again(&batch.id, &now).await?;
        let keys = self.catalogue.changed_by(&batch.id).await?;
        let releases = batch.releases.iter().map(|release| release.0.clone()).collect();
        tracing::warn!(batch = batch.id, attempt, "a batch is announced again");
        let manifest = Manifest::new(&batch.id, attempt, releases, &keys);
        self.put_manifest(&manifest).await.map_err(PublishError::Bucket)
    }

    pub(super) async fn put_manifest(&self, manifest: &Manifest) -> Result<(), BucketError> {
        let bytes = serde_json::to_vec(manifest).map_err(|error| BucketError::Lasting(error.to_string()))?;
        let headers = delivery::ObjectHeaders::new("application/json", "no-store");
        self.bucket.put(&manifest.key(), bytes.into(), &headers).await
    }
}
