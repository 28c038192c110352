//! JWK (RFC 7517 section 4, RFC 7518 section 6.3): an RSA public key that is used, or left out with a reason.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::value::RawValue;

use crate::identifier::KeyId;
use crate::object::{read_object, text, texts};
use crate::rs256::PublicKey;

/// The longest `kid` that is looked up, in bytes; Cognito's have 44.
pub(crate) const MAX_KEY_ID_BYTES: usize = 256;

/// RFC 7518 section 3.3 requires 2048 bits or more; over 4096, one verification costs too much time at the
/// edge.
const MODULUS_BITS: std::ops::RangeInclusive<usize> = 2048..=4096;
/// Below 2^33, so that raising to it stays cheap. NIST SP 800-89 wants it odd and over 1.
const EXPONENTS: std::ops::Range<u64> = 3..1 << 33;

/// A key of the JWKS that no token will be verified with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Its `kid`, cut to 256 bytes; empty if it has none.
    pub kid: String,
    /// What is wrong with it.
    pub why: UnusableKey,
}

/// Why a key of the JWKS is not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum UnusableKey {
    /// Not a JSON object with each member name once.
    #[error("the key is not a JSON object without duplicate members")]
    NotAnObject,
    /// RFC 7517 section 4.5 makes `kid` optional; a token could not name such a key.
    #[error("kid is not a string of 1 to 256 bytes")]
    KeyId,
    /// Another key of the set has the same `kid`, so that neither is the one meant.
    #[error("kid appears more than once")]
    DuplicateKeyId,
    /// RFC 7517 section 4.1.
    #[error("kty is not \"RSA\"")]
    KeyType,
    /// RFC 7517 section 4.4.
    #[error("alg is not \"RS256\"")]
    Algorithm,
    /// RFC 7517 section 4.2.
    #[error("use is not \"sig\"")]
    PublicKeyUse,
    /// RFC 7517 section 4.3.
    #[error("key_ops does not list \"verify\"")]
    KeyOperations,
    /// RFC 7518 section 6.3.1: `n` or `e` is missing, or not Base64urlUInt-encoded in its one shortest form.
    #[error("n or e is not a canonical base64url number")]
    Encoding,
    /// The modulus has this many bits.
    #[error("the modulus has {0} bits, expected 2048 to 4096")]
    ModulusSize(usize),
    /// A product of two odd primes is odd.
    #[error("the modulus is even")]
    EvenModulus,
    /// Even, below 3, or 2^33 and more.
    #[error("the exponent is not an odd number from 3 to 2^33")]
    Exponent,
}

/// A key that may verify tokens.
#[derive(Debug, Clone)]
pub(crate) struct Jwk {
    pub(crate) kid: KeyId,
    pub(crate) key: PublicKey,
}

/// The members of a JWK that decide whether and how it is used.
#[derive(Debug, Default)]
pub(crate) struct Candidate<'j> {
    kid: Option<&'j RawValue>,
    kty: Option<&'j RawValue>,
    alg: Option<&'j RawValue>,
    public_key_use: Option<&'j RawValue>,
    key_ops: Option<&'j RawValue>,
    n: Option<&'j RawValue>,
    e: Option<&'j RawValue>,
}

