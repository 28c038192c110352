//! Unverified token: split and decoded, not authenticated.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::claim::Claim;
use crate::header::Header;
use crate::jwks::Jwks;
use crate::payload::Payload;
use crate::token_error::{Malformation, Segment, TokenError};
use crate::unix_time::UnixTime;

/// The longest token that is looked at. CloudFront passes on 20,480 bytes of headers in all; Cognito's ID
/// tokens have about 1,700.
pub const MAX_TOKEN_BYTES: usize = 16 * 1024;

/// The signature of the largest key accepted, 4096 bits, in octets.
const MAX_SIGNATURE_BYTES: usize = 512;

/// A JWT in compact serialization (RFC 7515 section 7.1) whose form is right. Its content is not authenticated.
pub struct Unverified<'a> {
    signed: &'a str,
    signature: &'a str,
    header: Header,
    payload: Payload,
}

/// A payload that a key of the user pool has signed. Made by [`Unverified::authenticate`] alone.
pub(crate) struct Authentic<'t>(&'t Payload);

impl<'a> Unverified<'a> {
    /// Splits and decodes a token.
    ///
    /// # Errors
    /// If its form is not exactly that of RFC 7515 and RFC 7519, or its header asks for what is never done:
    /// [`TooLong`](TokenError::TooLong), [`Malformed`](TokenError::Malformed),
    /// [`DuplicateMember`](TokenError::DuplicateMember),
    /// [`UnsupportedAlgorithm`](TokenError::UnsupportedAlgorithm),
    /// [`CriticalHeader`](TokenError::CriticalHeader), [`UnexpectedType`](TokenError::UnexpectedType),
    /// [`MissingKeyId`](TokenError::MissingKeyId).
    pub fn parse(token: &'a str) -> Result<Unverified<'a>, TokenError> {
        if token.len() > MAX_TOKEN_BYTES {
            return Err(TokenError::TooLong);
        }
        // RFC 7519 section 7.2 steps 1 and 2.
        let malformed = TokenError::Malformed(Malformation::Segments);
        let (signed, signature) = token.rsplit_once('.').ok_or(malformed.clone())?;
        let (header, payload) = signed.split_once('.').ok_or(malformed.clone())?;
        if header.is_empty() || payload.is_empty() || signature.is_empty() || payload.contains('.') {
            return Err(malformed);
        }
        // Steps 3 to 6.
        let header = Header::parse(&decode(Segment::Header, header)?)?;
        // Steps 7 and 10: without `kid` and `exp`, whether to fetch keys could not be decided.
        check_signature_encoding(signature)?;
        let payload = Payload::parse(decode(Segment::Payload, payload)?)?;
        Ok(Unverified { signed, signature, header, payload })
    }

    /// `kid` as the token states it, to look up whether that key is known.
    pub fn unverified_kid(&self) -> &str {
        self.header.kid.as_str()
    }

    /// `exp` as the token states it. Enough to ignore an expired token, never to accept one.
    pub fn unverified_expiry(&self) -> Option<UnixTime> {
        self.payload.time(Claim::Exp).ok().flatten()
    }

    /// Checks the signature (RFC 7515 section 5.2, OpenID Connect Core 3.1.3.7 steps 6 and 7).
    pub(crate) fn authenticate(&self, keys: &Jwks) -> Result<Authentic<'_>, TokenError> {
        let key = keys.key(self.unverified_kid()).ok_or(TokenError::UnknownKey)?;
        if !key.verifies(self.signed, self.signature) {
            return Err(TokenError::BadSignature);
        }
        Ok(Authentic(&self.payload))
    }
}

impl<'t> Authentic<'t> {
    pub(crate) fn payload(&self) -> &'t Payload {
        self.0
    }
}

/// Shows which key it names; the token itself is a credential and stays out of logs.
impl fmt::Debug for Unverified<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unverified").field("kid", &self.unverified_kid()).finish_non_exhaustive()
    }
}

fn decode(segment: Segment, text: &str) -> Result<String, TokenError> {
    let octets =
        URL_SAFE_NO_PAD.decode(text).map_err(|_| TokenError::Malformed(Malformation::Encoding(segment)))?;
    String::from_utf8(octets).map_err(|_| TokenError::Malformed(Malformation::Json(segment)))
}

