//! Amazon S3: one bucket.

use std::collections::HashMap;

use aws_sdk_s3::Client;
use aws_sdk_s3::types::{Delete, ObjectIdentifier};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use super::body::Body;
use super::headers::ObjectHeaders;
use super::object::{Document, Head, Listed, Stored, Undeleted};
use crate::call_error::CallError;

/// How many keys one DeleteObjects call takes.
pub const DELETE_LIMIT: usize = 1_000;

/// A bucket, by its name.
#[derive(Debug, Clone)]
pub struct Bucket {
    client: Client,
    name: String,
}

/// What has to stand under a key, or nothing is put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// Whatever it is, it is replaced.
    Anything,
    /// Nothing: the object is created.
    Absent,
    /// The object with this entity tag, without quotes.
    Is(String),
}

/// What became of an attempt to put an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Put {
    /// It is there.
    Stored(Stored),
    /// Something else stands under the key than the condition says. After a lost answer that may be the object itself:
    /// [`Bucket::stored_as`] tells.
    Other,
}

impl Bucket {
    /// The bucket of this name; nothing is called yet.
    #[must_use]
    pub fn new(client: Client, name: impl Into<String>) -> Bucket {
        Bucket { client, name: name.into() }
    }

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
    pub async fn list(&self, prefix: &str) -> Result<Vec<Listed>, CallError> {
        let mut listed = Vec::new();
        let mut token = None;
        loop {
            let request = self.client.list_objects_v2().bucket(&self.name).prefix(prefix);
            let page = request.set_continuation_token(token).send().await;
            let page =
                page.map_err(|error| CallError::new(format!("listing the bucket {}", self.name), error))?;
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
    pub async fn read(&self, key: &str, limit: usize) -> Result<Option<Document>, CallError> {
        let doing = || format!("reading {key} of the bucket {}", self.name);
        let answer = match self.client.get_object().bucket(&self.name).key(key).send().await {
            Ok(answer) => answer,
            Err(error) if error.as_service_error().is_some_and(|error| error.is_no_such_key()) => {
                return Ok(None);
            }
            Err(error) => return Err(CallError::new(doing(), error)),
        };
        let length = answer.content_length.and_then(|length| usize::try_from(length).ok());
        if length.is_none_or(|length| length > limit) {
            return Err(CallError::incomplete(doing(), &format!("length of at most {limit} bytes")));
        }
        let etag = unquoted(answer.e_tag.as_deref());
        let bytes = answer.body.collect().await.map_err(|_| CallError::incomplete(doing(), "whole body"))?;
        Ok(Some(Document { bytes: bytes.to_vec(), etag }))
    }

    /// Puts an object where `condition` holds.
    ///
    /// # Errors
    ///
    /// When the call fails otherwise than by the condition.
    pub async fn put(
        &self,
        key: &str,
        body: Body,
        headers: &ObjectHeaders,
        condition: &Condition,
    ) -> Result<Put, CallError> {
        let request = self.client.put_object().bucket(&self.name).key(key).body(body.stream);
        let request = request
            .set_content_md5(body.md5)
            .content_type(&headers.content_type)
            .cache_control(&headers.cache_control)
            .set_content_encoding(headers.content_encoding.clone())
            .set_content_disposition(headers.content_disposition.clone())
            .set_content_language(headers.content_language.clone())
            .set_website_redirect_location(headers.redirect.clone())
            .set_metadata(metadata(headers));
        let request = match condition {
            Condition::Anything => request,
            Condition::Absent => request.if_none_match("*"),
            Condition::Is(etag) => request.if_match(format!("\"{etag}\"")),
        };
        match request.send().await {
            Ok(answer) => Ok(Put::Stored(Stored {
                etag: unquoted(answer.e_tag.as_deref()),
                version: answer.version_id,
            })),
            Err(error) if *condition != Condition::Anything && is_about_condition(&error) => Ok(Put::Other),
            Err(error) => Err(CallError::new(format!("putting {key} into the bucket {}", self.name), error)),
        }
    }

    /// The object under `key`, if it has this entity tag and these headers: then an earlier attempt put it, whose answer
    /// was lost.
    ///
    /// # Errors
    ///
    /// When the call fails.
    pub async fn stored_as(
        &self,
        key: &str,
        etag: &str,
        headers: &ObjectHeaders,
    ) -> Result<Option<Stored>, CallError> {
        let there = self.head(key).await?;
        let same = there.filter(|there| there.stored.etag == etag && there.headers == *headers);
        Ok(same.map(|there| there.stored))
    }

    /// What is said of the object under `key`, if there is one.
    ///
    /// # Errors
    ///
    /// When the call fails.
    pub async fn head(&self, key: &str) -> Result<Option<Head>, CallError> {
        match self.client.head_object().bucket(&self.name).key(key).send().await {
            Ok(answer) => Ok(Some(Head {
                stored: Stored { etag: unquoted(answer.e_tag.as_deref()), version: answer.version_id },
                headers: ObjectHeaders {
                    content_type: answer.content_type.unwrap_or_default(),
                    cache_control: answer.cache_control.unwrap_or_default(),
                    content_encoding: answer.content_encoding.filter(|coding| !coding.is_empty()),
                    content_disposition: answer.content_disposition.filter(|text| !text.is_empty()),
                    content_language: answer.content_language.filter(|text| !text.is_empty()),
                    redirect: answer.website_redirect_location,
                    metadata: answer.metadata.unwrap_or_default().into_iter().collect(),
                },
            })),
            Err(error) if error.as_service_error().is_some_and(|error| error.is_not_found()) => Ok(None),
            Err(error) => Err(CallError::new(format!("looking at {key} of the bucket {}", self.name), error)),
        }
    }

    /// Deletes up to [`DELETE_LIMIT`] objects in one call; those that S3 left.
    ///
    /// # Errors
    ///
    /// When the call as a whole fails.
    pub async fn delete(&self, keys: &[String]) -> Result<Vec<Undeleted>, CallError> {
        let doing = || format!("deleting {} of the bucket {}", objects(keys), self.name);
        let objects = keys.iter().map(|key| ObjectIdentifier::builder().key(key).build());
        let objects = objects.collect::<Result<Vec<_>, _>>();
        let delete =
            objects.and_then(|objects| Delete::builder().set_objects(Some(objects)).quiet(true).build());
        let delete = delete.map_err(|_| CallError::incomplete(doing(), "key"))?;
        let answer = self.client.delete_objects().bucket(&self.name).delete(delete).send().await;
        let answer = answer.map_err(|error| CallError::new(doing(), error))?;
        let errors = answer.errors.unwrap_or_default().into_iter();
        Ok(errors
            .map(|error| Undeleted {
                key: error.key.unwrap_or_default(),
                reason: format!("{}: {}", error.code.unwrap_or_default(), error.message.unwrap_or_default()),
            })
            .collect())
    }
}

/// The SDK has no variants for these: 412 where another object stands there, 404 where an object is expected and none is
/// there, 409 where another call puts the same key at this moment. A bucket that is not there is 404, too.
fn is_about_condition<E: ProvideErrorMetadata>(error: &SdkError<E, HttpResponse>) -> bool {
    let status = error.raw_response().map(|answer| answer.status().as_u16());
    match status {
        Some(409 | 412) => true,
        Some(404) => error.code() == Some("NoSuchKey"),
        _ => false,
    }
}

fn metadata(headers: &ObjectHeaders) -> Option<HashMap<String, String>> {
    let all = headers.metadata.iter().map(|(name, value)| (name.clone(), value.clone()));
    (!headers.metadata.is_empty()).then(|| all.collect())
}

fn objects(keys: &[String]) -> String {
    match keys {
        [key] => key.clone(),
        keys => format!("{} objects", keys.len()),
    }
}

fn unquoted(etag: Option<&str>) -> String {
    etag.unwrap_or_default().trim_matches('"').to_owned()
}
