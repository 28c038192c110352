//! Tokens of an Amazon Cognito user pool: its JWKS, unverified tokens, and verified claims.
//!
//! The crate does no I/O and reads no clock. Keys and the time are arguments, so that every answer can be
//! repeated in a test. A token takes two steps:
//!
//! 1. [`Unverified::parse`] splits and decodes the compact serialization. It is strict where JOSE libraries
//!    are lenient: canonical base64url only, no member name twice, `RS256` only, no `crit`. What it returns
//!    proves nothing; the methods that look inside are named `unverified_…`.
//! 2. [`UserPool::verify_id_token`] and [`UserPool::verify_access_token`] check the signature first, then
//!    each claim in the order of RFC 7519 section 7.2 and OpenID Connect Core 3.1.3.7. They alone make
//!    [`IdClaims`] and [`AccessClaims`].
//!
//! ```
//! use cognito::{ClientId, Issuer, Jwks, TokenError, UnixTime, Unverified, UserPool};
//!
//! let pool = UserPool::new(
//!     [Issuer::from("https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_EXAMPLE")],
//!     ClientId::from("1example23456789"),
//! );
//! let keys = Jwks::parse(br#"{ "keys": [] }"#)?;
//! let token = Unverified::parse("eyJraWQiOiJrMSIsImFsZyI6IlJTMjU2In0.e30.c2lnbmF0dXJl")?;
//!
//! assert_eq!(token.unverified_kid(), "k1");
//! let refusal = pool.verify_id_token(&token, &keys, UnixTime(1_700_000_000)).unwrap_err();
//! assert_eq!(refusal, TokenError::UnknownKey);
//! assert!(!refusal.is_forged(), "the key may have been rotated in since the JWKS was fetched");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What always holds:
//! - Nothing a token says chooses a key's location, an algorithm or a size: `jwk`, `jku`, `x5u`, `x5c` and
//!   `x5t` are never read, and a token over [`MAX_TOKEN_BYTES`] is not looked at.
//! - An expiry has no tolerance. Start times have [`CLOCK_SKEW_SECONDS`], because the issuer's clock may be
//!   ahead.
//! - [`TokenError::Expired`] is the last check: whoever sees it knows that everything else about the token is
//!   right.
//! - `cognito:groups` that is not an array of strings means no groups, so that it can never match a rule.
//! - No input makes it panic; time and memory are bounded by the size limit, not by nesting.

mod access_claims;
mod claim;
mod header;
mod id_claims;
mod identifier;
mod jwk;
mod jwks;
mod object;
mod payload;
mod rs256;
mod token_error;
mod unix_time;
mod unverified;
mod user_pool;
mod validity;

pub use access_claims::AccessClaims;
pub use id_claims::IdClaims;
pub use identifier::{ClientId, Group, Issuer, KeyId, Nonce, Subject, Username};
pub use jwk::{LeftOut, UnusableKey};
pub use jwks::{Jwks, JwksError};
pub use token_error::{Malformation, Segment, TokenError};
pub use unix_time::UnixTime;
pub use unverified::{MAX_TOKEN_BYTES, Unverified};
pub use user_pool::UserPool;
pub use validity::CLOCK_SKEW_SECONDS;
