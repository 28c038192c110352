//! The part of S3's REST API that a deployment needs, with path-style addresses: PutObject, GetObject, HeadObject,
//! DeleteObject, HeadBucket and ListObjectsV2. Signatures are not checked: whoever reaches loopback may write.

use std::{io, net::SocketAddr};

use axum::body::Body;
use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header};
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use md5::{Digest, Md5};
use tokio::net::TcpListener;

use super::{
    Bucket, ObjectMetadata, aws_chunked, listing,
    object::etag,
    reply::{decode_key, error_response, stamp},
    s3_error::S3Error,
};
use crate::http_server::HttpServer;

/// The largest object that is taken, in bytes.
const LARGEST_OBJECT: usize = 256 * 1024 * 1024;

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
        let server = HttpServer::start(listener, move |request, _| answer(bucket.clone(), request))?;
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

async fn answer(bucket: Bucket, request: Request<Incoming>) -> Response<Body> {
    let request_id = format!("{:016X}", bucket.count());
    let resource = request.uri().path().to_owned();
    let method = request.method().clone();
    let answered = operation(&bucket, request).await;
    let mut response = answered.unwrap_or_else(|error| error_response(error, &resource, &request_id));
    if method == Method::HEAD {
        *response.body_mut() = Bytes::new();
    }
    stamp(&mut response, &request_id, &bucket);
    response.map(Body::from)
}

async fn operation(bucket: &Bucket, request: Request<Incoming>) -> Result<Response<Bytes>, S3Error> {
    let path = request.uri().path();
    let (name, raw_key) =
        path.trim_start_matches('/').split_once('/').unwrap_or((path.trim_start_matches('/'), ""));
    if name != bucket.settings().name {
        return Err(S3Error::NoSuchBucket);
    }
    let (key, query) = (decode_key(raw_key)?, request.uri().query().unwrap_or_default().to_owned());
    match (request.method().clone(), key.is_empty()) {
        (Method::HEAD, true) => Ok(Response::new(Bytes::new())),
        (Method::GET, true) if query.split('&').any(|pair| pair == "list-type=2") => {
            let mut response = Response::new(Bytes::from(listing::list(bucket, &query)?));
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/xml"));
            Ok(response)
        }
        (Method::GET | Method::HEAD, false) => {
            bucket.object_response(request.method(), &key, request.headers(), S3Error::NoSuchKey)
        }
        (Method::PUT, false) if !request.headers().contains_key("x-amz-copy-source") && is_plain(&query) => {
            put(bucket, key, request).await
        }
        (Method::DELETE, false) if is_plain(&query) => {
            bucket.delete(&key);
            let mut response = Response::new(Bytes::new());
            *response.status_mut() = StatusCode::NO_CONTENT;
            Ok(response)
        }
        _ => Err(S3Error::NotImplemented),
    }
}

/// SDKs name the operation in the query, `x-id=PutObject`; any other parameter asks for another operation.
fn is_plain(query: &str) -> bool {
    query.split('&').all(|pair| pair.is_empty() || pair.starts_with("x-id="))
}

async fn put(bucket: &Bucket, key: String, request: Request<Incoming>) -> Result<Response<Bytes>, S3Error> {
    let (parts, body) = request.into_parts();
    let body = Limited::new(body, LARGEST_OBJECT).collect().await;
    let body = body.map_err(|error| match error.is::<http_body_util::LengthLimitError>() {
        true => S3Error::EntityTooLarge,
        false => S3Error::IncompleteBody,
    })?;
    let body = match is_chunked(&parts.headers) {
        true => aws_chunked::decode(&body.to_bytes()).ok_or(S3Error::IncompleteBody)?,
        false => body.to_bytes(),
    };
    if let Some(claimed) = parts.headers.get("content-md5")
        && *claimed != STANDARD.encode(Md5::digest(&body))
    {
        return Err(S3Error::BadDigest);
    }
    check_conditions(bucket, &key, &parts.headers)?;
    let tag = HeaderValue::try_from(etag(&body)).map_err(|_| S3Error::InvalidArgument)?;
    bucket.put(key, body, metadata(&parts.headers));
    let mut response = Response::new(Bytes::new());
    response.headers_mut().insert(header::ETAG, tag);
    Ok(response)
}

/// Conditional writes: `If-None-Match: *` creates only, `If-Match` replaces only what is known.
fn check_conditions(bucket: &Bucket, key: &str, headers: &HeaderMap) -> Result<(), S3Error> {
    let there = bucket.head(key);
    if headers.get(header::IF_NONE_MATCH).is_some_and(|value| value == "*") && there.is_some() {
        return Err(S3Error::PreconditionFailed);
    }
    match (headers.get(header::IF_MATCH), there) {
        (Some(_), None) => Err(S3Error::NoSuchKey),
        (Some(known), Some(there)) if *known != there.etag => Err(S3Error::PreconditionFailed),
        _ => Ok(()),
    }
}

fn is_chunked(headers: &HeaderMap) -> bool {
    let says = |name: &str, what: &str| {
        headers.get(name).and_then(|value| value.to_str().ok()).is_some_and(|value| value.contains(what))
    };
    says("content-encoding", "aws-chunked") || says("x-amz-content-sha256", "STREAMING-")
}

fn metadata(headers: &HeaderMap) -> ObjectMetadata {
    let text = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let encoding = headers.get(header::CONTENT_ENCODING).map(text).unwrap_or_default();
    let encodings =
        encoding.split(',').map(str::trim).filter(|coding| *coding != "aws-chunked" && !coding.is_empty());
    let encoding = encodings.collect::<Vec<_>>().join(",");
    let user = headers.iter().filter_map(|(name, value)| {
        let name = name.as_str().strip_prefix("x-amz-meta-")?;
        Some((name.to_owned(), text(value)))
    });
    ObjectMetadata {
        content_type: headers.get(header::CONTENT_TYPE).map(text),
        cache_control: headers.get(header::CACHE_CONTROL).map(text),
        content_encoding: (!encoding.is_empty()).then_some(encoding),
        user: user.collect(),
    }
}
