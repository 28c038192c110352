//! Sealing: authenticated encryption of what a browser or the user pool carries for the gate.
//!
//! AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce in front, base64url on the outside. The first
//! configured key seals and all of them open, so that a key can be rotated while attempts are under way.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};

use crate::moment::Moment;

/// The length of a sealing key, in bytes.
pub const SEALING_KEY_BYTES: usize = 32;

/// The sealing keys, in the order of the configuration.
pub struct SealingKeys {
    sealing: LessSafeKey,
    older: Vec<LessSafeKey>,
}

impl SealingKeys {
    /// Reads keys of [`SEALING_KEY_BYTES`] bytes each, base64url without padding.
    ///
    /// # Errors
    ///
    /// Names the position of each key that is not one; an empty list is an error too.
    pub fn parse(keys: &[&str]) -> Result<SealingKeys, Vec<usize>> {
        let read: Vec<Option<LessSafeKey>> = keys.iter().map(|key| parse_key(key)).collect();
        let wrong: Vec<usize> =
            read.iter().enumerate().filter(|(_, key)| key.is_none()).map(|(position, _)| position).collect();
        let mut keys = read.into_iter().flatten();
        match keys.next() {
            Some(sealing) if wrong.is_empty() => Ok(SealingKeys { sealing, older: keys.collect() }),
            _ => Err(wrong),
        }
    }

    /// Seals `plain`. Only [`SealingKeys::open`] with the same `context` reads it again.
    ///
    /// # Errors
    ///
    /// [`Unsealable`] when the cipher refuses, which it does only for texts of gigabytes.
    pub fn seal(&self, context: &str, plain: &[u8], moment: &mut Moment<'_>) -> Result<String, Unsealable> {
        let nonce: [u8; NONCE_LEN] = moment.draw();
        let mut sealed = plain.to_vec();
        self.sealing
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(context.as_bytes()),
                &mut sealed,
            )
            .map_err(|_| Unsealable)?;
        let mut whole = nonce.to_vec();
        whole.append(&mut sealed);
        Ok(URL_SAFE_NO_PAD.encode(whole))
    }

    /// Opens what [`SealingKeys::seal`] made with any of the keys and the same `context`.
    #[must_use]
    pub fn open(&self, context: &str, sealed: &str) -> Option<Vec<u8>> {
        let whole = URL_SAFE_NO_PAD.decode(sealed).ok()?;
        let (nonce, ciphertext) = whole.split_first_chunk::<NONCE_LEN>()?;
        std::iter::once(&self.sealing).chain(&self.older).find_map(|key| {
            let mut buffer = ciphertext.to_vec();
            let plain = key
                .open_in_place(
                    Nonce::assume_unique_for_key(*nonce),
                    Aad::from(context.as_bytes()),
                    &mut buffer,
                )
                .ok()?;
            Some(plain.to_vec())
        })
    }
}

impl std::fmt::Debug for SealingKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SealingKeys({} redacted)", self.older.len().saturating_add(1))
    }
}

/// The cipher refused to seal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the text is too long to be sealed")]
pub struct Unsealable;

fn parse_key(text: &str) -> Option<LessSafeKey> {
    let bytes = URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok()?;
    UnboundKey::new(&AES_256_GCM, &bytes).ok().map(LessSafeKey::new)
}

#[cfg(test)]
mod tests {
    use cognito::UnixTime;
    use proptest::prelude::*;

    use super::*;
    use crate::moment::Random;

    struct Counting(u8);

    impl Random for Counting {
        fn fill(&mut self, buffer: &mut [u8]) {
            for byte in buffer {
                self.0 = self.0.wrapping_add(1);
                *byte = self.0;
            }
        }
    }

    fn key(byte: u8) -> String {
        URL_SAFE_NO_PAD.encode([byte; SEALING_KEY_BYTES])
    }

    fn sealed(keys: &SealingKeys, plain: &[u8]) -> String {
        keys.seal("test", plain, &mut Moment { now: UnixTime(0), random: &mut Counting(0) }).unwrap()
    }

    #[test]
    fn an_older_key_still_opens() {
        let before = SealingKeys::parse(&[&key(1)]).unwrap();
        let after = SealingKeys::parse(&[&key(2), &key(1)]).unwrap();
        let text = sealed(&before, b"hello");
        assert_eq!(after.open("test", &text).unwrap(), b"hello");
        assert_eq!(SealingKeys::parse(&[&key(2)]).unwrap().open("test", &text), None);
    }

    #[test]
    fn another_context_does_not_open() {
        let keys = SealingKeys::parse(&[&key(1)]).unwrap();
        assert_eq!(keys.open("other", &sealed(&keys, b"hello")), None);
    }

    #[test]
    fn every_key_that_is_none_is_named() {
        let good = key(1);
        assert_eq!(SealingKeys::parse(&["short", &good, "!"]).unwrap_err(), [0, 2]);
        assert!(SealingKeys::parse(&[]).unwrap_err().is_empty());
    }

    proptest! {
        #[test]
        fn any_change_is_noticed(plain in proptest::collection::vec(any::<u8>(), 0..200), at in any::<prop::sample::Index>(), flip in 1u8..=255) {
            let keys = SealingKeys::parse(&[&key(1)]).unwrap();
            let text = sealed(&keys, &plain);
            prop_assert_eq!(keys.open("test", &text).unwrap(), plain);
            let mut bytes = URL_SAFE_NO_PAD.decode(&text).unwrap();
            let at = at.index(bytes.len());
            bytes[at] ^= flip;
            prop_assert_eq!(keys.open("test", &URL_SAFE_NO_PAD.encode(bytes)), None);
        }

        #[test]
        fn any_text_is_opened_or_not(text in ".*") {
            prop_assert_eq!(SealingKeys::parse(&[&key(1)]).unwrap().open("test", &text), None);
        }
    }
}
