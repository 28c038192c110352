//! DeleteObject and DeleteObjects.

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode, header};
use hyper::body::Incoming;
use serde::{Deserialize, Serialize};

use super::{
    Bucket,
    reply::set,
    rest::{document, parameter},
    s3_error::S3Error,
    writing::{check_if_match, set_version, whole_body},
};

/// How many objects one request may name.
const MOST_OBJECTS: usize = 1_000;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Delete {
    #[serde(rename = "@xmlns")]
    _namespace: Option<String>,
    #[serde(default)]
    object: Vec<ObjectIdentifier>,
    #[serde(default)]
    quiet: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct ObjectIdentifier {
    key: String,
    version_id: Option<String>,
    #[serde(rename = "ETag")]
    etag: Option<String>,
}

#[derive(Default, Serialize)]
#[serde(rename_all = "PascalCase")]
struct DeleteResult {
    deleted: Vec<Deleted>,
    error: Vec<NotDeleted>,
}

#[derive(Default, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Deleted {
    key: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    version_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    delete_marker: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    delete_marker_version_id: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct NotDeleted {
    key: String,
    code: String,
    message: String,
}

/// DeleteObject: 204, whether there was an object or not.
pub(super) fn delete(
    bucket: &Bucket,
    key: &str,
    query: &str,
    headers: &HeaderMap,
) -> Result<Response<Bytes>, S3Error> {
    let known = headers.get(header::IF_MATCH).map(HeaderValue::as_bytes);
    let deleted = remove(bucket, key, parameter(query, "versionId"), known)?;
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = StatusCode::NO_CONTENT;
    if deleted.delete_marker.is_some() {
        set(response.headers_mut(), HeaderName::from_static("x-amz-delete-marker"), "true");
    }
    set_version(response.headers_mut(), deleted.delete_marker_version_id.or(deleted.version_id).as_deref());
    Ok(response)
}

/// DeleteObjects: every object has a result of its own.
pub(super) async fn delete_many(
    bucket: &Bucket,
    request: Request<Incoming>,
) -> Result<Response<Bytes>, S3Error> {
    let (parts, body) = request.into_parts();
    let (body, checksum) = whole_body(&parts.headers, body).await?;
    // Without one, bytes lost on the way could delete something else.
    if checksum.is_none() && !parts.headers.contains_key("content-md5") {
        return Err(S3Error::InvalidRequest);
    }
    let text = std::str::from_utf8(&body).map_err(|_| S3Error::MalformedXml)?;
    let asked: Delete = quick_xml::de::from_str(text).map_err(|_| S3Error::MalformedXml)?;
    if asked.object.is_empty() || asked.object.len() > MOST_OBJECTS {
        return Err(S3Error::MalformedXml);
    }
    let mut result = DeleteResult::default();
    for ObjectIdentifier { key, version_id, etag } in asked.object {
        match remove(bucket, &key, version_id, etag.as_deref().map(str::as_bytes)) {
            Ok(_) if asked.quiet => {}
            Ok(deleted) => result.deleted.push(deleted),
            Err(error) => {
                result.error.push(NotDeleted { key, code: error.code(), message: error.to_string() });
            }
        }
    }
    Ok(document("DeleteResult", &result))
}

fn remove(
    bucket: &Bucket,
    key: &str,
    version_id: Option<String>,
    known: Option<&[u8]>,
) -> Result<Deleted, S3Error> {
    let key_text = key.to_owned();
    if let Some(id) = version_id {
        bucket.delete_version(key, &id);
        return Ok(Deleted { key: key_text, version_id: Some(id), ..Deleted::default() });
    }
    let mark = bucket.delete_if(key, |there| check_if_match(there, known))?;
    Ok(Deleted {
        key: key_text,
        version_id: None,
        delete_marker: mark.is_some().then_some(true),
        delete_marker_version_id: mark,
    })
}
