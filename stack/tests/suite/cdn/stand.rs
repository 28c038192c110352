//! What the tests stand on: a bucket, an API origin and a CDN in front of them, with a clock that they move.

use std::{
    collections::HashMap,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, UNIX_EPOCH},
};

use http::{HeaderMap, Method, StatusCode};
use serde_json::{Value, json};
use stack::{
    api_origin::{RunningApiOrigin, SeenRequest},
    bucket::{Bucket, BucketSettings, ObjectMetadata, ReadGrant},
    cdn::{BoxFuture, CdnSettings, Distribution, OriginTarget, RunningCdn, ViewerRequestFunction},
    clock::Clock,
    local::Site,
    viewer_request::{DistributionName, Failure, ForwardedRequest, Outcome, ViewerRequest},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

pub(crate) const OPTIMIZED: &str = "658327ea-f89d-4fab-a63d-7e88639e58f6";
pub(crate) const DISABLED: &str = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad";
pub(crate) const ALL_VIEWER_EXCEPT_HOST: &str = "b689b0a8-53d0-40ab-baf2-68738e2966ac";

pub(crate) struct Stand {
    pub(crate) bucket: Bucket,
    pub(crate) api: RunningApiOrigin,
    pub(crate) cdn: RunningCdn,
    pub(crate) http: reqwest::Client,
    now: Arc<AtomicU64>,
}

pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Reply {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    pub(crate) fn x_cache(&self) -> &str {
        self.header("x-cache").strip_suffix(" from cloudfront").unwrap()
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    pub(crate) fn seen(&self) -> SeenRequest {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// Site by default, API under `/api/*`.
pub(crate) fn distribution() -> Value {
    json!({
        "Id": "E1LOCAL", "DomainName": "d111.cloudfront.net",
        "DistributionConfig": {
            "Origins": [
                { "Id": "site", "DomainName": "site.s3.amazonaws.com" },
                { "Id": "api", "DomainName": "api.example.com",
                  "OriginCustomHeaders": [{ "HeaderName": "X-Origin-Key", "HeaderValue": "k" }] } ],
            "DefaultCacheBehavior": {
                "TargetOriginId": "site", "CachePolicyId": OPTIMIZED, "Compress": true,
                "ViewerProtocolPolicy": "redirect-to-https" },
            "CacheBehaviors": [{
                "PathPattern": "/api/*", "TargetOriginId": "api", "CachePolicyId": DISABLED,
                "OriginRequestPolicyId": ALL_VIEWER_EXCEPT_HOST,
                "AllowedMethods": ["GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"] }],
        },
    })
}

pub(crate) fn metadata(content_type: &str, cache_control: &str) -> ObjectMetadata {
    ObjectMetadata {
        content_type: Some(content_type.into()),
        cache_control: Some(cache_control.into()),
        ..ObjectMetadata::default()
    }
}

pub(crate) async fn listener() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").await.unwrap()
}

/// A client that follows nothing, decodes nothing and knows no proxy.
pub(crate) fn client(builder: reqwest::ClientBuilder) -> reqwest::Client {
    builder.no_proxy().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

impl Stand {
    pub(crate) async fn new() -> Self {
        Self::with(distribution(), |_| {}).await
    }

    pub(crate) async fn with(distribution: Value, adjust: impl FnOnce(&mut CdnSettings)) -> Self {
        let grant = ReadGrant { list: true, ..ReadGrant::default() };
        let bucket = |clock| BucketSettings { grant, clock, ..BucketSettings::default() };
        Self::start(serde_json::from_value(distribution).unwrap(), bucket, adjust).await
    }

    /// What `infra/site.yaml` describes, with a function that puts a token in as the gate does.
    pub(crate) async fn of_site(site: &Site) -> Self {
        let function = Function(|viewer: ViewerRequest, _: &DistributionName| {
            let mut request = unchanged(viewer);
            request.headers.push(("authorization".into(), "Bearer of-the-gate".into()));
            Ok(Outcome::Forward(request))
        });
        let associated = |settings: &mut CdnSettings| settings.function = Some(Arc::new(function));
        Self::start(site.distribution.clone(), |clock| site.bucket_settings(clock), associated).await
    }

    async fn start(
        distribution: Distribution,
        bucket: impl FnOnce(Clock) -> BucketSettings,
        adjust: impl FnOnce(&mut CdnSettings),
    ) -> Self {
        let now = Arc::new(AtomicU64::new(1_800_000_000));
        let shown = Arc::clone(&now);
        let clock = Clock::from_fn(move || UNIX_EPOCH + Duration::from_secs(shown.load(Ordering::SeqCst)));
        let bucket = Bucket::with_settings(bucket(clock.clone()));
        let api = RunningApiOrigin::start(listener().await).unwrap();
        let api_uri = format!("http://{}", api.addr()).parse().unwrap();
        let origins = HashMap::from([
            ("site".to_owned(), OriginTarget::Bucket(bucket.clone())),
            ("api".to_owned(), OriginTarget::Http(api_uri)),
        ]);
        let mut settings = CdnSettings::new(distribution, origins);
        settings.clock = clock;
        settings.invalidation_delay = Duration::ZERO;
        adjust(&mut settings);
        let cdn = RunningCdn::start(settings, listener().await, listener().await).unwrap();
        Self { bucket, api, cdn, http: client(reqwest::Client::builder()), now }
    }

    pub(crate) fn advance(&self, seconds: u64) {
        self.now.fetch_add(seconds, Ordering::SeqCst);
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.cdn.addr())
    }

    pub(crate) async fn get(&self, path: &str) -> Reply {
        self.send(Method::GET, path, &[]).await
    }

    pub(crate) async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Reply {
        self.send(Method::GET, path, headers).await
    }

    pub(crate) async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)]) -> Reply {
        let mut request = self.http.request(method, self.url(path));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        reply(request).await
    }

    /// Sends a request target as it is, which URL libraries would normalise.
    pub(crate) async fn raw(&self, target: &str) -> String {
        let mut stream = TcpStream::connect(self.cdn.addr()).await.unwrap();
        let head = format!("GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        String::from_utf8(answer).unwrap()
    }
}

pub(crate) async fn reply(request: reqwest::RequestBuilder) -> Reply {
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    Reply { status, headers, body: response.bytes().await.unwrap().to_vec() }
}

/// A viewer-request function made of a closure.
pub(crate) struct Function<F>(pub(crate) F);

impl<F> ViewerRequestFunction for Function<F>
where
    F: Fn(ViewerRequest, &DistributionName) -> Result<Outcome, Failure> + Send + Sync,
{
    fn call(
        &self,
        viewer: ViewerRequest,
        distribution: &DistributionName,
    ) -> BoxFuture<'static, Result<Outcome, Failure>> {
        let outcome = (self.0)(viewer, distribution);
        Box::pin(async move { outcome })
    }
}

/// The request as it came.
pub(crate) fn unchanged(viewer: ViewerRequest) -> ForwardedRequest {
    ForwardedRequest {
        uri: viewer.uri,
        querystring: viewer.querystring,
        headers: viewer.headers,
        body_replaced: None,
    }
}
