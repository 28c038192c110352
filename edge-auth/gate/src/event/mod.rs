//! CloudFront's JSON: the only module that knows the shapes of a Lambda@Edge event and of its answers.
//!
//! <https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-event-structure.html>

mod incoming;
mod outgoing;

pub use incoming::{Event, EventError, read, read_any};
pub use outgoing::{write, write_origin_answer};
