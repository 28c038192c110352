//! AWS's endpoint of the local stack without the rest of the cloud: a table of records, two buckets, a parameter, and
//! CloudFront's API.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::json;
use stack::bucket::{AccessKey, Bucket, BucketSettings, Buckets, CorsRule};
use stack::cdn::{BoxFuture, CdnSettings, OriginTarget, RunningCdn, ViewerRequestFunction};
use stack::dynamodb::{Records, SchemaError, TableSchema};
use stack::functions::InvokeApi;
use stack::local::{AwsEndpoint, AwsServices, Site};
use stack::parameter_store::ParameterStore;
use stack::viewer_request::{DistributionName, Failure, ForwardedRequest, Outcome, ViewerRequest};
use tokio::net::TcpListener;

/// The table of records, as `infra/functions.yaml` has it.
pub const TABLE: &str = "records";
/// The private bucket.
pub const BUCKET: &str = "uploads";
/// The site's bucket.
pub const SITE_BUCKET: &str = "site";
/// The distribution.
pub const DISTRIBUTION: &str = "E1LOCALPARAPET";
/// The parameter of the greeting.
pub const PARAMETER: &str = "/cms/production/greeting";
/// From where pages may upload.
pub const ORIGIN: &str = "http://localhost:8080";
/// The access key's id.
pub const ACCESS_KEY_ID: &str = "local";
/// The access key's secret.
pub const SECRET_ACCESS_KEY: &str = "secret";

/// The endpoint, until it is dropped.
pub struct LocalAws {
    /// What answers there.
    pub services: AwsServices,
    /// The private bucket.
    pub bucket: Bucket,
    /// The site's bucket.
    pub site: Bucket,
    endpoint: AwsEndpoint,
    _cdn: RunningCdn,
}

/// Why there is none.
#[derive(Debug, thiserror::Error)]
pub enum LocalAwsError {
    /// No port is left.
    #[error("no port is left")]
    Port(#[from] std::io::Error),
    /// The template of the site.
    #[error(transparent)]
    Site(#[from] stack::local::SiteError),
    /// The CDN.
    #[error(transparent)]
    Cdn(#[from] stack::cdn::CdnError),
    /// The table.
    #[error(transparent)]
    Table(#[from] SchemaError),
    /// The origin of the API.
    #[error(transparent)]
    Origin(#[from] http::uri::InvalidUri),
}

impl LocalAws {
    /// Starts one.
    ///
    /// # Errors
    /// If a part does not start.
    pub async fn start() -> Result<LocalAws, LocalAwsError> {
        let origins = HashMap::from([
            ("site".to_owned(), OriginTarget::Bucket(Bucket::new())),
            ("api".to_owned(), OriginTarget::Http("http://127.0.0.1:9/".parse()?)),
        ]);
        let mut cdn = CdnSettings::new(Site::local()?.distribution, origins);
        cdn.function = Some(Arc::new(Unasked));
        let cdn = RunningCdn::start(cdn, listener().await?, listener().await?)?;
        let bucket = Bucket::with_settings(BucketSettings {
            name: BUCKET.to_owned(),
            signed_only: true,
            cors: vec![CorsRule {
                allowed_origins: vec![ORIGIN.to_owned()],
                allowed_methods: vec!["PUT".to_owned()],
                allowed_headers: vec!["*".to_owned()],
                exposed_headers: vec!["ETag".to_owned()],
                max_age: Some(3_600),
            }],
            ..BucketSettings::default()
        });
        let site = Bucket::with_settings(BucketSettings {
            name: SITE_BUCKET.to_owned(),
            signed_only: true,
            ..BucketSettings::default()
        });
        let key = AccessKey { id: ACCESS_KEY_ID.to_owned(), secret: SECRET_ACCESS_KEY.to_owned() };
        let parameters = ParameterStore::default();
        parameters.put(PARAMETER, "Hello.");
        let services = AwsServices {
            buckets: Buckets::new([bucket.clone(), site.clone()], Some(key)),
            records: Records::new([schema()?]),
            parameters,
            lambda: InvokeApi::default(),
        };
        let endpoint = AwsEndpoint::serve(services.clone(), &cdn, listener().await?)?;
        Ok(LocalAws { services, bucket, site, endpoint, _cdn: cdn })
    }

    /// As a client takes it.
    #[must_use]
    pub fn url(&self) -> String {
        self.endpoint.url()
    }
}

/// In the gate's place: the template's distribution names one, and nobody visits it here.
struct Unasked;

impl ViewerRequestFunction for Unasked {
    fn call(
        &self,
        viewer: ViewerRequest,
        _: &DistributionName,
    ) -> BoxFuture<'static, Result<Outcome, Failure>> {
        let ViewerRequest { uri, querystring, headers, .. } = viewer;
        let request = ForwardedRequest { uri, querystring, headers, body_replaced: None };
        Box::pin(async move { Ok(Outcome::Forward(request)) })
    }
}

async fn listener() -> std::io::Result<TcpListener> {
    TcpListener::bind("127.0.0.1:0").await
}

fn schema() -> Result<TableSchema, SchemaError> {
    let key = |name: &str, kind: &str| json!({"AttributeName": name, "KeyType": kind});
    let text = |name: &str| json!({"AttributeName": name, "AttributeType": "S"});
    TableSchema::read(&json!({
        "TableName": TABLE,
        "BillingMode": "PAY_PER_REQUEST",
        "AttributeDefinitions": [text("pk"), text("sk"), text("day")],
        "KeySchema": [key("pk", "HASH"), key("sk", "RANGE")],
        "GlobalSecondaryIndexes": [{
            "IndexName": "by-day",
            "KeySchema": [key("day", "HASH"), key("sk", "RANGE")],
            "Projection": {"ProjectionType": "ALL"},
        }],
    }))
}
