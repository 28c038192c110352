//! What a bucket keeps under one key.

use std::{
    collections::BTreeMap,
    fmt::Write,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use bytes::Bytes;
use md5::{Digest, Md5};

use super::Checksum;

/// What is said about an object beside its bytes; S3's system metadata and user metadata.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ObjectMetadata {
    /// `Content-Type`; S3 says `binary/octet-stream` when none was given.
    pub content_type: Option<String>,
    /// `Cache-Control`, sent as it was put.
    pub cache_control: Option<String>,
    /// `Content-Encoding` of the stored bytes.
    pub content_encoding: Option<String>,
    /// `x-amz-website-redirect-location`: where the site sends a reader who asks for it.
    pub redirect: Option<String>,
    /// The checksum that it was put with.
    pub checksum: Option<Checksum>,
    /// User metadata, names without `x-amz-meta-`, in lower case.
    pub user: BTreeMap<String, String>,
}

/// One object, never changed once it is put.
#[derive(Clone, Debug)]
pub struct Object {
    /// Its key, without a leading slash.
    pub key: String,
    /// Its bytes.
    pub body: Bytes,
    /// Its metadata.
    pub metadata: ObjectMetadata,
    /// The strong entity tag, in its quotes: MD5 of the bytes, as S3 gives objects put in one part.
    pub etag: String,
    /// When it was put, in whole seconds because HTTP dates have no finer ones.
    pub last_modified: SystemTime,
    /// Its version, in a versioned bucket.
    pub version_id: Option<String>,
}

impl Object {
    pub(super) fn new(key: String, body: Bytes, metadata: ObjectMetadata, now: SystemTime) -> Self {
        let etag = etag(&body);
        Self { key, body, metadata, etag, last_modified: whole_seconds(now), version_id: None }
    }
}

/// MD5 in hexadecimal digits and quotes.
fn etag(body: &[u8]) -> String {
    let digest = Md5::digest(body);
    let mut tag = String::with_capacity(34);
    tag.push('"');
    for byte in digest {
        // Writing into a String cannot fail.
        let _ = write!(tag, "{byte:02x}");
    }
    tag.push('"');
    tag
}

fn whole_seconds(at: SystemTime) -> SystemTime {
    let seconds = at.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    UNIX_EPOCH + Duration::from_secs(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_etag_is_the_quoted_md5_of_the_bytes() {
        assert_eq!(etag(b""), "\"d41d8cd98f00b204e9800998ecf8427e\"");
        assert_eq!(etag(b"hello"), "\"5d41402abc4b2a76b9719d911017c592\"");
    }
}
