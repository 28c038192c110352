//! Objects of a bucket: put on conditions, read, listed, deleted.

mod body;
mod bucket;
mod headers;
mod object;

pub use body::Body;
pub use bucket::{Bucket, Condition, DELETE_LIMIT, Put};
pub use headers::ObjectHeaders;
pub use object::{Document, Head, Listed, Stored, Undeleted};
