//! The function in the function host, with AWS's local endpoint and CloudFront's API beside it.

use std::time::Duration;

use serde_json::{Value, json};
use stack::bucket::ObjectMetadata;
use tests::local_aws::{DISTRIBUTION, LocalAws, SITE_BUCKET, TABLE};

use tests::packaged_function::Running;

/// What the template tells it.
const ENVIRONMENT: [(&str, &str); 4] = [
    ("DISTRIBUTION_ID", DISTRIBUTION),
    ("SITE_BUCKET", SITE_BUCKET),
    ("RECORDS_TABLE", TABLE),
    ("CACHE_TAGS", "true"),
];

pub(super) struct Function {
    pub(super) aws: LocalAws,
    pub(super) running: Running,
}

impl Function {
    pub(super) async fn start() -> Function {
        Function::with_cloudfront_at(None).await
    }

    /// The same, with CloudFront elsewhere.
    pub(super) async fn with_cloudfront_at(url: Option<&str>) -> Function {
        Function::with_timeout(url, Duration::from_secs(60)).await
    }

    /// The same, with so much time for an event.
    pub(super) async fn with_timeout(url: Option<&str>, timeout: Duration) -> Function {
        let aws = LocalAws::start().await.unwrap();
        let elsewhere = url.map(|url| ("AWS_ENDPOINT_URL_CLOUDFRONT", url));
        let environment: Vec<_> = ENVIRONMENT.into_iter().chain(elsewhere).collect();
        let running = Running::with_timeout("announce", &aws.url(), &environment, timeout).await.unwrap();
        Function { aws, running }
    }

    /// Puts a manifest as the API does, and gives its key.
    pub(super) fn manifest(&self, batch: &str, attempt: i64) -> String {
        let key = format!("releases/{batch}.json");
        self.aws.site.put(key.as_str(), manifest(batch, attempt), ObjectMetadata::default());
        key
    }

    /// What it recorded of a batch.
    pub(super) fn record(&self, batch: &str) -> Option<Value> {
        let pk = format!("RELEASE#{batch}");
        let items = self.aws.services.records.items(TABLE);
        items.into_iter().find(|item| item["pk"]["S"] == pk.as_str())
    }
}

/// A manifest as the API writes it.
pub(in crate::functions) fn manifest(batch: &str, attempt: i64) -> String {
    let manifest = json!({
        "id": batch,
        "attempt": attempt,
        "releases": ["r-1"],
        "tags": ["o-0123456789abcdef"],
        "paths": ["/news/one/"],
    });
    manifest.to_string()
}
