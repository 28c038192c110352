//! Amazon S3: the objects of one bucket.

use std::io;
use std::path::Path;

use aws_sdk_s3::Client;
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::{Delete, ObjectIdentifier};
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use super::{AwsError, Cloud};
use crate::report::Count;

/// How many keys one DeleteObjects call takes.
pub const DELETE_LIMIT: usize = 1_000;

/// A bucket, by its name.
#[derive(Clone)]
pub struct Bucket {
    client: Client,
    name: String,
}

/// What a listing says of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its key.
    pub key: String,
    /// Its entity tag, without quotes.
    pub etag: String,
    /// Its size in bytes.
    pub size: u64,
}

/// An object, read as a whole.
#[derive(Debug, Clone)]
pub struct Document {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Its entity tag, without quotes.
    pub etag: String,
}

/// The bytes to put.
pub struct Body(ByteStream);

impl Body {
    /// Bytes in memory.
    #[must_use]
    pub fn bytes(bytes: Vec<u8>) -> Body {
        Body(ByteStream::from(bytes))
    }

    /// A file, which is read while it is sent.
    ///
    /// # Errors
    ///
    /// When it cannot be opened.
    pub async fn file(path: &Path) -> io::Result<Body> {
        ByteStream::from_path(path).await.map(Body).map_err(io::Error::other)
    }
}

/// What is said of an object beside its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectHeaders {
    /// `Content-Type`.
    pub content_type: String,
    /// `Cache-Control`.
    pub cache_control: String,
    /// `Content-Encoding`, where the bytes are compressed.
    pub content_encoding: Option<String>,
}

/// What has to stand under a key, or nothing is put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// Nothing: the object is created.
    Absent,
    /// The object with this entity tag, without quotes.
    Is(String),
}

/// An object that was put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Its entity tag, without quotes.
    pub etag: String,
    /// Its version, in a versioned bucket.
    pub version: Option<String>,
}

/// What became of an attempt to put an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Put {
    /// It is there.
    Stored(Stored),
    /// Something else stands under the key than the condition says. After a lost answer that may be the object itself.
    Other,
}

/// What is said of an object that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// What stands there.
    pub stored: Stored,
    /// Its headers.
    pub headers: ObjectHeaders,
}

/// An object that was not deleted, with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undeleted {
    /// Its key.
    pub key: String,
    /// S3's code and message.
    pub reason: String,
}

impl Cloud {
    /// The bucket of this name in this region.
    #[must_use]
    pub fn bucket(&self, name: &str) -> Bucket {
        Bucket { client: self.s3(), name: name.to_owned() }
    }
}

impl Bucket {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Every object whose key starts with `prefix`: one call for each thousand.
    ///
    /// # Errors
    ///
    /// When a call fails.
    pub async fn list(&self, prefix: &str) -> Result<Vec<Listed>, AwsError> {
        let mut listed = Vec::new();
        let mut token = None;
        loop {
            let request = self.client.list_objects_v2().bucket(&self.name).prefix(prefix);
            let page = request.set_continuation_token(token).send().await;
            let page =
                page.map_err(|error| AwsError::new(format!("listing the bucket {}", self.name), error))?;
            for object in page.contents.unwrap_or_default() {
                listed.push(Listed {
                    key: object.key.unwrap_or_default(),
                    etag: unquoted(object.e_tag.as_deref()),
                    size: object.size.and_then(|size| u64::try_from(size).ok()).unwrap_or(0),
                });
            }
            token = page.next_continuation_token.filter(|_| page.is_truncated == Some(true));
            if token.is_none() {
                return Ok(listed);
            }
        }
    }

    /// The object under `key`, if there is one; of more than `limit` bytes only the length is looked at.
    ///
    /// # Errors
    ///
    /// When the call fails, or the object is larger.
    pub async fn read(&self, key: &str, limit: usize) -> Result<Option<Document>, AwsError> {
        let doing = || format!("reading {key} of the bucket {}", self.name);
        let answer = match self.client.get_object().bucket(&self.name).key(key).send().await {
            Ok(answer) => answer,
            Err(error) if error.as_service_error().is_some_and(|error| error.is_no_such_key()) => {
                return Ok(None);
            }
            Err(error) => return Err(AwsError::new(doing(), error)),
        };
        let length = answer.content_length.and_then(|length| usize::try_from(length).ok());
        if length.is_none_or(|length| length > limit) {
            return Err(AwsError::incomplete(doing(), &format!("length of at most {limit} bytes")));
        }
        let etag = unquoted(answer.e_tag.as_deref());
        let bytes = answer.body.collect().await.map_err(|_| AwsError::incomplete(doing(), "whole body"))?;
        Ok(Some(Document { bytes: bytes.to_vec(), etag }))
    }

