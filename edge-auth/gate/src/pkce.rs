//! Proof Key for Code Exchange, RFC 7636, with the method S256 alone.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::moment::Moment;

/// The length of the secret behind a code verifier, in bytes (RFC 7636 section 4.1 recommends 32).
pub const VERIFIER_BYTES: usize = 32;

/// The secret that only this sign-in attempt knows (RFC 7636 section 4.1).
#[derive(Clone, PartialEq, Eq)]
pub struct CodeVerifier([u8; VERIFIER_BYTES]);

impl CodeVerifier {
    /// Draws a new one.
    #[must_use]
    pub fn draw(moment: &mut Moment<'_>) -> CodeVerifier {
        CodeVerifier(moment.draw())
    }

    /// Takes the bytes that a sealed cookie kept.
    #[must_use]
    pub fn from_bytes(bytes: [u8; VERIFIER_BYTES]) -> CodeVerifier {
        CodeVerifier(bytes)
    }

    /// The bytes to keep in a sealed cookie.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; VERIFIER_BYTES] {
        &self.0
    }

    /// The form that the token request carries: 43 characters.
    #[must_use]
    pub fn secret_text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// The challenge that the authorization request carries: BASE64URL(SHA256(verifier)), section 4.2.
    #[must_use]
    pub fn challenge(&self) -> String {
        challenge_of(&self.secret_text())
    }
}

impl std::fmt::Debug for CodeVerifier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CodeVerifier(redacted)")
    }
}

fn challenge_of(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(ring::digest::digest(&ring::digest::SHA256, verifier.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vector_of_rfc_7636_appendix_b() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        assert_eq!(challenge_of(verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        let bytes: [u8; 32] = URL_SAFE_NO_PAD.decode(verifier).unwrap().try_into().unwrap();
        assert_eq!(CodeVerifier::from_bytes(bytes).secret_text(), verifier);
    }

    #[test]
    fn debug_shows_nothing() {
        assert_eq!(format!("{:?}", CodeVerifier::from_bytes([7; 32])), "CodeVerifier(redacted)");
    }
}
