//! Secrets are compared and never kept.

use std::fmt;

use sha2::{Digest, Sha256};

/// A secret's SHA-256, which tells whether two are the same.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct SecretPrint([u8; 32]);

impl SecretPrint {
    /// Of this secret.
    #[must_use]
    pub fn of(secret: &str) -> SecretPrint {
        SecretPrint(Sha256::digest(secret).into())
    }
}

impl fmt::Debug for SecretPrint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretPrint(…)")
    }
}
