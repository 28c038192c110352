//! JWKS (RFC 7517 section 5): a user pool's public keys.

use std::collections::HashMap;

use serde_json::value::RawValue;

use crate::jwk::{Candidate, Jwk, LeftOut, MAX_KEY_ID_BYTES, UnusableKey};
use crate::object::{ObjectError, read_object};
use crate::rs256::PublicKey;

/// A JSON Web Key Set (RFC 7517 section 5), reduced to the keys that may verify a token. Empty by default.
#[derive(Debug, Clone, Default)]
pub struct Jwks {
    keys: Vec<Jwk>,
    left_out: Vec<LeftOut>,
}

/// Why a text is not a JWKS.
#[derive(Debug, thiserror::Error)]
pub enum JwksError {
    /// Not UTF-8, not JSON, or not an object.
    #[error("the JWKS is not a JSON object")]
    NotAnObject,
    /// A member name twice at the top level, this one.
    #[error("the JWKS has the member {0:?} twice")]
    DuplicateMember(String),
    /// RFC 7517 section 5.1 requires it.
    #[error("the JWKS has no array \"keys\"")]
    NoKeys,
}

impl Jwks {
    /// Reads a JWKS. A key that cannot be used is left out, so that one odd key does not lock everybody out;
    /// [`Jwks::left_out`] tells which and why.
    ///
    /// # Errors
    /// If it is not a JSON object with an array `keys`.
    pub fn parse(json: &[u8]) -> Result<Jwks, JwksError> {
        let json = str::from_utf8(json).map_err(|_| JwksError::NotAnObject)?;
        let mut keys = None;
        read_object(json, |name, value| {
            if name == "keys" {
                keys = Some(value);
            }
        })
        .map_err(|error| match error {
            ObjectError::Syntax => JwksError::NotAnObject,
            ObjectError::Duplicate(name) => JwksError::DuplicateMember(name),
        })?;
        let keys = keys.and_then(|keys| serde_json::from_str::<Vec<&RawValue>>(keys.get()).ok());
        Ok(Jwks::select(&keys.ok_or(JwksError::NoKeys)?))
    }

    /// The keys that were not taken, in the order of the set.
    pub fn left_out(&self) -> &[LeftOut] {
        &self.left_out
    }

    /// Whether a usable key has this `kid`.
    pub fn contains(&self, kid: &str) -> bool {
        self.key(kid).is_some()
    }

    /// Whether there is no usable key at all.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The number of usable keys.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    pub(crate) fn key(&self, kid: &str) -> Option<&PublicKey> {
        // User pools publish two keys; a map would not be quicker.
        self.keys.iter().find(|jwk| jwk.kid.as_str() == kid).map(|jwk| &jwk.key)
    }

    /// Finds each `kid` that appears twice, also among unusable keys: which of the two was meant is unknown. That of a
    /// key with a member twice cannot be read.
    fn select(keys: &[&RawValue]) -> Jwks {
        let candidates: Vec<_> = keys
            .iter()
            .map(|key| {
                let candidate = Candidate::read(key.get());
                let kid = candidate.as_ref().ok().and_then(Candidate::kid).unwrap_or_default();
                (kid, candidate)
            })
            .collect();
        let mut uses: HashMap<&str, usize> = HashMap::new();
        for (kid, _) in &candidates {
            *uses.entry(kid).or_default() += 1;
        }
        let mut jwks = Jwks::default();
        for (kid, candidate) in &candidates {
            let shared = !kid.is_empty() && uses.get(kid.as_str()).is_some_and(|count| *count > 1);
            let accepted = match candidate {
                Ok(_) if shared => Err(UnusableKey::DuplicateKeyId),
                Ok(candidate) => candidate.accept(),
                Err(why) => Err(*why),
            };
            match accepted {
                Ok(key) => jwks.keys.push(key),
                Err(why) => jwks.left_out.push(LeftOut { kid: bounded(kid), why }),
            }
        }
        jwks
    }
}

