//! The shell: AWS's clients, the clock, and what an event comes to.

use aws_config::BehaviorVersion;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::{Builder, tls};
use delivery::{Bucket, Distribution, created_objects};
use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::announcement::{announce, is_passing};
use crate::manifest::Manifest;
use crate::record::{Record, Table};
use crate::settings::Settings;

/// No manifest is longer: a thousand tags and paths, with room.
const LONGEST_MANIFEST: usize = 8 * 1_024 * 1_024;

/// What the function works with.
pub(crate) struct Shell {
    bucket: Bucket,
    distribution: Distribution,
    table: Table,
    settings: Settings,
}

impl Shell {
    /// Finds credentials, region and endpoint in AWS's usual variables; calls nothing yet.
    pub(crate) async fn connect(settings: Settings) -> Shell {
        let http = Builder::new().tls_provider(tls::Provider::Rustls(CryptoMode::Ring)).build_https();
        let aws = aws_config::defaults(BehaviorVersion::latest()).http_client(http).load().await;
        // At an endpoint of its own, a bucket is part of the path: its name does not resolve there.
        let s3 =
            aws_sdk_s3::config::Builder::from(&aws).force_path_style(aws.endpoint_url().is_some()).build();
        let cloudfront = aws_sdk_cloudfront::Client::new(&aws);
        Shell {
            bucket: Bucket::new(aws_sdk_s3::Client::from_conf(s3), &settings.bucket),
            distribution: Distribution::new(cloudfront, &settings.distribution),
            table: Table::new(aws_sdk_dynamodb::Client::new(&aws), settings.table.clone()),
            settings,
        }
    }

    /// Announces every manifest of an event. An error makes Lambda try the event again; what was done stays done.
    pub(crate) async fn answer(&self, event: Value) -> anyhow::Result<Value> {
        for key in created_objects(event)?.iter().filter(|key| is_manifest(key)) {
            self.manifest(key).await?;
        }
        Ok(Value::Null)
    }

    async fn manifest(&self, key: &str) -> anyhow::Result<()> {
        tokio::time::sleep(self.settings.delay).await;
        let Some(document) = self.bucket.read(key, LONGEST_MANIFEST).await? else {
            tracing::warn!(key, "there is no such manifest any more");
            return Ok(());
        };
        let manifest = match Manifest::read(&document.bytes) {
            Ok(manifest) => manifest,
            // Nothing says whose record it would be; the API announces its batch again.
            Err(problem) => {
                tracing::error!(key, %problem, "a manifest is not what the API writes");
                return Ok(());
            }
        };
        if self.table.completed(&manifest.id).await?.is_some_and(|attempt| attempt >= manifest.attempt) {
            tracing::info!(batch = manifest.id, attempt = manifest.attempt, "announced already");
            return Ok(());
        }
        let record = |problem: Option<String>| Record {
            batch: manifest.id.clone(),
            attempt: manifest.attempt,
            completed_at: None,
            invalidation_id: None,
            problem,
        };
        let record = match manifest.batches(self.settings.by_tag) {
            Err(problem) => record(Some(problem.to_string())),
            Ok(batches) => match announce(&self.distribution, &batches).await {
                Ok(invalidation_id) => {
                    let now = OffsetDateTime::now_utc().format(&Rfc3339)?;
                    Record { completed_at: Some(now), invalidation_id, ..record(None) }
                }
                Err(error) if is_passing(&error) => return Err(error.into()),
                Err(error) => record(Some(error.to_string())),
            },
        };
        self.table.write(&record, OffsetDateTime::now_utc()).await?;
        match &record.problem {
            None => tracing::info!(batch = record.batch, attempt = record.attempt, "announced"),
            Some(problem) => {
                tracing::error!(batch = record.batch, attempt = record.attempt, problem, "not announced")
            }
        }
        Ok(())
    }
}

/// The site's bucket may tell of its other objects, too.
fn is_manifest(key: &str) -> bool {
    key.starts_with("releases/") && key.ends_with(".json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn manifests_alone_are_announced() {
        assert!(is_manifest("releases/7.json"));
        assert!(!is_manifest("site/index.html") && !is_manifest("releases/7.txt"));
    }
}
