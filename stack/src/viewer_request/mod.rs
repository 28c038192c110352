//! CloudFront's own part around a Lambda@Edge function for viewer requests and origin responses, as pure functions: the
//! event it builds, the rules it holds the answer to, and the page it shows when there is none.
//!
//! The CDN calls them in this order: [`ViewerRequest::to_event`], the function, [`interpret`], and [`Failure`] for
//! whatever went wrong. Rules: CloudFront Developer Guide, "Restrictions on edge functions", "Lambda@Edge event
//! structure", "Generate HTTP responses in request triggers".

mod answer;
mod body;
mod event;
mod failure;
mod forwarded;
mod generated;
mod headers;
mod origin_response;
mod viewer_body;
mod violation;

pub use answer::{Outcome, interpret};
pub use event::{DistributionName, ViewerRequest};
pub use failure::{Failure, XCache};
pub use forwarded::ForwardedRequest;
pub use generated::GeneratedResponse;
pub(crate) use headers::is_disallowed;
pub use origin_response::{ChangedResponse, OriginResponse};
pub use viewer_body::ViewerBody;
pub use violation::{HeaderChange, Violation};

/// The most bytes of a request body that a viewer-request function sees or puts in its place, and the most that a
/// generated response may hold with its headers (40 KB).
pub const VIEWER_PAYLOAD_LIMIT: usize = 40 * 1024;

/// The path with its query must stay below this many bytes.
pub const URL_LIMIT: usize = 8_192;
