//! The part of S3's REST API that a deployment needs, with path-style addresses: PutObject, CopyObject, GetObject,
//! HeadObject, DeleteObject, DeleteObjects, HeadBucket and ListObjectsV2. Signatures in headers are not checked: whoever
//! reaches loopback may write. Those in addresses are.

use std::{io, net::SocketAddr, sync::Arc};

use axum::body::Body;
use bytes::Bytes;
use http::{Method, Request, Response, header};
use hyper::body::Incoming;
use percent_encoding::percent_decode_str;
use serde::Serialize;
use tokio::net::TcpListener;

use super::{
    Bucket, Buckets, Object, listing,
    presigned::{is_presigned, verify},
    removal,
    reply::{decode_key, object_response, set},
    s3_error::S3Error,
    writing,
};
use crate::http_server::HttpServer;

const NAMESPACE: &str = "http://s3.amazonaws.com/doc/2006-03-01/";

/// The API of one bucket on a listener. It ends when it is stopped or dropped.
#[derive(Debug)]
pub struct RunningBucketApi {
    server: HttpServer,
}

impl RunningBucketApi {
    /// Serves `bucket` under its name.
    ///
    /// # Errors
    /// When the listener cannot be served.
    pub fn start(bucket: Bucket, listener: TcpListener) -> io::Result<Self> {
        let server = HttpServer::start(listener, move |request, _| bucket.clone().answer_api(request))?;
        Ok(Self { server })
    }

    /// Where it listens.
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.server.addr()
    }

    /// Stops listening and closes every connection.
    pub async fn stop(self) {
        self.server.stop().await;
    }
}

impl Bucket {
    /// Answers one request of S3's API, where this is the only bucket.
    pub(crate) async fn answer_api(self, request: Request<Incoming>) -> Response<Body> {
        Buckets::new([self], None).answer_api(request).await
    }
}

pub(super) async fn operation(
    buckets: &Buckets,
    bucket: &Bucket,
    request: Request<Incoming>,
) -> Result<Response<Bytes>, S3Error> {
    let path = request.uri().path().trim_start_matches('/');
    let (_, raw_key) = path.split_once('/').unwrap_or((path, ""));
    let (key, query) = (decode_key(raw_key)?, request.uri().query().unwrap_or_default().to_owned());
    let request = authorize(buckets, bucket, &query, request)?;
    let headers = request.headers();
    match (request.method().clone(), key.is_empty()) {
        (Method::HEAD, true) => Ok(Response::new(Bytes::new())),
        (Method::GET, true) if parameter(&query, "list-type").is_some_and(|kind| kind == "2") => {
            Ok(xml(listing::list(bucket, &query)?))
        }
        (Method::POST, true) if asks_only(&query, &["delete"]) && parameter(&query, "delete").is_some() => {
            removal::delete_many(bucket, request).await
        }
        (Method::GET | Method::HEAD, false) if asks_only(&query, &["versionId"]) => {
            object_response(request.method(), headers, version_of(bucket, &key, &query))
        }
        (Method::PUT, false) if asks_only(&query, &[]) => match headers.get("x-amz-copy-source") {
            Some(source) => writing::copy(buckets, bucket, key, source, headers),
            None => writing::put(bucket, key, request).await,
        },
        (Method::DELETE, false) if asks_only(&query, &["versionId"]) => {
            removal::delete(bucket, &key, &query, headers)
        }
        _ => Err(S3Error::NotImplemented),
    }
}

/// Holds addresses that were signed beforehand to their signature. Signatures in headers are not checked.
fn authorize(
    buckets: &Buckets,
    bucket: &Bucket,
    query: &str,
    request: Request<Incoming>,
) -> Result<Request<Incoming>, S3Error> {
    if is_presigned(query) {
        let (parts, body) = request.into_parts();
        verify(&parts, buckets.access_key(), bucket.settings().clock.now())?;
        return Ok(Request::from_parts(parts, body));
    }
    match bucket.settings().signed_only && !request.headers().contains_key(header::AUTHORIZATION) {
        true => Err(S3Error::AccessDenied),
        false => Ok(request),
    }
}

/// The object under a key, or the version of it that `versionId` names.
pub(super) fn version_of(bucket: &Bucket, key: &str, query: &str) -> Result<Arc<Object>, S3Error> {
    match parameter(query, "versionId") {
        None => bucket.head(key).ok_or(S3Error::NoSuchKey),
        Some(id) => match bucket.version(key, &id) {
            None => Err(S3Error::NoSuchVersion),
            // The mark of a deletion is a version that cannot be read.
            Some(None) => Err(S3Error::MethodNotAllowed),
            Some(Some(object)) => Ok(object),
        },
    }
}

/// SDKs name the operation in the query, `x-id=PutObject`; any parameter but these asks for another operation.
fn asks_only(query: &str, known: &[&str]) -> bool {
    let names = query.split('&').map(|pair| pair.split('=').next().unwrap_or(pair));
    let signs = |name: &str| name.starts_with("X-Amz-");
    names.into_iter().all(|name| name.is_empty() || name == "x-id" || signs(name) || known.contains(&name))
}

/// The value of a parameter of a query string.
pub(super) fn parameter(query: &str, name: &str) -> Option<String> {
    let mut pairs = query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let (_, value) = pairs.find(|(given, _)| *given == name)?;
    Some(percent_decode_str(value).decode_utf8_lossy().into_owned())
}

/// An XML document of S3's.
pub(super) fn document(root: &str, content: &impl Serialize) -> Response<Bytes> {
    // Plain structures of strings and booleans always serialise.
    let text = quick_xml::se::to_string_with_root(root, content).unwrap_or_default();
    let named = text.replacen(&format!("<{root}"), &format!("<{root} xmlns=\"{NAMESPACE}\""), 1);
    xml(format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{named}"))
}

fn xml(document: String) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(document));
    set(response.headers_mut(), header::CONTENT_TYPE, "application/xml");
    response
}
