//! `logs`: what the gate says, from every region that ran it, merged by time.
//!
//! Lambda@Edge writes the log in the region that executed the function. A region where it never ran has no log group,
//! or an empty one; both are quiet.

mod filter;
mod follow;
mod line;
mod reading;
mod span;

pub use filter::Filter;
pub use follow::Follower;
pub use line::{GateLine, LogLine};
pub use reading::{LogError, Reading, read};
pub use span::{Span, SpanError};

/// The log group that Lambda@Edge writes to, in each region that runs the function.
#[must_use]
pub fn log_group(function: &str) -> String {
    format!("/aws/lambda/us-east-1.{function}")
}