    /// Puts an object where `condition` holds. `md5` is the digest of the bytes in base64: S3 refuses other ones.
    ///
    /// # Errors
    ///
    /// When the call fails otherwise than by the condition.
    pub async fn put(
        &self,
        key: &str,
        body: Body,
        md5: &str,
        headers: &ObjectHeaders,
        condition: &Condition,
    ) -> Result<Put, AwsError> {
        let doing = || format!("putting {key} into the bucket {}", self.name);
        let request = self.client.put_object().bucket(&self.name).key(key).body(body.0).content_md5(md5);
        let request = request
            .content_type(&headers.content_type)
            .cache_control(&headers.cache_control)
            .set_content_encoding(headers.content_encoding.clone());
        let request = match condition {
            Condition::Absent => request.if_none_match("*"),
            Condition::Is(etag) => request.if_match(format!("\"{etag}\"")),
        };
        match request.send().await {
            Ok(answer) => Ok(Put::Stored(Stored {
                etag: unquoted(answer.e_tag.as_deref()),
                version: answer.version_id,
            })),
            Err(error) if is_condition(error.code()) => Ok(Put::Other),
            Err(error) => Err(AwsError::new(doing(), error)),
        }
    }

    /// What is said of the object under `key`, if there is one.
    ///
    /// # Errors
    ///
    /// When the call fails.
    pub async fn head(&self, key: &str) -> Result<Option<Head>, AwsError> {
        match self.client.head_object().bucket(&self.name).key(key).send().await {
            Ok(answer) => Ok(Some(Head {
                stored: Stored { etag: unquoted(answer.e_tag.as_deref()), version: answer.version_id },
                headers: ObjectHeaders {
                    content_type: answer.content_type.unwrap_or_default(),
                    cache_control: answer.cache_control.unwrap_or_default(),
                    content_encoding: answer.content_encoding.filter(|coding| !coding.is_empty()),
                },
            })),
            Err(error) if error.as_service_error().is_some_and(|error| error.is_not_found()) => Ok(None),
            Err(error) => Err(AwsError::new(format!("looking at {key} of the bucket {}", self.name), error)),
        }
    }

    /// Deletes up to [`DELETE_LIMIT`] objects in one call; those that S3 left.
    ///
    /// # Errors
    ///
    /// When the call as a whole fails.
    pub async fn delete(&self, keys: &[String]) -> Result<Vec<Undeleted>, AwsError> {
        let doing = || format!("deleting {} of the bucket {}", Count::of(keys.len(), "object"), self.name);
        let objects = keys.iter().map(|key| ObjectIdentifier::builder().key(key).build());
        let objects = objects.collect::<Result<Vec<_>, _>>();
        let delete =
            objects.and_then(|objects| Delete::builder().set_objects(Some(objects)).quiet(true).build());
        let delete = delete.map_err(|_| AwsError::incomplete(doing(), "key"))?;
        let answer = self.client.delete_objects().bucket(&self.name).delete(delete).send().await;
        let answer = answer.map_err(|error| AwsError::new(doing(), error))?;
        let errors = answer.errors.unwrap_or_default().into_iter();
        Ok(errors
            .map(|error| Undeleted {
                key: error.key.unwrap_or_default(),
                reason: format!("{}: {}", error.code.unwrap_or_default(), error.message.unwrap_or_default()),
            })
            .collect())
    }
}

/// 412 where another object stands there, 404 where an object is expected and none is there, 409 where another call
/// puts the same key at this moment.
fn is_condition(code: Option<&str>) -> bool {
    matches!(code, Some("PreconditionFailed" | "ConditionalRequestConflict" | "NoSuchKey"))
}

fn unquoted(etag: Option<&str>) -> String {
    etag.unwrap_or_default().trim_matches('"').to_owned()
}
