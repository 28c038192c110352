//! Support for the tests across all parts: a browser, and the running cloud that it visits.
//!
//! Nothing here decides anything: it looks at what a person would see, and at what the cloud's parts noted down.
//! Whatever is missing on the machine is an error that names the command which installs it; nothing is skipped.

pub mod accessibility;
pub mod benchmarks;
pub mod browser;
pub mod cloud;
pub mod evening;
mod failure;
pub mod hosted_ui;
pub mod local_aws;
pub mod moto;
pub mod operator;
pub mod other_site;
pub mod packaged_function;
pub mod process;
mod sign_in_at;
pub mod strangers_provider;

pub use failure::{Failure, Journey};
pub use sign_in_at::SignInAt;
