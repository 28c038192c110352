//! The function in the function host, with AWS's local endpoint and CloudFront's API beside it.

use serde_json::{Value, json};
use stack::bucket::ObjectMetadata;
use tests::local_aws::{DISTRIBUTION, LocalAws, SITE_BUCKET, TABLE};

use tests::packaged_function::Running;

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
        let aws = LocalAws::start().await.unwrap();
        let own = [
            ("DISTRIBUTION_ID", DISTRIBUTION),
            ("SITE_BUCKET", SITE_BUCKET),
            ("RECORDS_TABLE", TABLE),
            ("CACHE_TAGS", "true"),
        ];
        let elsewhere = url.map(|url| ("AWS_ENDPOINT_URL_CLOUDFRONT", url));
        let environment: Vec<_> = own.into_iter().chain(elsewhere).collect();
        let running = Running::start("announce", &aws.url(), &environment).await.unwrap();
        Function { aws, running }
    }

    /// Puts a manifest as the API does, and gives its key.
    pub(super) fn manifest(&self, batch: &str, attempt: i64) -> String {
        let manifest = json!({
            "id": batch,
            "attempt": attempt,
            "releases": ["r-1"],
            "tags": ["o-0123456789abcdef"],
            "paths": ["/news/one/"],
        });
        let key = format!("releases/{batch}.json");
        self.aws.site.put(key.as_str(), manifest.to_string(), ObjectMetadata::default());
        key
    }

    /// What it recorded of a batch.
    pub(super) fn record(&self, batch: &str) -> Option<Value> {
        let pk = format!("RELEASE#{batch}");
        let items = self.aws.services.records.items(TABLE);
        items.into_iter().find(|item| item["pk"]["S"] == pk.as_str())
    }
}