impl<'j> Candidate<'j> {
    pub(crate) fn read(json: &'j str) -> Result<Candidate<'j>, UnusableKey> {
        let mut jwk = Candidate::default();
        read_object(json, |name, value| match name {
            "kid" => jwk.kid = Some(value),
            "kty" => jwk.kty = Some(value),
            "alg" => jwk.alg = Some(value),
            "use" => jwk.public_key_use = Some(value),
            "key_ops" => jwk.key_ops = Some(value),
            "n" => jwk.n = Some(value),
            "e" => jwk.e = Some(value),
            _ => {}
        })
        .map_err(|_| UnusableKey::NotAnObject)?;
        Ok(jwk)
    }

    /// The `kid` as written, if it is a string at all.
    pub(crate) fn kid(&self) -> Option<String> {
        text(self.kid?.get()).map(Into::into)
    }

    /// The key, or why it is not used. Whether its `kid` is unique is checked by the set.
    pub(crate) fn accept(&self) -> Result<Jwk, UnusableKey> {
        let kid = self.kid().filter(|kid| (1..=MAX_KEY_ID_BYTES).contains(&kid.len()));
        let kid = kid.ok_or(UnusableKey::KeyId)?;
        if !self.kty.is_some_and(|kty| is_text(kty, "RSA")) {
            return Err(UnusableKey::KeyType);
        }
        if self.alg.is_some_and(|alg| !is_text(alg, "RS256")) {
            return Err(UnusableKey::Algorithm);
        }
        if self.public_key_use.is_some_and(|used| !is_text(used, "sig")) {
            return Err(UnusableKey::PublicKeyUse);
        }
        if self.key_ops.is_some_and(|operations| !lists_verify(operations)) {
            return Err(UnusableKey::KeyOperations);
        }
        Ok(Jwk { kid: KeyId::new(kid), key: public_key(self.n, self.e)? })
    }
}

fn is_text(value: &RawValue, expected: &str) -> bool {
    text(value.get()).is_some_and(|text| text == expected)
}

fn lists_verify(operations: &RawValue) -> bool {
    texts(operations.get()).is_some_and(|operations| operations.iter().any(|operation| operation == "verify"))
}

fn public_key(n: Option<&RawValue>, e: Option<&RawValue>) -> Result<PublicKey, UnusableKey> {
    let modulus = n.and_then(unsigned).ok_or(UnusableKey::Encoding)?;
    let exponent = e.and_then(unsigned).ok_or(UnusableKey::Encoding)?;

    // ring rounds the size up to whole octets and would take 2041 bits for 2048.
    let spare = modulus.first().map_or(0, |octet| octet.leading_zeros() as usize);
    let bits = modulus.len() * 8 - spare;
    if !MODULUS_BITS.contains(&bits) {
        return Err(UnusableKey::ModulusSize(bits));
    }
    if modulus.last().is_some_and(|octet| octet % 2 == 0) {
        return Err(UnusableKey::EvenModulus);
    }
    if !small(&exponent).is_some_and(|value| EXPONENTS.contains(&value) && value % 2 == 1) {
        return Err(UnusableKey::Exponent);
    }
    Ok(PublicKey::from_components(&modulus, &exponent))
}

/// A Base64urlUInt (RFC 7518 section 2) of at least one octet and without leading zero octets.
fn unsigned(value: &RawValue) -> Option<Vec<u8>> {
    let octets = URL_SAFE_NO_PAD.decode(text(value.get())?.as_bytes()).ok()?;
    octets.first().is_some_and(|first| *first != 0).then_some(octets)
}

fn small(octets: &[u8]) -> Option<u64> {
    (octets.len() <= 8).then(|| octets.iter().fold(0, |value, octet| value << 8 | u64::from(*octet)))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    /// An odd number of exactly this many bits.
    fn modulus(bits: usize) -> Vec<u8> {
        let mut octets = vec![0x55; bits.div_ceil(8)];
        octets[0] = 1 << ((bits - 1) % 8);
        octets
    }

    fn key() -> Value {
        json!({
            "kid": "k1", "kty": "RSA", "alg": "RS256", "use": "sig",
            "n": URL_SAFE_NO_PAD.encode(modulus(2048)), "e": "AQAB",
        })
    }

    fn with(member: &str, value: impl Into<Value>) -> Value {
        let mut key = key();
        key[member] = value.into();
        key
    }

    fn without(member: &str) -> Value {
        let mut key = key();
        key.as_object_mut().unwrap().remove(member);
        key
    }

    #[track_caller]
    fn check(key: &Value, expected: Result<(), UnusableKey>) {
        let json = key.to_string();
        let found = Candidate::read(&json).and_then(|candidate| candidate.accept()).map(|_| ());
        assert_eq!(found, expected, "{json}");
    }

    #[test]
    fn a_key_as_cognito_publishes_it_is_used() {
        check(&key(), Ok(()));
        check(&with("x5c", json!(["ignored"])), Ok(()));
    }

    #[test]
    fn kid_is_needed_and_has_1_to_256_bytes() {
        check(&without("kid"), Err(UnusableKey::KeyId));
        check(&with("kid", ""), Err(UnusableKey::KeyId));
        check(&with("kid", 1), Err(UnusableKey::KeyId));
        check(&with("kid", "k".repeat(256)), Ok(()));
        check(&with("kid", "k".repeat(257)), Err(UnusableKey::KeyId));
    }

    #[test]
    fn kty_alg_use_and_key_ops_must_allow_rs256_verification() {
        check(&without("kty"), Err(UnusableKey::KeyType));
        for kty in ["EC", "oct", "rsa"] {
            check(&with("kty", kty), Err(UnusableKey::KeyType));
        }
        check(&without("alg"), Ok(()));
        for alg in ["RS384", "HS256", "none", "rs256", ""] {
            check(&with("alg", alg), Err(UnusableKey::Algorithm));
        }
        check(&without("use"), Ok(()));
        check(&with("use", "enc"), Err(UnusableKey::PublicKeyUse));
        check(&with("use", Value::Null), Err(UnusableKey::PublicKeyUse));
        check(&with("key_ops", json!(["sign", "verify"])), Ok(()));
        check(&with("key_ops", json!(["encrypt"])), Err(UnusableKey::KeyOperations));
        check(&with("key_ops", json!([])), Err(UnusableKey::KeyOperations));
        check(&with("key_ops", "verify"), Err(UnusableKey::KeyOperations));
    }

    #[test]
    fn the_modulus_has_2048_to_4096_bits_and_is_odd() {
        for (bits, usable) in [
            (1024, false),
            (2041, false),
            (2047, false),
            (2048, true),
            (2049, true),
            (4096, true),
            (4097, false),
        ] {
            let expected = if usable { Ok(()) } else { Err(UnusableKey::ModulusSize(bits)) };
            check(&with("n", URL_SAFE_NO_PAD.encode(modulus(bits))), expected);
        }
        let mut even = modulus(2048);
        even[255] = 0x54;
        check(&with("n", URL_SAFE_NO_PAD.encode(even)), Err(UnusableKey::EvenModulus));
    }

    #[test]
    fn the_exponent_is_odd_at_least_3_and_below_2_to_the_33() {
        let largest = (1_u64 << 33) - 1;
        for (exponent, usable) in [
            (1, false),
            (2, false),
            (3, true),
            (4, false),
            (65_536, false),
            (65_537, true),
            (largest, true),
            (largest + 2, false),
            (u64::MAX, false),
        ] {
            let octets: Vec<u8> =
                exponent.to_be_bytes().into_iter().skip_while(|octet| *octet == 0).collect();
            let expected = if usable { Ok(()) } else { Err(UnusableKey::Exponent) };
            check(&with("e", URL_SAFE_NO_PAD.encode(octets)), expected);
        }
        check(&with("e", URL_SAFE_NO_PAD.encode([1; 9])), Err(UnusableKey::Exponent));
    }

    #[test]
    fn numbers_have_one_spelling() {
        // Padding, trailing bits, the other alphabet, white space, a leading zero octet, nothing at all.
        for e in ["AQAB=", "AQAB====", "Aw=", "Ax", "A+/B", " AQAB", "AQAB\n", "AAEAAQ", "AA", ""] {
            check(&with("e", e), Err(UnusableKey::Encoding));
        }
        check(&with("e", 65_537), Err(UnusableKey::Encoding));
        check(&without("e"), Err(UnusableKey::Encoding));
        check(&without("n"), Err(UnusableKey::Encoding));
        let padded: Vec<u8> = [0].into_iter().chain(modulus(2048)).collect();
        check(&with("n", URL_SAFE_NO_PAD.encode(padded)), Err(UnusableKey::Encoding));
    }
}