fn bounded(kid: &str) -> String {
    kid.get(..kid.floor_char_boundary(MAX_KEY_ID_BYTES)).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    fn key(kid: &str) -> Value {
        let modulus = URL_SAFE_NO_PAD.encode([0xff; 256]);
        json!({ "kid": kid, "kty": "RSA", "use": "sig", "alg": "RS256", "n": modulus, "e": "AQAB" })
    }

    fn parse(keys: &Value) -> Jwks {
        Jwks::parse(json!({ "keys": keys }).to_string().as_bytes()).unwrap()
    }

    #[test]
    fn usable_keys_are_found_by_their_exact_kid() {
        let jwks = parse(&json!([key("k1"), key("k2")]));
        assert_eq!((jwks.len(), jwks.is_empty(), jwks.left_out().len()), (2, false, 0));
        assert!(jwks.contains("k1") && jwks.contains("k2"));
        assert!(!jwks.contains("K1") && !jwks.contains("") && !jwks.contains("__proto__"));
    }

    #[test]
    fn a_kid_that_two_keys_share_takes_both_out_even_if_one_is_unusable() {
        let mut encryption = key("k2");
        encryption["use"] = json!("enc");
        let jwks = parse(&json!([key("k1"), key("k1"), key("k2"), encryption, key("k3")]));
        assert_eq!(jwks.len(), 1);
        assert!(jwks.contains("k3"));
        let why: Vec<_> =
            jwks.left_out().iter().map(|left_out| (left_out.kid.as_str(), left_out.why)).collect();
        assert_eq!(why, ["k1", "k1", "k2", "k2"].map(|kid| (kid, UnusableKey::DuplicateKeyId)));
    }

    #[test]
    fn an_unusable_key_is_left_out_with_a_bounded_kid() {
        let jwks =
            parse(&json!([{ "kid": "é".repeat(5_000) }, 1, { "kty": "RSA" }, { "kty": "RSA" }, key("k1")]));
        assert_eq!(jwks.len(), 1);
        let why: Vec<_> = jwks.left_out().iter().map(|left_out| left_out.why).collect();
        assert_eq!(
            why,
            [UnusableKey::KeyId, UnusableKey::NotAnObject, UnusableKey::KeyId, UnusableKey::KeyId]
        );
        assert_eq!(jwks.left_out()[0].kid, "é".repeat(128));
    }

    #[test]
    fn a_key_with_a_member_twice_is_left_out() {
        let twice = key("k1").to_string().replacen('{', "{\"e\":\"Aw\",", 1);
        let jwks = Jwks::parse(format!("{{\"keys\":[{twice}]}}").as_bytes()).unwrap();
        assert!(jwks.is_empty());
        assert_eq!(jwks.left_out()[0].why, UnusableKey::NotAnObject);
    }

    #[test]
    fn what_is_no_jwks_is_an_error() {
        for json in ["", "[]", "null", "{", "<html>", "{\"keys\":[]} x"] {
            assert!(matches!(Jwks::parse(json.as_bytes()), Err(JwksError::NotAnObject)), "{json}");
        }
        for json in ["{}", "{\"keys\":{}}", "{\"keys\":null}", "{\"Keys\":[]}"] {
            assert!(matches!(Jwks::parse(json.as_bytes()), Err(JwksError::NoKeys)), "{json}");
        }
        assert!(matches!(Jwks::parse(b"{\"keys\":[\xff]}"), Err(JwksError::NotAnObject)));
        let twice = Jwks::parse(b"{\"keys\":[],\"keys\":[]}");
        assert!(matches!(twice, Err(JwksError::DuplicateMember(name)) if name == "keys"));
        assert!(Jwks::parse(b" {\"keys\":[], \"other\": 1} ").is_ok_and(|jwks| jwks.is_empty()));
    }

    #[test]
    fn deep_nesting_is_refused_or_skipped() {
        let depth = 100_000;
        let nested = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let jwks = Jwks::parse(format!("{{\"keys\":[{nested}],\"other\":{nested}}}").as_bytes()).unwrap();
        assert_eq!(jwks.left_out().len(), 1);
        assert!(Jwks::parse("{\"keys\":[".repeat(depth).as_bytes()).is_err());
    }

    proptest! {
        #[test]
        fn any_bytes_parse_or_do_not_but_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..512)) {
            let _ = Jwks::parse(&bytes);
        }

        #[test]
        fn any_members_of_a_key_never_panic(
            kid in "\\PC{0,300}",
            n in "[A-Za-z0-9_=-]{0,700}",
            e in "[A-Za-z0-9_=-]{0,14}",
        ) {
            let jwks = parse(&json!([{ "kid": kid, "kty": "RSA", "n": n, "e": e }]));
            prop_assert_eq!(jwks.len() + jwks.left_out().len(), 1);
        }
    }
}
