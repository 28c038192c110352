//! User pool: the accepted issuers and app client, and verification against them.

use crate::access_claims::AccessClaims;
use crate::claim::Claim;
use crate::id_claims::IdClaims;
use crate::identifier::{ClientId, Issuer};
use crate::jwks::Jwks;
use crate::payload::Payload;
use crate::token_error::TokenError;
use crate::unix_time::UnixTime;
use crate::unverified::Unverified;

/// The issuers and the app client that tokens are verified against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserPool {
    /// The accepted values of `iss`. A user pool has one of two forms,
    /// `https://cognito-idp.<region>.amazonaws.com/<pool>` or, newer,
    /// `https://issuer-cognito-idp.<region>.amazonaws.com/<pool>`. An empty list accepts no token.
    pub issuers: Vec<Issuer>,
    /// The app client that tokens must have been issued to.
    pub client_id: ClientId,
}

impl UserPool {
    /// A user pool known under these issuers, and our app client in it.
    pub fn new(issuers: impl IntoIterator<Item = Issuer>, client_id: ClientId) -> UserPool {
        UserPool { issuers: issuers.into_iter().collect(), client_id }
    }

    /// Verifies an ID token (OpenID Connect Core 3.1.3.7), except for the nonce, which only whoever sent the
    /// authorization request knows: compare [`IdClaims::nonce`] at the callback.
    ///
    /// # Errors
    /// Whatever is wrong first, in the specification's order, but [`TokenError::Expired`] only if nothing
    /// else is.
    pub fn verify_id_token(
        &self,
        token: &Unverified<'_>,
        keys: &Jwks,
        now: UnixTime,
    ) -> Result<IdClaims, TokenError> {
        IdClaims::verify(self, &token.authenticate(keys)?, now)
    }

    /// Verifies an access token issued to our client or to one of `also_accepted` (RFC 7519 section 7.2, RFC
    /// 8725).
    ///
    /// # Errors
    /// Whatever is wrong first, in the specification's order, but [`TokenError::Expired`] only if nothing
    /// else is.
    pub fn verify_access_token(
        &self,
        token: &Unverified<'_>,
        keys: &Jwks,
        now: UnixTime,
        also_accepted: &[ClientId],
    ) -> Result<AccessClaims, TokenError> {
        AccessClaims::verify(self, also_accepted, &token.authenticate(keys)?, now)
    }

    /// RFC 7519 section 4.1.1, RFC 8725 section 3.8: which of our issuers this is, compared byte for byte.
    pub(crate) fn issuer_of(&self, payload: &Payload) -> Result<&Issuer, TokenError> {
        let iss = payload.required_text(Claim::Iss)?;
        self.issuers.iter().find(|issuer| issuer.as_str() == iss).ok_or(TokenError::WrongIssuer)
    }
}

/// Cognito's own distinction of its kinds of token (RFC 8725 section 3.12: mutually exclusive rules).
pub(crate) fn check_token_use(payload: &Payload, expected: &str) -> Result<(), TokenError> {
    if payload.required_text(Claim::TokenUse)? != expected {
        return Err(TokenError::WrongTokenUse);
    }
    Ok(())
}
