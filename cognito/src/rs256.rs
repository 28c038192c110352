//! RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 section 3.3), the one algorithm that Cognito signs with.
//!
//! `jsonwebtoken` leaves the cryptography to a provider. This one is built on `ring`: a fraction of the time of
//! the RustCrypto provider, and no C library beyond the one that TLS needs anyway.

use jsonwebtoken::crypto::{self, CryptoProvider, JwtSigner, JwtVerifier, KeyUtils};
use jsonwebtoken::errors::{Error, ErrorKind};
use jsonwebtoken::signature::{self, Verifier};
use jsonwebtoken::{Algorithm, DecodingKey, DecodingKeyKind, EncodingKey};
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};

/// An RSA public key, decoded once and kept.
#[derive(Debug, Clone)]
pub(crate) struct PublicKey(DecodingKey);

impl PublicKey {
    /// `modulus` and `exponent` are big-endian, without leading zero octets.
    pub(crate) fn from_components(modulus: &[u8], exponent: &[u8]) -> PublicKey {
        // Already installed is as good as installed: keys are made many times in one process.
        let _ = PROVIDER.install_default();
        PublicKey(DecodingKey::from_rsa_raw_components(modulus, exponent))
    }

    /// Whether `signature` (base64url) is this key's over the bytes of `signed`.
    pub(crate) fn verifies(&self, signed: &str, signature: &str) -> bool {
        crypto::verify(signature, signed.as_bytes(), &self.0, Algorithm::RS256).unwrap_or(false)
    }
}

static PROVIDER: CryptoProvider = CryptoProvider {
    signer_factory: no_signer,
    verifier_factory: verifier,
    key_utils: KeyUtils {
        rsa_pub_components_from_private_key: |_| Err(unsupported()),
        rsa_pub_components_from_public_key: |_| Err(unsupported()),
        ec_pub_components_from_private_key: |_, _| Err(unsupported()),
        ed_pub_components_from_private_key: |_, _| Err(unsupported()),
        compute_digest: |_, _| Err(unsupported()),
    },
};

fn unsupported() -> Error {
    ErrorKind::UnsupportedAlgorithm.into()
}

/// Tokens are verified here, never made.
fn no_signer(_: &Algorithm, _: &EncodingKey) -> Result<Box<dyn JwtSigner>, Error> {
    Err(unsupported())
}

fn verifier(algorithm: &Algorithm, key: &DecodingKey) -> Result<Box<dyn JwtVerifier>, Error> {
    match (algorithm, key.kind()) {
        (Algorithm::RS256, DecodingKeyKind::RsaModulusExponent { .. }) => Ok(Box::new(Rs256(key.clone()))),
        _ => Err(unsupported()),
    }
}

struct Rs256(DecodingKey);

impl Verifier<Vec<u8>> for Rs256 {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> Result<(), signature::Error> {
        let DecodingKeyKind::RsaModulusExponent { n, e } = self.0.kind() else {
            return Err(signature::Error::new());
        };
        RsaPublicKeyComponents { n, e }
            .verify(&RSA_PKCS1_2048_8192_SHA256, message, signature)
            .map_err(|_| signature::Error::new())
    }
}

impl JwtVerifier for Rs256 {
    fn algorithm(&self) -> Algorithm {
        Algorithm::RS256
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_rs256_with_an_rsa_key_has_a_verifier() {
        let rsa = DecodingKey::from_rsa_raw_components(&[0xff; 256], &[1, 0, 1]);
        assert!(verifier(&Algorithm::RS256, &rsa).is_ok());
        for algorithm in [Algorithm::HS256, Algorithm::RS384, Algorithm::PS256, Algorithm::ES256] {
            assert!(verifier(&algorithm, &rsa).is_err(), "{algorithm:?}");
        }
        assert!(verifier(&Algorithm::RS256, &DecodingKey::from_secret(b"secret")).is_err());
    }

    #[test]
    fn keys_can_be_made_again_and_again() {
        for _ in 0..3 {
            let key = PublicKey::from_components(&[0xff; 256], &[1, 0, 1]);
            assert!(!key.verifies("header.payload", "AAAA"));
            assert!(!key.verifies("header.payload", "not base64url!"));
        }
    }
}
