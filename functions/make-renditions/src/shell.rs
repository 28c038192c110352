//! The shell: AWS's clients, the clock, and what an event comes to.

use anyhow::Context;
use aws_config::BehaviorVersion;
use aws_sdk_dynamodb::Client;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::{Builder, tls};
use delivery::{Body, Bucket, CacheTag, CallError, Condition, ObjectHeaders, created_objects};
use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::item::{self, File};
use crate::settings::Settings;
use crate::upload::Upload;

/// More than the API signs; what is larger is refused by its size.
const MOST_READ: usize = 26 * 1024 * 1024;
/// Names hold the item's id and the width, and an item's bytes never change.
const CACHED: &str = "max-age=31536000, immutable";
/// Where the site lies in its bucket (`SitePrefix` of infra/site.yaml).
const PREFIX: &str = "site";

/// What the function works with.
pub(crate) struct Shell {
    uploads: Bucket,
    site: Bucket,
    records: Client,
    table: String,
}

impl Shell {
    /// Finds credentials, region and endpoint in AWS's usual variables; calls nothing yet.
    pub(crate) async fn connect(settings: Settings) -> Shell {
        let http = Builder::new().tls_provider(tls::Provider::Rustls(CryptoMode::Ring)).build_https();
        let aws = aws_config::defaults(BehaviorVersion::latest()).http_client(http).load().await;
        // At an endpoint of its own, a bucket is part of the path: its name does not resolve there.
        let s3 =
            aws_sdk_s3::config::Builder::from(&aws).force_path_style(aws.endpoint_url().is_some()).build();
        let s3 = aws_sdk_s3::Client::from_conf(s3);
        Shell {
            uploads: Bucket::new(s3.clone(), settings.uploads),
            site: Bucket::new(s3, settings.site),
            records: Client::new(&aws),
            table: settings.table,
        }
    }

    /// Makes the renditions of every upload of an event. An error makes Lambda try the event again.
    pub(crate) async fn answer(&self, event: Value) -> anyhow::Result<Value> {
        // Other objects of the bucket are none of its business.
        for key in created_objects(event)?.iter().filter(|key| key.starts_with("uploads/")) {
            self.upload(key).await?;
        }
        Ok(Value::Null)
    }

    async fn upload(&self, key: &str) -> anyhow::Result<()> {
        let (Some(head), Some(document)) =
            (self.uploads.head(key).await?, self.uploads.read(key, MOST_READ).await?)
        else {
            tracing::warn!(key, "there is no such upload any more");
            return Ok(());
        };
        let Some(upload) = Upload::read(&head.headers) else {
            tracing::error!(key, "an upload that the API did not sign");
            return Ok(());
        };
        let size = document.bytes.len();
        let made = item::make(&upload, document.bytes);
        for file in made.as_ref().map(|made| made.files.as_slice()).unwrap_or_default() {
            self.put(file).await?;
        }
        let at = OffsetDateTime::now_utc().format(&Rfc3339)?;
        let item = item::record(&upload, size, &at, &made)?;
        let put = self.records.put_item().table_name(&self.table).set_item(Some(item)).send().await;
        put.map_err(|error| CallError::new(format!("recording the media item {}", upload.media), error))?;
        match made {
            Ok(made) => tracing::info!(media = upload.media, files = made.files.len(), "ready"),
            Err(refused) => tracing::warn!(media = upload.media, %refused, "refused"),
        }
        Ok(())
    }

    async fn put(&self, file: &File) -> anyhow::Result<()> {
        let tag = CacheTag::of_object(&file.url);
        let headers = ObjectHeaders::new(file.kind, CACHED).with("cache-tag", tag.as_str());
        let key = format!("{PREFIX}{}", file.url);
        let put = self.site.put(&key, Body::bytes(file.bytes.clone()), &headers, &Condition::Anything).await;
        put.with_context(|| format!("putting {key}")).map(drop)
    }
}
