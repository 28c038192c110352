//! Passwords: what Cognito's default policy asks of them, and how they are kept.

use std::num::NonZeroU32;

use aws_lc_rs::pbkdf2;
use base64::{Engine, prelude::BASE64_STANDARD_NO_PAD};
use serde::{Deserialize, Serialize};

use super::random;

/// Cognito refuses longer ones, and hashing stays bounded.
const MOST_BYTES: usize = 256;

/// A salted PBKDF2-HMAC-SHA512 hash.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct PasswordHash {
    iterations: NonZeroU32,
    salt: String,
    hash: String,
}

impl PasswordHash {
    /// Slow on purpose: call it where blocking is allowed.
    pub(crate) fn of(password: &str, iterations: u32) -> Self {
        let iterations = NonZeroU32::new(iterations).unwrap_or(NonZeroU32::MIN);
        let salt = random::bytes::<16>();
        let mut hash = [0; 32];
        pbkdf2::derive(pbkdf2::PBKDF2_HMAC_SHA512, iterations, &salt, password.as_bytes(), &mut hash);
        Self {
            iterations,
            salt: BASE64_STANDARD_NO_PAD.encode(salt),
            hash: BASE64_STANDARD_NO_PAD.encode(hash),
        }
    }

    /// Slow on purpose, and in constant time over the hash.
    pub(crate) fn matches(&self, password: &str) -> bool {
        let decoded = (BASE64_STANDARD_NO_PAD.decode(&self.salt), BASE64_STANDARD_NO_PAD.decode(&self.hash));
        let (Ok(salt), Ok(hash)) = decoded else { return false };
        password.len() <= MOST_BYTES
            && pbkdf2::verify(pbkdf2::PBKDF2_HMAC_SHA512, self.iterations, &salt, password.as_bytes(), &hash)
                .is_ok()
    }
}

/// A rule that a new password does not meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weakness {
    Length,
    Lower,
    Upper,
    Digit,
    Symbol,
}

/// Cognito's default policy: 8 characters or more, one each of lower case, upper case, digit, symbol.
pub(crate) fn weaknesses(password: &str) -> Vec<Weakness> {
    let symbol = |character: char| character.is_ascii_punctuation() || character == ' ';
    let rules: [(Weakness, bool); 5] = [
        (Weakness::Length, password.chars().count() >= 8 && password.len() <= MOST_BYTES),
        (Weakness::Lower, password.contains(|character: char| character.is_ascii_lowercase())),
        (Weakness::Upper, password.contains(|character: char| character.is_ascii_uppercase())),
        (Weakness::Digit, password.contains(|character: char| character.is_ascii_digit())),
        (Weakness::Symbol, password.trim_matches(' ').contains(symbol)),
    ];
    rules.into_iter().filter(|(_, met)| !met).map(|(weakness, _)| weakness).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_matches_its_password_only() {
        let hash = PasswordHash::of("Correct-horse-1", 10);
        assert!(hash.matches("Correct-horse-1"));
        assert!(!hash.matches("correct-horse-1"));
        assert!(!hash.matches(""));
        assert_ne!(hash.hash, PasswordHash::of("Correct-horse-1", 10).hash);
    }

    #[test]
    fn the_policy_is_met_just_enough_and_just_too_little() {
        assert_eq!(weaknesses("Aa1-5678"), []);
        assert_eq!(weaknesses("Aa1-567"), [Weakness::Length]);
        assert_eq!(weaknesses("aa1-5678"), [Weakness::Upper]);
        assert_eq!(weaknesses("AA1-5678"), [Weakness::Lower]);
        assert_eq!(weaknesses("Aab-cdef"), [Weakness::Digit]);
        assert_eq!(weaknesses("Aa145678"), [Weakness::Symbol]);
        assert_eq!(weaknesses(" Aa145678 "), [Weakness::Symbol]);
        assert_eq!(weaknesses(&format!("Aa1-{}", "x".repeat(253))), [Weakness::Length]);
        assert_eq!(weaknesses("").len(), 5);
    }
}
