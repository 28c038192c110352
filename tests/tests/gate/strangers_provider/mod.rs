//! The gate against an OpenID Connect provider that this project did not write: npm's oidc-provider, shaped like
//! Cognito by `tests/strangers_provider/provider.mjs`.
//!
//! The stack's user pool and the gate are of one hand, and could misread a specification alike. What is tried here is
//! what both must have read right: PKCE, state, nonce, client authentication, key selection, rotation, revocation.

use crate::outside::{answer, config, cookies, event, gate};

// What the tests speak with.
mod person;
mod provider;

// The tests.
mod keys;
mod renewal;
mod sign_in;
mod sign_out;
