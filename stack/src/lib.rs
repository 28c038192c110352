//! The cloud on one machine: a CDN that behaves like CloudFront, a function host that runs the gate over the Lambda
//! Runtime API, a user pool with a hosted UI, a bucket, and an API origin.
//!
//! It is a double, for people (`make up`) and for tests. Nothing but `tests` may import it, and the gate knows nothing
//! of it: what is shared between them is AWS's documentation.

pub mod api_origin;
pub mod bucket;
pub mod cdn;
pub mod clock;
mod error_page;
pub mod function_host;
pub mod http_server;
pub mod local;
pub mod pool;
pub mod template;
pub mod viewer_request;
