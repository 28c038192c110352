//! A bucket with the semantics of Amazon S3 that a distribution and a deployment rely on.
//!
//! It is an origin ([`Bucket::answer`]: what CloudFront sees through origin access control) and, on a port of its own,
//! the part of S3's REST API that a deployment needs ([`RunningBucketApi`]).

mod aws_chunked;
mod buckets;
mod checksum;
mod conditions;
mod content_type;
mod contents;
mod cors;
mod fault;
mod folder;
mod kept;
mod listing;
mod notification;
mod object;
mod presigned;
mod range;
mod removal;
mod reply;
mod rest;
mod s3_error;
mod store;
mod writing;

pub use buckets::Buckets;
pub use checksum::Checksum;
pub use conditions::{Verdict, evaluate};
pub use content_type::content_type;
pub use cors::CorsRule;
pub use fault::BucketFault;
pub use folder::FolderError;
pub use kept::KeptError;
pub use notification::{Created, Creation};
pub use object::{Object, ObjectMetadata};
pub use presigned::AccessKey;
pub use range::{Selected, if_range_holds, select};
pub use rest::RunningBucketApi;
pub use store::{Bucket, BucketSettings, ReadGrant};
