//! The site's bucket, as far as publishing needs one.

use std::future::Future;
use std::pin::Pin;

use delivery::{Body, CallError, Condition, ObjectHeaders};

/// What a bucket answers, later.
pub type Done<'a> = Pin<Box<dyn Future<Output = Result<(), BucketError>> + Send + 'a>>;

/// Why a bucket did not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BucketError {
    /// The same call may well succeed later.
    #[error("{0}")]
    Passing(String),
    /// It will not by itself.
    #[error("{0}")]
    Lasting(String),
}

/// A bucket. Both calls may be repeated at will.
pub trait Bucket: Send + Sync {
    /// Puts an object, whatever stands there.
    fn put<'a>(&'a self, key: &'a str, bytes: bytes::Bytes, headers: &'a ObjectHeaders) -> Done<'a>;

    /// Deletes objects, whether or not they are there; at most [`delivery::DELETE_LIMIT`].
    fn delete<'a>(&'a self, keys: &'a [String]) -> Done<'a>;
}

impl Bucket for delivery::Bucket {
    fn put<'a>(&'a self, key: &'a str, bytes: bytes::Bytes, headers: &'a ObjectHeaders) -> Done<'a> {
        Box::pin(async move {
            let body = Body::bytes(bytes.to_vec());
            delivery::Bucket::put(self, key, body, headers, &Condition::Anything).await?;
            Ok(())
        })
    }

    fn delete<'a>(&'a self, keys: &'a [String]) -> Done<'a> {
        Box::pin(async move {
            let left = delivery::Bucket::delete(self, keys).await?;
            match left.first() {
                None => Ok(()),
                Some(first) => {
                    Err(BucketError::Passing(format!("deleting {} failed: {}", first.key, first.reason)))
                }
            }
        })
    }
}

impl From<CallError> for BucketError {
    fn from(error: CallError) -> BucketError {
        match error.is_transient() {
            true => BucketError::Passing(error.to_string()),
            false => BucketError::Lasting(error.to_string()),
        }
    }
}
