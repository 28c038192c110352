//! The cloud on one machine: a CDN that behaves like CloudFront, a function host that runs the gate and the functions over
//! the Lambda Runtime API, a user pool with a hosted UI, buckets, tables, and the API as a process.
//!
//! It is a double, for people (`make up`) and for tests. Nothing but `tests` may import it, and the gate knows nothing
//! of it: what is shared between them is AWS's documentation.

pub mod api_origin;
mod aws_json;
pub mod backend;
pub mod bucket;
pub mod cdn;
pub mod clock;
pub mod dynamodb;
mod error_page;
pub mod function_host;
pub mod functions;
pub mod http_server;
pub mod local;
pub mod parameter_store;
pub mod pool;
pub mod template;
pub mod viewer_request;
