//! Validity period of a token: `exp`, `nbf` and `iat`.

use crate::claim::Claim;
use crate::identifier::Subject;
use crate::payload::Payload;
use crate::token_error::TokenError;
use crate::unix_time::UnixTime;

/// How far ahead of this machine's clock the issuer's may be: a token issued within this many seconds from
/// now is accepted. An expiry has no such tolerance.
pub const CLOCK_SKEW_SECONDS: u64 = 300;

/// The times of a token that is already valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Validity {
    pub(crate) issued_at: UnixTime,
    pub(crate) expires_at: UnixTime,
}

impl Validity {
    /// Reads `exp`, `nbf` and `iat` (RFC 7519 sections 4.1.4 to 4.1.6, OpenID Connect Core 3.1.3.7 step 10)
    /// and checks all but the expiry.
    pub(crate) fn started(payload: &Payload, now: UnixTime) -> Result<Validity, TokenError> {
        let expires_at = payload.required_time(Claim::Exp)?;
        let not_before = payload.time(Claim::Nbf)?;
        let issued_at = payload.required_time(Claim::Iat)?;
        let seconds = not_before.map_or(issued_at, |not_before| not_before.max(issued_at)).since(now);
        if seconds > CLOCK_SKEW_SECONDS {
            return Err(TokenError::NotYetValid { seconds });
        }
        Ok(Validity { issued_at, expires_at })
    }

    /// RFC 7519 section 4.1.4: not accepted "on or after" the expiry (OpenID Connect Core 3.1.3.7 step 9).
    /// Asked last, so that the answer "expired" says that nothing else is wrong.
    pub(crate) fn not_expired(self, subject: &Subject, now: UnixTime) -> Result<(), TokenError> {
        if self.expires_at <= now {
            return Err(TokenError::Expired { subject: subject.clone(), expired_at: self.expires_at });
        }
        Ok(())
    }
}
