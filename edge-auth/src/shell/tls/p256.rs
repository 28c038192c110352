//! P-256 for TLS: the key exchange, and the ECDSA signatures of certificates.
//!
//! ring's own P-256 brings a table of 151,552 incompressible bytes, a seventh of the package's limit. The gate
//! opens one connection and keeps it, so the slower arithmetic of the `p256` crate is not felt. Everything else
//! stays with ring.

use p256::ecdsa::signature::hazmat::PrehashVerifier;
use p256::ecdsa::{Signature, VerifyingKey};
use p256::elliptic_curve::sec1::ToSec1Point;
use p256::{PublicKey, SecretKey};
use ring::digest;
use tokio_rustls::rustls::crypto::{
    ActiveKeyExchange, GetRandomFailed, SecureRandom, SharedSecret, SupportedKxGroup,
};
use tokio_rustls::rustls::ffdhe_groups::FfdheGroup;
use tokio_rustls::rustls::pki_types::{
    AlgorithmIdentifier, InvalidSignature, SignatureVerificationAlgorithm, alg_id,
};
use tokio_rustls::rustls::{Error, NamedGroup, PeerMisbehaved};

/// Ephemeral elliptic-curve Diffie-Hellman on P-256 (RFC 8446 section 4.2.8.2, RFC 8422 section 5.4).
#[derive(Debug)]
pub(super) struct KeyExchange {
    /// Where ephemeral secrets come from.
    pub(super) random: &'static dyn SecureRandom,
}

impl SupportedKxGroup for KeyExchange {
    fn start(&self) -> Result<Box<dyn ActiveKeyExchange>, Error> {
        let secret = self.secret()?;
        let share = secret.public_key().to_sec1_point(false).as_bytes().into();
        Ok(Box::new(StartedKeyExchange { secret, share }))
    }

    // The default body links every finite-field group.
    fn ffdhe_group(&self) -> Option<FfdheGroup<'static>> {
        None
    }

    fn name(&self) -> NamedGroup {
        NamedGroup::secp256r1
    }
}

impl KeyExchange {
    /// A secret scalar by rejection sampling; one draw in four thousand million is out of range.
    fn secret(&self) -> Result<SecretKey, GetRandomFailed> {
        let mut bytes = [0; 32];
        loop {
            self.random.fill(&mut bytes)?;
            if let Ok(secret) = SecretKey::from_slice(&bytes) {
                return Ok(secret);
            }
        }
    }
}

/// Our half of a key exchange. [`SecretKey`] wipes itself when dropped.
struct StartedKeyExchange {
    secret: SecretKey,
    share: Box<[u8]>,
}

/// The first byte of an uncompressed point, the only form that TLS has (RFC 8446 section 4.2.8.2).
const UNCOMPRESSED: u8 = 4;

impl ActiveKeyExchange for StartedKeyExchange {
    fn complete(self: Box<Self>, peer_share: &[u8]) -> Result<SharedSecret, Error> {
        let invalid = Error::PeerMisbehaved(PeerMisbehaved::InvalidKeyShare);
        if peer_share.first() != Some(&UNCOMPRESSED) {
            return Err(invalid);
        }
        let peer = PublicKey::from_sec1_bytes(peer_share).map_err(|_| invalid)?;
        let shared = p256::ecdh::diffie_hellman(self.secret.to_nonzero_scalar(), peer.as_affine());
        Ok(SharedSecret::from(shared.raw_secret_bytes().as_slice()))
    }

    fn pub_key(&self) -> &[u8] {
        &self.share
    }

    fn group(&self) -> NamedGroup {
        NamedGroup::secp256r1
    }
}

/// ECDSA with a P-256 key over SHA-256.
pub(super) static ECDSA_SHA256: Ecdsa = Ecdsa { digest: &digest::SHA256, signature: alg_id::ECDSA_SHA256 };

/// ECDSA with a P-256 key over SHA-384, which some certificates carry.
pub(super) static ECDSA_SHA384: Ecdsa = Ecdsa { digest: &digest::SHA384, signature: alg_id::ECDSA_SHA384 };

/// An ECDSA signature algorithm with P-256 keys (RFC 5480, RFC 5758).
#[derive(Debug)]
pub(super) struct Ecdsa {
    digest: &'static digest::Algorithm,
    signature: AlgorithmIdentifier,
}

impl SignatureVerificationAlgorithm for Ecdsa {
    fn verify_signature(
        &self,
        public_key: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), InvalidSignature> {
        let key = VerifyingKey::from_sec1_bytes(public_key).map_err(|_| InvalidSignature)?;
        let signature = Signature::from_der(signature).map_err(|_| InvalidSignature)?;
        let digest = digest::digest(self.digest, message);
        key.verify_prehash(digest.as_ref(), &signature).map_err(|_| InvalidSignature)
    }

    fn public_key_alg_id(&self) -> AlgorithmIdentifier {
        alg_id::ECDSA_P256
    }

    fn signature_alg_id(&self) -> AlgorithmIdentifier {
        self.signature
    }
}
