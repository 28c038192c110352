//! The gate: it decides every request that reaches a CloudFront distribution.
//!
//! A viewer request arrives as a CloudFront event and leaves as that request, changed, or as an answer:
//!
//! ```text
//! event -> request -> route -> gate -> decision -> response -> event
//! ```
//!
//! Everything in this crate is a pure function of its arguments: the time, randomness, keys and
//! configuration are handed in, and it depends on nothing that could do I/O. Where a decision needs the user pool,
//! the gate says what to ask ([`flow::Exchange`]); the shell (the crate `edge-auth`) asks and hands the answer back.
//!
//! Two promises hold everywhere: whatever cannot be decided is refused ("fail closed"), and a viewer always
//! gets an answer of the gate's own, never CloudFront's bare 502 or 503.

pub mod asker;
pub mod attempt;
pub mod auth_paths;
pub mod config;
pub mod cookie;
pub mod decision;
pub mod endpoint_url;
pub mod event;
pub mod flow;
pub mod forward;
pub mod host;
pub mod log;
pub mod memory;
pub mod moment;
mod named;
pub mod origin_response;
pub mod page;
pub mod path;
pub mod pkce;
pub mod pool_call;
pub mod problem;
pub mod query;
pub mod reason;
pub mod request;
pub mod response;
pub mod return_path;
pub mod route;
pub mod seal;
pub mod session;
pub mod token_endpoint;
pub mod trace;
