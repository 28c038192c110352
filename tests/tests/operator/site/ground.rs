//! A bucket and a distribution as `infra/site.yaml` describes them, with one AWS endpoint for both, and a viewer-request
//! function that rewrites as the gate does and lets everybody in.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::time::Duration;

use stack::bucket::{Bucket, Object, ObjectMetadata};
use stack::cdn::{BoxFuture, CdnSettings, OriginTarget, RunningCdn, ViewerRequestFunction};
use stack::clock::Clock;
use stack::local::{AwsEndpoint, Site};
use stack::viewer_request::{DistributionName, Failure, ForwardedRequest, Outcome, ViewerRequest};
use tests::operator::{Run, parapet};
use tokio::net::TcpListener;

use super::folder::Folder;
use super::viewer;

pub(crate) struct Ground {
    pub(crate) bucket: Bucket,
    cdn: RunningCdn,
    aws: AwsEndpoint,
}

/// An object as viewers and the next deploy see it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) body: String,
    pub(crate) metadata: ObjectMetadata,
}

struct Rewriting;

impl ViewerRequestFunction for Rewriting {
    fn call(
        &self,
        viewer: ViewerRequest,
        _: &DistributionName,
    ) -> BoxFuture<'static, Result<Outcome, Failure>> {
        let uri = if viewer.uri.ends_with('/') { format!("{}index.html", viewer.uri) } else { viewer.uri };
        let ViewerRequest { querystring, headers, .. } = viewer;
        let request = ForwardedRequest { uri, querystring, headers, body_replaced: None };
        Box::pin(async move { Ok(Outcome::Forward(request)) })
    }
}

pub(crate) async fn listener() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").await.unwrap()
}

impl Ground {
    pub(crate) async fn new() -> Ground {
        Ground::with_invalidations_taking(Duration::from_millis(1)).await
    }

    pub(crate) async fn with_invalidations_taking(delay: Duration) -> Ground {
        let site = Site::local().unwrap();
        let bucket = Bucket::with_settings(site.bucket_settings(Clock::system()));
        let origins = HashMap::from([
            ("site".to_owned(), OriginTarget::Bucket(bucket.clone())),
            ("api".to_owned(), OriginTarget::Http("http://127.0.0.1:9/".parse().unwrap())),
        ]);
        let mut settings = CdnSettings::new(site.distribution, origins);
        settings.function = Some(Arc::new(Rewriting));
        settings.invalidation_delay = delay;
        let cdn = RunningCdn::start(settings, listener().await, listener().await).unwrap();
        let aws = AwsEndpoint::start(bucket.clone(), &cdn, listener().await).unwrap();
        Ground { bucket, cdn, aws }
    }

    /// Where both APIs answer.
    pub(crate) fn url(&self) -> String {
        self.aws.url()
    }

    /// Deploys a folder.
    pub(crate) async fn deploy(&self, folder: &Folder, more: &[&str]) -> Run {
        deploy_to(&self.url(), folder, more).await
    }

    /// Everything in the bucket but the manifest.
    pub(crate) fn objects(&self) -> BTreeMap<String, Seen> {
        let objects = self.bucket.list("");
        let objects = objects.iter().filter(|object| !object.key.starts_with(".parapet/"));
        objects.map(|object| (object.key.clone(), seen(object))).collect()
    }

    pub(crate) fn object(&self, key: &str) -> Seen {
        seen(&self.bucket.head(key).unwrap_or_else(|| panic!("no {key}")))
    }

    /// The manifest.
    pub(crate) fn manifest(&self) -> serde_json::Value {
        serde_json::from_slice(&self.bucket.head(".parapet/site.json").unwrap().body).unwrap()
    }

    /// What a viewer gets, and whether it came from the CDN's cache.
    pub(crate) async fn view(&self, path: &str) -> (u16, String, bool) {
        let answer = viewer::get(&format!("http://{}{path}", self.cdn.addr())).await;
        let hit = answer.header("x-cache").starts_with("Hit");
        (answer.status, answer.body, hit)
    }
}

pub(crate) async fn deploy_to(url: &str, folder: &Folder, more: &[&str]) -> Run {
    let fixed =
        ["deploy", "site", folder.name(), "--bucket", "parapet-site", "--distribution", "E1LOCALPARAPET"];
    let arguments = fixed.iter().chain(&["--endpoint-url", url]).chain(more).copied().collect::<Vec<_>>();
    parapet(&arguments).await
}

fn seen(object: &Object) -> Seen {
    Seen { body: String::from_utf8_lossy(&object.body).into_owned(), metadata: object.metadata.clone() }
}
