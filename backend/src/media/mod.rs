//! Media: uploads by presigned requests, and files that are copied into another section.

mod uploads;

pub use uploads::{Expected, UploadError, Uploads, accepted_type};
pub(crate) use uploads::{MAX_UPLOAD, accepted_types};
