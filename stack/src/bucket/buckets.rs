//! All buckets of the account behind one endpoint, told apart by the first segment of a path.

use std::{collections::BTreeMap, sync::Arc};

use axum::body::Body;
use bytes::Bytes;
use http::{Method, Request, Response};
use hyper::body::Incoming;

use super::{
    Bucket, cors,
    presigned::AccessKey,
    reply::{error_response, stamp},
    rest,
    s3_error::S3Error,
};

/// The buckets. Clones share them.
#[derive(Clone, Debug)]
pub struct Buckets {
    by_name: Arc<BTreeMap<String, Bucket>>,
    access_key: Option<Arc<AccessKey>>,
}

impl Buckets {
    /// These buckets. Addresses that were signed beforehand are held to the key; without one they are refused.
    pub fn new(buckets: impl IntoIterator<Item = Bucket>, access_key: Option<AccessKey>) -> Self {
        let by_name = buckets.into_iter().map(|bucket| (bucket.settings().name.clone(), bucket)).collect();
        Self { by_name: Arc::new(by_name), access_key: access_key.map(Arc::new) }
    }

    /// The bucket of this name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&Bucket> {
        self.by_name.get(name)
    }

    pub(super) fn access_key(&self) -> Option<&AccessKey> {
        self.access_key.as_deref()
    }

    /// Answers one request of S3's API.
    pub(crate) async fn answer_api(self, request: Request<Incoming>) -> Response<Body> {
        let resource = request.uri().path().to_owned();
        let name = resource.trim_start_matches('/').split('/').next().unwrap_or_default();
        let Some(bucket) = self.named(name).cloned() else {
            return error_response(S3Error::NoSuchBucket, &resource, "0").map(Body::from);
        };
        let request_id = format!("{:016X}", bucket.count());
        let (method, origin) = (request.method().clone(), cors::origin(request.headers()));
        let failed = match bucket.fault() {
            Some(fault) => fault.strike().await,
            None => None,
        };
        let mut response = match (failed, cors::preflight(&bucket, &request)) {
            (Some(error), _) => Err(error),
            (None, Some(answered)) => answered,
            (None, None) => rest::operation(&self, &bucket, request).await,
        }
        .unwrap_or_else(|error| error_response(error, &resource, &request_id));
        if method == Method::HEAD {
            *response.body_mut() = Bytes::new();
        }
        stamp(&mut response, &request_id, &bucket);
        cors::stamp(&mut response, &bucket, origin, &method);
        response.map(Body::from)
    }
}
