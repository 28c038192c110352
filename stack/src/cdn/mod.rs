//! A content delivery network on this machine that behaves like Amazon CloudFront.
//!
//! Its configuration has CloudFront's names ([`Distribution`]), its invalidations come through CloudFront's own API, and
//! its answers carry CloudFront's headers. A viewer-request function is called through [`ViewerRequestFunction`], in the
//! types of [`viewer_request`](crate::viewer_request), so that tests can put one of their own there.
//!
//! Where CloudFront leaves a choice, this one takes the stricter: an invalidation names the path as it went to the
//! origin, errors are kept for ten seconds even where caching is disabled, and a header that no policy forwards is gone.

mod answer;
mod api;
mod api_xml;
mod behavior;
mod cache;
mod cache_key;
mod cache_policy;
mod distribution;
mod distribution_xml;
mod edge;
mod encoding;
mod entry;
mod exchange;
mod fetch;
mod flight;
mod forwarding;
mod freshness;
mod function_call;
mod invalidation_path;
mod invalidations;
mod limits;
mod normalised_path;
mod origin;
mod origin_request_policy;
mod origin_response_call;
mod path_pattern;
mod policy_xml;
mod refusal;
mod request_body;
mod request_id;
mod response_headers_policy;
mod running;
mod selection;
mod stats;
mod unread;
mod viewer_request_function;

pub use behavior::DistributionProblem;
pub use cache_policy::CachePolicy;
pub use distribution::{
    BehaviorConfig, CacheTagConfig, CustomErrorResponse, CustomOriginConfig, Distribution,
    DistributionConfig, LambdaFunctionAssociation, OriginConfig, OriginCustomHeader, PathBehaviorConfig,
    S3OriginConfig,
};
pub use normalised_path::normalised_path;
pub use origin::OriginTarget;
pub use origin_request_policy::OriginRequestPolicy;
pub use path_pattern::PathPattern;
pub use response_headers_policy::{ResponseHeadersPolicy, SetHeader};
pub use running::{CdnError, CdnSettings, RunningCdn};
pub use selection::Selection;
pub use stats::CdnStats;
pub use unread::{UNREAD, Unread};
pub use viewer_request_function::{BoxFuture, ViewerRequestFunction};
