//! PutObject and CopyObject.

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response, header};
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use md5::{Digest, Md5};
use serde::Serialize;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::{
    Bucket, Buckets, Checksum, Creation, Object, ObjectMetadata,
    aws_chunked::{self, Decoded},
    conditions::if_match_holds,
    reply::{decode_key, set, set_checksum},
    rest::{document, version_of},
    s3_error::S3Error,
};

/// The largest body that is taken, in bytes.
const LARGEST_BODY: usize = 256 * 1024 * 1024;

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct CopyObjectResult<'a> {
    last_modified: String,
    #[serde(rename = "ETag")]
    etag: &'a str,
}

pub(super) async fn put(
    bucket: &Bucket,
    key: String,
    request: Request<Incoming>,
) -> Result<Response<Bytes>, S3Error> {
    let (parts, body) = request.into_parts();
    let (body, checksum) = whole_body(&parts.headers, body).await?;
    let metadata = ObjectMetadata { checksum, ..metadata(&parts.headers) };
    let put = Creation::Put;
    let object = bucket.put_if(key, body, metadata, put, |there| check_conditions(there, &parts.headers))?;
    let mut response = Response::new(Bytes::new());
    set(response.headers_mut(), header::ETAG, &object.etag);
    set_checksum(response.headers_mut(), &object);
    set_version(response.headers_mut(), object.version_id.as_deref());
    Ok(response)
}

/// Copies from this or another bucket, `x-amz-copy-source: /bucket/key?versionId=…`.
pub(super) fn copy(
    buckets: &Buckets,
    bucket: &Bucket,
    key: String,
    source: &HeaderValue,
    headers: &HeaderMap,
) -> Result<Response<Bytes>, S3Error> {
    let source = source.to_str().map_err(|_| S3Error::InvalidArgument)?;
    let (path, query) = source.split_once('?').unwrap_or((source, ""));
    let (name, raw_key) = path.trim_start_matches('/').split_once('/').ok_or(S3Error::InvalidArgument)?;
    let from = buckets.named(name).ok_or(S3Error::NoSuchBucket)?;
    let source = version_of(from, &decode_key(raw_key)?, query)?;
    let metadata = match headers.get("x-amz-metadata-directive").map(HeaderValue::as_bytes) {
        None | Some(b"COPY") => source.metadata.clone(),
        Some(b"REPLACE") => {
            ObjectMetadata { checksum: source.metadata.checksum.clone(), ..metadata(headers) }
        }
        Some(_) => return Err(S3Error::InvalidArgument),
    };
    let body = source.body.clone();
    let object =
        bucket.put_if(key, body, metadata, Creation::Copy, |there| check_conditions(there, headers))?;
    let last_modified = OffsetDateTime::from(object.last_modified).format(&Rfc3339).unwrap_or_default();
    let result = CopyObjectResult { last_modified, etag: &object.etag };
    let mut response = document("CopyObjectResult", &result);
    set_version(response.headers_mut(), object.version_id.as_deref());
    set_version_as(response.headers_mut(), "x-amz-copy-source-version-id", source.version_id.as_deref());
    Ok(response)
}

/// The body as it was meant, held to its length and to whatever checksum came with it.
pub(super) async fn whole_body(
    headers: &HeaderMap,
    body: Incoming,
) -> Result<(Bytes, Option<Checksum>), S3Error> {
    let body = Limited::new(body, LARGEST_BODY).collect().await;
    let body = body.map_err(|error| match error.is::<http_body_util::LengthLimitError>() {
        true => S3Error::EntityTooLarge,
        false => S3Error::IncompleteBody,
    })?;
    let body = body.to_bytes();
    let decoded = match is_chunked(headers) {
        true => aws_chunked::decode(&body).ok_or(S3Error::IncompleteBody)?,
        false => Decoded { body, trailers: Vec::new() },
    };
    let length = headers.get("x-amz-decoded-content-length").and_then(|value| value.to_str().ok());
    if length.is_some_and(|length| length.parse() != Ok(decoded.body.len())) {
        return Err(S3Error::IncompleteBody);
    }
    if let Some(claimed) = headers.get("content-md5")
        && *claimed != STANDARD.encode(Md5::digest(&decoded.body))
    {
        return Err(S3Error::BadDigest);
    }
    let checksum = Checksum::verify(headers, &decoded)?;
    Ok((decoded.body, checksum))
}

/// Conditional writes: `If-None-Match: *` creates only, `If-Match` replaces only what is known. S3 takes no other.
fn check_conditions(there: Option<&Object>, headers: &HeaderMap) -> Result<(), S3Error> {
    match headers.get(header::IF_NONE_MATCH) {
        Some(any) if any != "*" => return Err(S3Error::NotImplemented),
        Some(_) if there.is_some() => return Err(S3Error::PreconditionFailed),
        _ => {}
    }
    check_if_match(there, headers.get(header::IF_MATCH).map(HeaderValue::as_bytes))
}

/// Whether what is there is what the caller knows.
pub(super) fn check_if_match(there: Option<&Object>, known: Option<&[u8]>) -> Result<(), S3Error> {
    let Some(known) = known else { return Ok(()) };
    let known = std::str::from_utf8(known).map_err(|_| S3Error::InvalidArgument)?;
    match there {
        None => Err(S3Error::NoSuchKey),
        Some(there) if if_match_holds(known, &there.etag) => Ok(()),
        Some(_) => Err(S3Error::PreconditionFailed),
    }
}

/// Tells the version that came of a request, where there are versions.
pub(super) fn set_version(headers: &mut HeaderMap, id: Option<&str>) {
    set_version_as(headers, "x-amz-version-id", id);
}

fn set_version_as(headers: &mut HeaderMap, name: &'static str, id: Option<&str>) {
    if let Some(id) = id {
        set(headers, HeaderName::from_static(name), id);
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
    let encodings: Vec<_> = headers.get_all(header::CONTENT_ENCODING).iter().map(text).collect();
    let encodings = encodings.iter().flat_map(|value| value.split(',')).map(str::trim);
    let encoding = encodings.filter(|coding| *coding != "aws-chunked" && !coding.is_empty());
    let encoding = encoding.collect::<Vec<_>>().join(",");
    let user = headers.iter().filter_map(|(name, value)| {
        let name = name.as_str().strip_prefix("x-amz-meta-")?;
        Some((name.to_owned(), text(value)))
    });
    ObjectMetadata {
        content_type: headers.get(header::CONTENT_TYPE).map(text),
        cache_control: headers.get(header::CACHE_CONTROL).map(text),
        content_encoding: (!encoding.is_empty()).then_some(encoding),
        redirect: headers.get("x-amz-website-redirect-location").map(text),
        checksum: None,
        user: user.collect(),
    }
}
