//! JOSE header (RFC 7515 section 4): `kid` is all that is taken from it.

use crate::identifier::KeyId;
use crate::jwk::MAX_KEY_ID_BYTES;
use crate::object::{read_object, text};
use crate::token_error::{Malformation, Segment, TokenError};

/// An acceptable JOSE header.
#[derive(Debug)]
pub(crate) struct Header {
    pub(crate) kid: KeyId,
}

impl Header {
    /// `jwk`, `jku`, `x5u`, `x5c`, `x5t` and whatever else is there are skipped: a token's own word on where
    /// its key is proves nothing (RFC 8725 section 3.10).
    pub(crate) fn parse(json: &str) -> Result<Header, TokenError> {
        let (mut alg, mut kid, mut typ, mut crit) = (None, None, None, false);
        read_object(json, |name, value| match name {
            "alg" => alg = Some(value.get()),
            "kid" => kid = Some(value.get()),
            "typ" => typ = Some(value.get()),
            "crit" => crit = true,
            _ => {}
        })
        .map_err(|error| TokenError::in_object(Segment::Header, error))?;

        // RFC 8725 section 3.1: the algorithm is ours to choose, the header may only agree.
        if alg.and_then(text).is_none_or(|alg| alg != "RS256") {
            return Err(TokenError::UnsupportedAlgorithm);
        }
        // RFC 7515 section 4.1.11: an extension not understood makes the token invalid; an empty list is not
        // allowed.
        if crit {
            return Err(TokenError::CriticalHeader);
        }
        // RFC 8725 section 3.11. Cognito sends no `typ`; RFC 7515 section 4.1.9 makes it case-insensitive.
        if typ.is_some_and(|typ| !text(typ).is_some_and(|typ| is_expected_type(&typ))) {
            return Err(TokenError::UnexpectedType);
        }
        let kid = text(kid.ok_or(TokenError::MissingKeyId)?)
            .filter(|kid| (1..=MAX_KEY_ID_BYTES).contains(&kid.len()))
            .ok_or(TokenError::Malformed(Malformation::KeyId))?;
        Ok(Header { kid: KeyId::new(kid) })
    }
}

fn is_expected_type(typ: &str) -> bool {
    typ.eq_ignore_ascii_case("JWT") || typ.eq_ignore_ascii_case("at+jwt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(json: &str, expected: Result<&str, TokenError>) {
        let found = Header::parse(json).map(|header| header.kid);
        assert_eq!(found, expected.map(KeyId::from), "{json}");
    }

    #[test]
    fn a_header_as_cognito_sends_it_names_the_key() {
        check(r#"{"kid":"1234example=","alg":"RS256"}"#, Ok("1234example="));
        check(r#"{"kid":"k\u0031","alg":"RS256","unknown":{"deep":[[[1e400]]]}}"#, Ok("k1"));
    }

    #[test]
    fn alg_is_exactly_rs256() {
        for alg in ["none", "None", "rs256", "RS256 ", "HS256", "RS384", "RS512", "PS256", "ES256", ""] {
            check(&format!(r#"{{"kid":"k","alg":"{alg}"}}"#), Err(TokenError::UnsupportedAlgorithm));
        }
        for alg in ["null", "1", r#"["RS256"]"#] {
            check(&format!(r#"{{"kid":"k","alg":{alg}}}"#), Err(TokenError::UnsupportedAlgorithm));
        }
        check(r#"{"kid":"k"}"#, Err(TokenError::UnsupportedAlgorithm));
    }

    #[test]
    fn crit_is_refused_whatever_it_lists() {
        for crit in [r#"["b64"]"#, r#"["exp"]"#, "[]", "null", "\"\""] {
            check(&format!(r#"{{"kid":"k","alg":"RS256","crit":{crit}}}"#), Err(TokenError::CriticalHeader));
        }
    }

    #[test]
    fn typ_may_be_absent_and_otherwise_says_jwt_or_access_token() {
        for typ in ["JWT", "jwt", "at+jwt", "AT+JWT"] {
            check(&format!(r#"{{"kid":"k","alg":"RS256","typ":"{typ}"}}"#), Ok("k"));
        }
        for typ in ["\"\"", "\"JOSE\"", "\"dpop+jwt\"", "\"logout+jwt\"", "null", "1"] {
            check(&format!(r#"{{"kid":"k","alg":"RS256","typ":{typ}}}"#), Err(TokenError::UnexpectedType));
        }
    }

    #[test]
    fn kid_is_a_string_of_1_to_256_bytes() {
        let (longest, too_long) = ("k".repeat(256), "k".repeat(257));
        check(&format!(r#"{{"alg":"RS256","kid":"{longest}"}}"#), Ok(&longest));
        let malformed = || Err(TokenError::Malformed(Malformation::KeyId));
        check(&format!(r#"{{"alg":"RS256","kid":"{too_long}"}}"#), malformed());
        for kid in ["\"\"", "1", "null", "[\"k\"]"] {
            check(&format!(r#"{{"alg":"RS256","kid":{kid}}}"#), malformed());
        }
        check(r#"{"alg":"RS256"}"#, Err(TokenError::MissingKeyId));
    }

    #[test]
    fn a_member_twice_is_refused() {
        let twice =
            |name: &str| TokenError::DuplicateMember { segment: Segment::Header, name: name.to_owned() };
        check(r#"{"kid":"k","alg":"none","alg":"RS256"}"#, Err(twice("alg")));
        check(r#"{"kid":"k","alg":"RS256","x":1,"\u0078":2}"#, Err(twice("x")));
    }
}
