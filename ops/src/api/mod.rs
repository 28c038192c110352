//! The CMS's API, as a client: who calls, and what is answered.

mod client;
mod credentials;
mod error;

pub use client::{Api, Reply};
pub use credentials::Credentials;
pub use error::ApiError;