/// Checks the encoding without keeping the octets: they are needed only if the key is known.
fn check_signature_encoding(signature: &str) -> Result<(), TokenError> {
    // The decoder asks for room in whole groups of three octets.
    let mut octets = [0; MAX_SIGNATURE_BYTES.next_multiple_of(3)];
    match URL_SAFE_NO_PAD.decode_slice(signature, &mut octets) {
        Ok(length) if length <= MAX_SIGNATURE_BYTES => Ok(()),
        _ => Err(TokenError::Malformed(Malformation::Encoding(Segment::Signature))),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const HEADER: &str = r#"{"kid":"k1","alg":"RS256"}"#;

    fn token(header: &[u8], payload: &[u8], signature: &[u8]) -> String {
        [header, payload, signature].map(|segment| URL_SAFE_NO_PAD.encode(segment)).join(".")
    }

    #[track_caller]
    fn refused(token: &str) -> TokenError {
        Unverified::parse(token).unwrap_err()
    }

    #[test]
    fn what_a_token_says_can_be_looked_at() {
        let token = token(HEADER.as_bytes(), br#"{"exp":7,"sub":"secret"}"#, b"signature");
        let token = Unverified::parse(&token).unwrap();
        assert_eq!(token.unverified_kid(), "k1");
        assert_eq!(token.unverified_expiry(), Some(UnixTime(7)));
        assert_eq!(format!("{token:?}"), r#"Unverified { kid: "k1", .. }"#);
    }

    #[test]
    fn an_expiry_that_is_no_time_is_none() {
        for payload in ["{}", r#"{"exp":"7"}"#, r#"{"exp":-7}"#, r#"{"exp":1e400}"#] {
            let token = token(HEADER.as_bytes(), payload.as_bytes(), b"signature");
            assert_eq!(Unverified::parse(&token).unwrap().unverified_expiry(), None, "{payload}");
        }
    }

    #[test]
    fn there_are_exactly_three_segments_with_something_in_each() {
        let good = token(HEADER.as_bytes(), b"{}", b"signature");
        assert!(Unverified::parse(&good).is_ok());
        let [header, payload, signature] = good.split('.').collect::<Vec<_>>().try_into().unwrap();
        for token in [
            String::new(),
            "..".to_owned(),
            header.to_owned(),
            format!("{header}.{payload}"),
            format!("{header}.{payload}."),
            format!("{header}..{signature}"),
            format!(".{payload}.{signature}"),
            format!("{good}."),
            format!(".{good}"),
            format!("{good}.{signature}"),
            format!("{header}.{payload}..{signature}"),
        ] {
            assert_eq!(refused(&token), TokenError::Malformed(Malformation::Segments), "{token}");
        }
    }

    #[test]
    fn header_and_payload_are_json_objects_in_utf_8() {
        for json in ["", "null", "[]", "\"x\"", "{", "{}{}"]
            .map(str::as_bytes)
            .into_iter()
            .chain([&b"{\"\xff\":1}"[..]])
        {
            if json.is_empty() {
                continue;
            }
            let error = refused(&token(json, b"{}", b"signature"));
            assert_eq!(error, TokenError::Malformed(Malformation::Json(Segment::Header)));
            let error = refused(&token(HEADER.as_bytes(), json, b"signature"));
            assert_eq!(error, TokenError::Malformed(Malformation::Json(Segment::Payload)));
        }
    }

    #[test]
    fn a_signature_has_512_octets_at_most() {
        assert!(Unverified::parse(&token(HEADER.as_bytes(), b"{}", &[7; 512])).is_ok());
        for length in [513, 514, 515, 600, 5_000] {
            let error = refused(&token(HEADER.as_bytes(), b"{}", &vec![7; length]));
            assert_eq!(error, TokenError::Malformed(Malformation::Encoding(Segment::Signature)), "{length}");
        }
    }

    #[test]
    fn the_size_limit_is_exact_and_comes_first() {
        // A multiple of three octets of filling adds a multiple of four characters.
        let empty = token(HEADER.as_bytes(), b"{}", b"signature").len();
        let room = MAX_TOKEN_BYTES - empty;
        let sized = |filling: usize| {
            token(HEADER.as_bytes(), format!("{{{}}}", " ".repeat(filling)).as_bytes(), b"signature")
        };
        let filling = (room * 3 / 4..).find(|filling| sized(filling + 1).len() > MAX_TOKEN_BYTES).unwrap();
        let longest = sized(filling);
        assert!(longest.len() > MAX_TOKEN_BYTES - 2);
        assert!(Unverified::parse(&longest).is_ok());
        assert_eq!(refused(&".".repeat(MAX_TOKEN_BYTES)), TokenError::Malformed(Malformation::Segments));
        assert_eq!(refused(&".".repeat(MAX_TOKEN_BYTES + 1)), TokenError::TooLong);
    }

    proptest! {
        #[test]
        fn any_text_parses_or_does_not_but_never_panics(text in "\\PC{0,300}") {
            let _ = Unverified::parse(&text);
        }

        #[test]
        fn any_content_parses_or_does_not_but_never_panics(
            header in prop::collection::vec(any::<u8>(), 0..64),
            payload in prop::collection::vec(any::<u8>(), 0..256),
        ) {
            let _ = Unverified::parse(&token(&header, b"{}", b"signature"));
            let _ = Unverified::parse(&token(HEADER.as_bytes(), &payload, b"signature"));
        }

        #[test]
        fn any_json_like_text_never_panics(payload in r#"[{}\[\],:"\\a-f0-9eE+. -]{0,120}"#) {
            let _ = Unverified::parse(&token(HEADER.as_bytes(), payload.as_bytes(), b"signature"));
        }
    }
}
