//! What puts files live: objects into S3, cache tags and paths out of CloudFront.
//!
//! The crate knows no terminal, no report and no exit code: whoever uses it (the operator's command line, the backend,
//! the function `announce`) says in its own words what happens. The feature `s3` has [`Bucket`], the feature
//! `cloudfront` has [`Distribution`]; what only decides is there without either.

#[cfg(any(feature = "s3", feature = "cloudfront"))]
mod call_error;
mod invalidation;
mod notification;
#[cfg(feature = "s3")]
mod objects;
mod order;

#[cfg(any(feature = "s3", feature = "cloudfront"))]
pub use call_error::{CallError, Fault};
pub use invalidation::{
    Batch, Batches, CacheTag, InvalidationPath, PathProblem, Reference, ReferenceError, TagProblem, Target,
    TargetProblem, collapse,
};
#[cfg(feature = "cloudfront")]
pub use invalidation::{Delay, Distribution, Invalidation, InvalidationError, Patience};
pub use notification::created_objects;
#[cfg(feature = "s3")]
pub use objects::{
    Body, Bucket, Condition, DELETE_LIMIT, Document, Head, Listed, ObjectHeaders, Put, Stored, Undeleted,
};
pub use order::{Kind, phases};
