//! A temporary password: what somebody who is invited signs in with once.
//!
//! It is drawn here and not left to Cognito, which makes an account without any password where codes by email are a first
//! factor, and then has nothing to invite to: no invitation that could be seen as unanswered, or sent again.

use std::fmt;

/// What can be mistaken for something else is left out: somebody may have to type it.
const UPPER: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ";
const LOWER: &[u8] = b"abcdefghijkmnpqrstuvwxyz";
const DIGITS: &[u8] = b"23456789";
/// The kinds of a word's letters. With the hyphen between words they are all kinds that a policy can ask for.
const WORD: [&[u8]; 5] = [UPPER, DIGITS, LOWER, LOWER, LOWER];
/// Four times 21 bits cannot be guessed within the week that it is good for.
const FEWEST_WORDS: usize = 4;
/// Two of each letter.
const BYTES_OF_A_WORD: usize = 10;

/// What somebody who is invited signs in with once.
pub(super) struct TemporaryPassword(String);

impl TemporaryPassword {
    /// Enough randomness for the longest that a policy can ask for: 99 letters.
    pub(super) const RANDOMNESS: usize = 170;

    /// One that every policy takes whose passwords are at least `shortest` letters long.
    pub(super) fn from(random: [u8; Self::RANDOMNESS], shortest: usize) -> TemporaryPassword {
        let words = shortest.saturating_add(1).div_ceil(WORD.len().saturating_add(1)).max(FEWEST_WORDS);
        let words: Vec<String> = random.chunks_exact(BYTES_OF_A_WORD).take(words).map(word).collect();
        TemporaryPassword(words.join("-"))
    }

    /// The password itself.
    pub(super) fn reveal(&self) -> &str {
        &self.0
    }
}

/// It is a secret.
impl fmt::Debug for TemporaryPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TemporaryPassword(…)")
    }
}

/// Of two bytes each letter is taken, so that none is noticeably more likely.
fn word(random: &[u8]) -> String {
    let letters = random.chunks_exact(2).zip(WORD).filter_map(|(pair, kind)| {
        let number = usize::from(u16::from_be_bytes(pair.try_into().ok()?));
        kind.get(number.checked_rem(kind.len())?)
    });
    letters.map(|letter| char::from(*letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_long_enough_and_of_every_kind() {
        for (shortest, length) in [(0, 23), (8, 23), (23, 23), (24, 29), (99, 101)] {
            for byte in [0, 1, 127, 255] {
                let password = TemporaryPassword::from([byte; TemporaryPassword::RANDOMNESS], shortest);
                let text = password.reveal();
                assert_eq!(text.len(), length, "{text}");
                assert!(text.contains('-') && text.chars().any(|it| it.is_ascii_digit()), "{text}");
                assert!(text.chars().any(|it| it.is_ascii_lowercase()), "{text}");
                assert!(text.chars().any(|it| it.is_ascii_uppercase()), "{text}");
                assert!(!format!("{password:?}").contains(text));
            }
        }
    }

    #[test]
    fn other_randomness_makes_another() {
        let with =
            |byte| TemporaryPassword::from([byte; TemporaryPassword::RANDOMNESS], 0).reveal().to_owned();
        assert_ne!(with(1), with(2));
    }
}
