//! Why a token is refused.

use std::fmt;

use crate::identifier::Subject;
use crate::object::ObjectError;
use crate::unix_time::UnixTime;
use crate::unverified::MAX_TOKEN_BYTES;

/// The longest member name that an error repeats, in bytes: it comes from whoever made the token.
const MAX_NAME_BYTES: usize = 64;

/// Why a token is refused, named for what is the case. Holds no part of the token but names and the verified
/// subject, so that it can be logged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// Nothing of it was looked at.
    #[error("the token is longer than {MAX_TOKEN_BYTES} bytes")]
    TooLong,
    /// It is not a JWT in compact serialization (RFC 7515 section 7.1, RFC 7519 section 7.2 steps 1 to 6).
    #[error("the token is malformed: {0}")]
    Malformed(Malformation),
    /// A member name appears twice at the top level (RFC 7515 section 4, RFC 7519 section 4).
    #[error("the {segment} has the member {name:?} twice")]
    DuplicateMember {
        /// Where.
        segment: Segment,
        /// The name, cut to 64 bytes.
        name: String,
    },
    /// `alg` is missing or anything but `RS256` (RFC 8725 section 3.1).
    #[error("alg is not \"RS256\"")]
    UnsupportedAlgorithm,
    /// `crit` names extensions that must be understood; none is (RFC 7515 section 4.1.11).
    #[error("the header has crit, and no extension is supported")]
    CriticalHeader,
    /// `typ` says that this is some other kind of token (RFC 8725 section 3.11).
    #[error("typ is neither \"JWT\" nor \"at+jwt\"")]
    UnexpectedType,
    /// The header names no key. User pools always name one.
    #[error("the header has no kid")]
    MissingKeyId,
    /// No usable key has the token's `kid`. A key may have been rotated in since the JWKS was fetched.
    #[error("no usable key of the JWKS has the token's kid")]
    UnknownKey,
    /// The key named did not make this signature over this token.
    #[error("the signature does not match")]
    BadSignature,
    /// This claim is required.
    #[error("the claim {0} is missing")]
    MissingClaim(&'static str),
    /// A claim of another JSON type, or out of its range.
    #[error("the claim {claim} is not {expected}")]
    WrongClaimType {
        /// Its name.
        claim: &'static str,
        /// What it should have been.
        expected: &'static str,
    },
    /// `iss` is not one of the user pool's.
    #[error("iss is not one of the user pool's issuers")]
    WrongIssuer,
    /// `aud` of the ID token or `client_id` of the access token is another client's.
    #[error("the token is for another client")]
    WrongAudience,
    /// An ID token in an access token's place, or the reverse.
    #[error("token_use is not the expected one")]
    WrongTokenUse,
    /// It was good until then: the signature and every other claim are verified.
    #[error("the token expired at {} seconds since the epoch", expired_at.0)]
    Expired {
        /// Whose token it was.
        subject: Subject,
        /// Its `exp`.
        expired_at: UnixTime,
    },
    /// `nbf` or `iat` is further ahead than clocks may differ; perhaps the clock here is wrong.
    #[error("the token is valid only in {seconds} seconds")]
    NotYetValid {
        /// From now to that time.
        seconds: u64,
    },
}

/// A segment of the compact serialization.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Segment {
    /// The JOSE header.
    Header,
    /// The claims.
    Payload,
    /// The signature.
    Signature,
}

/// What is wrong with the form of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Malformation {
    /// RFC 7515 section 7.1.
    #[error("expected three non-empty segments between dots")]
    Segments,
    /// RFC 7515 section 2: base64url without padding, white space or stray bits; a signature has 512 octets
    /// at most.
    #[error("the {0} is not canonical base64url")]
    Encoding(Segment),
    /// RFC 7519 section 7.2 steps 3 and 10.
    #[error("the {0} is not a JSON object in UTF-8")]
    Json(Segment),
    /// RFC 7515 section 4.1.4, and our bound on it.
    #[error("kid is not a string of 1 to 256 bytes")]
    KeyId,
}

impl TokenError {
    /// Whether neither time nor another JWKS could ever make this a token of this user pool for this use.
    pub const fn is_forged(&self) -> bool {
        !matches!(self, TokenError::UnknownKey | TokenError::Expired { .. } | TokenError::NotYetValid { .. })
    }

    pub(crate) fn in_object(segment: Segment, error: ObjectError) -> TokenError {
        match error {
            ObjectError::Syntax => TokenError::Malformed(Malformation::Json(segment)),
            ObjectError::Duplicate(mut name) => {
                name.truncate(name.floor_char_boundary(MAX_NAME_BYTES));
                TokenError::DuplicateMember { segment, name }
            }
        }
    }
}

impl fmt::Display for Segment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Segment::Header => "header",
            Segment::Payload => "payload",
            Segment::Signature => "signature",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_time_and_rotation_can_make_a_token_good_later() {
        let expired = TokenError::Expired { subject: Subject::from("s"), expired_at: UnixTime(1) };
        for error in [TokenError::UnknownKey, TokenError::NotYetValid { seconds: 301 }, expired] {
            assert!(!error.is_forged(), "{error}");
        }
        for error in
            [TokenError::BadSignature, TokenError::WrongIssuer, TokenError::TooLong, TokenError::MissingKeyId]
        {
            assert!(error.is_forged(), "{error}");
        }
    }

    #[test]
    fn a_name_from_the_token_is_cut_and_escaped() {
        let error = TokenError::in_object(Segment::Payload, ObjectError::Duplicate("\n\"é".repeat(100)));
        let message = error.to_string();
        assert!(message.starts_with(r#"the payload has the member "\n\"é"#), "{message}");
        assert!(message.len() < 200 && !message.contains('\n'), "{message}");
    }
}
