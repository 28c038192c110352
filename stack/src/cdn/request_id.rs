//! Ids of requests and invalidations: unlike each other, in the shape of CloudFront's. They are no secret.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::{SystemTime, UNIX_EPOCH},
};

use base64::{Engine, engine::general_purpose::URL_SAFE};
use sha2::{Digest, Sha256};

/// A source of ids.
#[derive(Debug)]
pub(super) struct Ids {
    seed: u128,
    issued: AtomicU64,
}

impl Ids {
    /// Ids that differ from those of a stack started at another moment.
    pub(super) fn new(started: SystemTime) -> Self {
        let seed = started.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
        Self { seed, issued: AtomicU64::new(0) }
    }

    /// As in `X-Amz-Cf-Id`.
    pub(super) fn request(&self) -> String {
        URL_SAFE.encode(self.digest())
    }

    /// As in `I2J0I21PCUYOIK`.
    pub(super) fn invalidation(&self) -> String {
        const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        let letters = self.digest().into_iter().take(13);
        let letters = letters.filter_map(|byte| ALPHABET.get(usize::from(byte % 32)));
        std::iter::once('I').chain(letters.map(|letter| char::from(*letter))).collect()
    }

    fn digest(&self) -> [u8; 32] {
        let number = self.issued.fetch_add(1, Ordering::Relaxed);
        let mut hash = Sha256::new();
        hash.update(self.seed.to_be_bytes());
        hash.update(number.to_be_bytes());
        hash.finalize().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_differ_and_look_right() {
        let ids = Ids::new(UNIX_EPOCH);
        let (a, b) = (ids.request(), ids.request());
        assert!(a != b && a.len() == 44);
        let invalidation = ids.invalidation();
        assert!(invalidation.starts_with('I') && invalidation.len() == 14);
        assert!(invalidation.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()));
    }
}
