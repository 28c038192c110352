//! `logs`: what the gate says, from every region that ran it, and what the CMS says, merged by time.
//!
//! Lambda@Edge writes the log in the region that executed the function. A region where it never ran has no log group,
//! or an empty one; both are quiet.

mod cms_line;
mod filter;
mod follow;
mod line;
mod reading;
mod source;
mod span;

pub use cms_line::CmsLine;
pub use filter::Filter;
pub use follow::Follower;
pub use line::{GateLine, LogLine};
pub use reading::{LogError, Reading, read};
pub use source::{Source, log_group};
pub use span::{Span, SpanError};
