//! The keys that sign tokens, and the set of public ones that is published (RFC 7517).

use std::borrow::Cow;
use std::sync::Arc;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize, PublicKeyComponents};
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256};
use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::random;

/// A key could not be made, read or used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The cryptographic library refused.
    #[error("an RSA-2048 key could not be made or used")]
    Unusable,
    /// A kept key is not what was written.
    #[error("a kept signing key: expected PKCS #8 in base64")]
    Kept,
}

/// A public key as the JWKS shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Jwk {
    alg: Cow<'static, str>,
    e: String,
    pub(crate) kid: String,
    kty: Cow<'static, str>,
    n: String,
    #[serde(rename = "use")]
    usage: Cow<'static, str>,
}

impl Jwk {
    /// The claims of a token that this key has signed.
    pub(crate) fn verify(&self, token: &str) -> Option<Value> {
        let (signed, signature) = token.rsplit_once('.')?;
        let (header, payload) = signed.split_once('.')?;
        let header: Value = serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(header).ok()?).ok()?;
        if header.get("kid") != Some(&json!(self.kid)) || header.get("alg") != Some(&json!("RS256")) {
            return None;
        }
        let decode = |text: &str| BASE64_URL_SAFE_NO_PAD.decode(text).ok();
        let key = PublicKeyComponents { n: decode(&self.n)?, e: decode(&self.e)? };
        key.verify(&RSA_PKCS1_2048_8192_SHA256, signed.as_bytes(), &decode(signature)?).ok()?;
        serde_json::from_slice(&decode(payload)?).ok()
    }
}

/// A private key and its id.
pub(crate) struct SigningKey {
    kid: String,
    pair: KeyPair,
}

impl SigningKey {
    /// Takes a moment: call it where blocking is allowed.
    pub(crate) fn generate() -> Result<Self, KeyError> {
        let pair = KeyPair::generate(KeySize::Rsa2048).map_err(|_| KeyError::Unusable)?;
        // Cognito's ids are 32 bytes in standard base64: "+", "/" and "=" occur in them.
        Ok(Self { kid: BASE64_STANDARD.encode(random::bytes::<32>()), pair })
    }

    /// A JWT whose header holds `kid` and `alg` alone, as Cognito's does.
    pub(crate) fn sign(&self, claims: &Value) -> Result<String, KeyError> {
        let encode = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
        let header = json!({ "kid": self.kid, "alg": "RS256" });
        let mut token = format!("{}.{}", encode(&header), encode(claims));
        let mut signature = vec![0; self.pair.public_modulus_len()];
        self.pair
            .sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), token.as_bytes(), &mut signature)
            .map_err(|_| KeyError::Unusable)?;
        token.push('.');
        BASE64_URL_SAFE_NO_PAD.encode_string(signature, &mut token);
        Ok(token)
    }

    pub(crate) fn jwk(&self) -> Jwk {
        let public = self.pair.public_key();
        let encode = |bytes: &[u8]| BASE64_URL_SAFE_NO_PAD.encode(bytes);
        Jwk {
            alg: "RS256".into(),
            e: encode(public.exponent().big_endian_without_leading_zero()),
            kid: self.kid.clone(),
            kty: "RSA".into(),
            n: encode(public.modulus().big_endian_without_leading_zero()),
            usage: "sig".into(),
        }
    }

    fn kept(&self) -> Result<KeptKey, KeyError> {
        let der: Pkcs8V1Der<'_> = self.pair.as_der().map_err(|_| KeyError::Unusable)?;
        Ok(KeptKey { kid: self.kid.clone(), pkcs8: BASE64_STANDARD.encode(der.as_ref()) })
    }
}

impl TryFrom<KeptKey> for SigningKey {
    type Error = KeyError;

    fn try_from(kept: KeptKey) -> Result<Self, KeyError> {
        let der = BASE64_STANDARD.decode(&kept.pkcs8).map_err(|_| KeyError::Kept)?;
        let pair = KeyPair::from_pkcs8(&der).map_err(|_| KeyError::Kept)?;
        Ok(Self { kid: kept.kid, pair })
    }
}

/// A private key as the state file holds it.
#[derive(Serialize, Deserialize)]
pub(crate) struct KeptKey {
    kid: String,
    pkcs8: String,
}

/// One key for ID tokens, one for access tokens, and earlier public ones that are still published.
#[derive(Clone)]
pub(crate) struct KeyRing {
    pub(crate) id: Arc<SigningKey>,
    pub(crate) access: Arc<SigningKey>,
    retired: Vec<Jwk>,
}

impl KeyRing {
    /// Takes a moment: call it where blocking is allowed.
    pub(crate) fn generate() -> Result<Self, KeyError> {
        let (id, access) = (SigningKey::generate()?, SigningKey::generate()?);
        Ok(Self { id: Arc::new(id), access: Arc::new(access), retired: Vec::new() })
    }

    /// Every public key, the current ones first.
    pub(crate) fn published(&self) -> Vec<Jwk> {
        [self.id.jwk(), self.access.jwk()].into_iter().chain(self.retired.iter().cloned()).collect()
    }

    /// These keys, with all of `earlier` still published.
    pub(crate) fn after(mut self, earlier: &Self) -> Self {
        self.retired = earlier.published();
        self
    }

    pub(crate) fn kept(&self) -> Result<KeptKeyRing, KeyError> {
        Ok(KeptKeyRing { id: self.id.kept()?, access: self.access.kept()?, retired: self.retired.clone() })
    }
}

impl TryFrom<KeptKeyRing> for KeyRing {
    type Error = KeyError;

    fn try_from(kept: KeptKeyRing) -> Result<Self, KeyError> {
        let (id, access) = (SigningKey::try_from(kept.id)?, SigningKey::try_from(kept.access)?);
        Ok(Self { id: Arc::new(id), access: Arc::new(access), retired: kept.retired })
    }
}

/// A key ring as the state file holds it.
#[derive(Serialize, Deserialize)]
pub(crate) struct KeptKeyRing {
    id: KeptKey,
    access: KeptKey,
    retired: Vec<Jwk>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_verifies_what_it_signed_and_survives_being_kept() {
        let ring = KeyRing::generate().unwrap();
        let token = ring.id.sign(&json!({ "sub": "a" })).unwrap();
        let kept = serde_json::to_string(&ring.kept().unwrap()).unwrap();
        let again = KeyRing::try_from(serde_json::from_str::<KeptKeyRing>(&kept).unwrap()).unwrap();
        assert_eq!(ring.published(), again.published());
        assert_eq!(again.id.jwk().verify(&token), Some(json!({ "sub": "a" })));
        assert_eq!(again.access.jwk().verify(&token), None);
        assert_eq!(again.id.jwk().verify(&format!("{token}A")), None);
    }
}
