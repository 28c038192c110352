//! Signing in on this machine for the CMS's API, as RFC 8252 says for native apps: the browser opens the hosted UI, the
//! authorization code comes back to a loopback address, and PKCE binds it to this process.
//!
//! Nothing has to be configured: the site's own gate says which user pool and app client it works with, by where it sends
//! people to sign in.

mod discovery;
mod error;
mod flow;
mod loopback;
mod store;
mod token_endpoint;

pub use discovery::Discovered;
pub use error::SignInError;
pub use flow::Attempt;
pub use loopback::{CALLBACKS, Loopback};
pub use store::{SignedIn, Store};
