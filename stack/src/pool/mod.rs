//! A local double of an Amazon Cognito user pool with its hosted UI.
//!
//! The gate is built from AWS's documentation alone; this double answers as that documentation says, so that the
//! whole of a sign-in can be tried and tested on one machine: the authorization code grant with PKCE, refresh tokens
//! with rotation, revocation, two signing keys, and the pages that people see. Time comes from a clock that is
//! handed in, and the endpoints that a relying party calls can be made to fail on request.
//!
//! Where the double is stricter than Cognito: PKCE is required, and a repeated parameter is refused (RFC 6749
//! section 3.1). Only the authorization code and refresh token grants exist.

mod attempt;
mod authorization_code;
mod authorization_request;
mod client;
mod fault;
mod mailbox;
mod oauth;
mod one_time_code;
mod parameters;
mod password;
mod post_authentication;
mod random;
mod refresh_token;
mod request_counts;
mod running;
mod second_factor;
mod server;
mod session;
mod settings;
mod signing_key;
mod state;
mod state_file;
mod throttle;
mod token;
mod ui;
mod user;

pub use client::Client;
pub use fault::Fault;
pub use post_authentication::{Called, PostAuthentication};
pub use request_counts::TokenRequests;
pub use running::{IssueError, RunningPool};
pub use server::{Pool, PoolError};
pub use settings::{PoolSettings, SeedUser, SettingsError, TokenLifetimes};
pub use signing_key::KeyError;
pub use state_file::StateFileError;
pub use token::TokenSet;
