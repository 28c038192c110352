//! ListObjectsV2: the keys of a bucket in pages.

use std::borrow::Cow;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde::Serialize;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::{Bucket, Object, s3_error::S3Error};

/// What `encoding-type=url` leaves as it is.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'/');
/// S3's largest page.
const LARGEST_PAGE: usize = 1_000;

/// The parameters of ListObjectsV2.
#[derive(Debug, Default)]
struct Parameters {
    prefix: String,
    delimiter: String,
    after: String,
    token: Option<String>,
    max_keys: usize,
    encoded: bool,
}

#[derive(Serialize)]
#[serde(rename = "ListBucketResult", rename_all = "PascalCase")]
struct ListBucketResult {
    #[serde(rename = "@xmlns")]
    namespace: &'static str,
    name: String,
    prefix: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    delimiter: String,
    key_count: usize,
    max_keys: usize,
    is_truncated: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    continuation_token: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_continuation_token: Option<String>,
    contents: Vec<Contents>,
    common_prefixes: Vec<CommonPrefix>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Contents {
    key: String,
    last_modified: String,
    #[serde(rename = "ETag")]
    etag: String,
    size: usize,
    storage_class: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct CommonPrefix {
    prefix: String,
}

/// The document for a query string.
pub(super) fn list(bucket: &Bucket, query: &str) -> Result<String, S3Error> {
    let asked = Parameters::read(query)?;
    // The token stands for the last key or common prefix of the page before.
    let after = match &asked.token {
        Some(token) => URL_SAFE_NO_PAD.decode(token).ok().and_then(|name| String::from_utf8(name).ok()),
        None => Some(asked.after.clone()),
    };
    let after = after.ok_or(S3Error::InvalidArgument)?;
    let (mut contents, mut common_prefixes) = (Vec::new(), Vec::new());
    let (mut last, mut truncated) = (String::new(), false);
    for object in bucket.list(&asked.prefix) {
        let rolled_up = asked.common_prefix(&object.key);
        let name = rolled_up.unwrap_or(&object.key);
        if name <= after.as_str() || name == last {
            continue;
        }
        if contents.len() + common_prefixes.len() == asked.max_keys {
            truncated = true;
            break;
        }
        last = name.to_owned();
        match rolled_up {
            Some(prefix) => common_prefixes.push(CommonPrefix { prefix: asked.spell(prefix).into_owned() }),
            None => contents.push(asked.contents(&object)),
        }
    }
    let result = ListBucketResult {
        namespace: "http://s3.amazonaws.com/doc/2006-03-01/",
        name: bucket.settings().name.clone(),
        prefix: asked.spell(&asked.prefix).into_owned(),
        delimiter: asked.spell(&asked.delimiter).into_owned(),
        key_count: contents.len() + common_prefixes.len(),
        max_keys: asked.max_keys,
        is_truncated: truncated,
        encoding_type: asked.encoded.then_some("url"),
        continuation_token: asked.token.clone(),
        next_continuation_token: truncated.then(|| URL_SAFE_NO_PAD.encode(&last)),
        contents,
        common_prefixes,
    };
    // Plain structures of strings and numbers always serialise.
    let xml = quick_xml::se::to_string(&result).unwrap_or_default();
    Ok(format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{xml}"))
}

impl Parameters {
    fn read(query: &str) -> Result<Self, S3Error> {
        let mut asked = Self { max_keys: LARGEST_PAGE, ..Self::default() };
        for pair in query.split('&') {
            let (name, raw) = pair.split_once('=').unwrap_or((pair, ""));
            let spaced = raw.replace('+', " ");
            let value = percent_decode_str(&spaced).decode_utf8().map_err(|_| S3Error::InvalidArgument)?;
            match name {
                "prefix" => asked.prefix = value.into(),
                "delimiter" => asked.delimiter = value.into(),
                "start-after" => asked.after = value.into(),
                "continuation-token" => asked.token = Some(value.into()),
                "encoding-type" => asked.encoded = value == "url",
                "max-keys" => {
                    let given: usize = value.parse().map_err(|_| S3Error::InvalidArgument)?;
                    asked.max_keys = given.min(LARGEST_PAGE);
                }
                _ => {}
            }
        }
        Ok(asked)
    }

    /// The part of a key up to the first delimiter after the prefix.
    fn common_prefix<'k>(&self, key: &'k str) -> Option<&'k str> {
        if self.delimiter.is_empty() {
            return None;
        }
        let at = key.get(self.prefix.len()..)?.find(&self.delimiter)?;
        key.get(..self.prefix.len() + at + self.delimiter.len())
    }

    fn contents(&self, object: &Object) -> Contents {
        Contents {
            key: self.spell(&object.key).into_owned(),
            last_modified: OffsetDateTime::from(object.last_modified).format(&Rfc3339).unwrap_or_default(),
            etag: object.etag.clone(),
            size: object.body.len(),
            storage_class: "STANDARD",
        }
    }

    fn spell<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.encoded { utf8_percent_encode(text, PLAIN).into() } else { Cow::Borrowed(text) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bucket::ObjectMetadata;

    fn filled() -> Bucket {
        let bucket = Bucket::new();
        for key in ["a.html", "b/1", "b/2", "c d&", "e/1"] {
            bucket.put(key, "x", ObjectMetadata::default());
        }
        bucket
    }

    fn names(xml: &str, element: &str) -> Vec<String> {
        let opening = format!("<{element}>");
        let parts = xml.split(&opening).skip(1);
        parts.map(|part| part.split('<').next().unwrap().to_owned()).collect()
    }

    #[test]
    fn pages_join_to_the_whole() {
        let (mut keys, mut token) = (Vec::new(), String::new());
        loop {
            let page = list(&filled(), &format!("list-type=2&max-keys=2&encoding-type=url{token}")).unwrap();
            keys.extend(names(&page, "Key"));
            match names(&page, "NextContinuationToken").pop() {
                Some(next) => token = format!("&continuation-token={next}"),
                None => break,
            }
        }
        assert_eq!(keys, ["a.html", "b/1", "b/2", "c%20d%26", "e/1"]);
    }

    #[test]
    fn a_delimiter_rolls_up() {
        let page = list(&filled(), "delimiter=%2F").unwrap();
        assert_eq!(names(&page, "Key"), ["a.html", "c d&amp;"]);
        assert_eq!(names(&page, "CommonPrefixes"), ["", ""]);
        assert_eq!(names(&page, "Prefix"), ["b/", "e/"]);
        assert_eq!(names(&list(&filled(), "prefix=b%2F&delimiter=/").unwrap(), "Key"), ["b/1", "b/2"]);
        assert_eq!(list(&filled(), "max-keys=x"), Err(S3Error::InvalidArgument));
    }
}
