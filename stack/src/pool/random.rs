//! Randomness: everything here that must not be guessed.

use aws_lc_rs::rand;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};

/// `N` random bytes.
#[expect(clippy::expect_used, reason = "without randomness nothing here may go on")]
pub(crate) fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rand::fill(&mut bytes).expect("the operating system gives randomness");
    bytes
}

/// 256 bits, base64url.
pub(crate) fn token() -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes::<32>())
}

/// A version 4 UUID: subjects, token ids, authorization codes.
pub(crate) fn uuid() -> String {
    uuid::Builder::from_random_bytes(bytes()).into_uuid().to_string()
}

/// Six decimal digits, each code equally likely.
pub(crate) fn six_digits() -> String {
    loop {
        let number = u32::from_be_bytes(bytes());
        if number < 4_294_000_000 {
            return format!("{:06}", number % 1_000_000);
        }
    }
}
