//! The sealing keys, in their order.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use gate::seal::{SEALING_KEY_BYTES, SealingKeys};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::moment::Moment;

/// How many bytes of a key's hash tell it from others: nobody finds 256 random bits by 48 bits of their hash.
const FINGERPRINT_BYTES: usize = 6;

/// The sealing keys, in their order; at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRing {
    first: SealingKey,
    others: Vec<SealingKey>,
}

/// A key, with the moment of its making where that is known.
#[derive(Clone, PartialEq, Eq)]
pub struct SealingKey {
    key: String,
    created: Option<Moment>,
}

/// What is wrong with a text that should hold sealing keys. Holds nothing of it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyRingProblem {
    /// It has another shape.
    #[error("expected a JSON list of keys, each with the members key and created")]
    NoList,
    /// It is empty.
    #[error("expected at least one key, found none")]
    Empty,
    /// These are not keys, counted from 1.
    #[error("expected 32 bytes in base64url, found something else at position {}", listed(.0))]
    NoKey(Vec<usize>),
    /// This is there already, counted from 1.
    #[error("expected each key once, found one again at position {0}")]
    Twice(usize),
}

/// As it is stored. A plain text is a key that somebody stored by hand.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Entry {
    Whole {
        key: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        created: Option<Moment>,
    },
    Bare(String),
}

impl SealingKey {
    /// A key of these bytes.
    #[must_use]
    pub fn new(bytes: [u8; SEALING_KEY_BYTES], created: Moment) -> SealingKey {
        SealingKey { key: URL_SAFE_NO_PAD.encode(bytes), created: Some(created) }
    }

    /// The key itself, base64url: a secret.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.key
    }

    /// When it was made, where that is known.
    #[must_use]
    pub fn created(&self) -> Option<Moment> {
        self.created
    }

    /// What tells it from other keys, without a hint at it: twelve hexadecimal digits.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let hash = Sha256::digest(self.key.as_bytes());
        hash.iter().take(FINGERPRINT_BYTES).map(|byte| format!("{byte:02x}")).collect()
    }
}

impl fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SealingKey({})", self.fingerprint())
    }
}

impl KeyRing {
    /// A single key.
    #[must_use]
    pub fn of(key: SealingKey) -> KeyRing {
        KeyRing { first: key, others: Vec::new() }
    }

    /// Reads what is stored.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn parse(json: &str) -> Result<KeyRing, KeyRingProblem> {
        let entries: Vec<Entry> = serde_json::from_str(json).map_err(|_| KeyRingProblem::NoList)?;
        let keys: Vec<SealingKey> = entries.into_iter().map(SealingKey::from).collect();
        let texts: Vec<&str> = keys.iter().map(SealingKey::reveal).collect();
        SealingKeys::parse(&texts).map_err(|positions| match positions.as_slice() {
            [] => KeyRingProblem::Empty,
            _ => KeyRingProblem::NoKey(positions.iter().map(|position| position.saturating_add(1)).collect()),
        })?;
        let again = texts.iter().enumerate().find(|(at, text)| texts.iter().take(*at).any(|t| t == *text));
        if let Some((position, _)) = again {
            return Err(KeyRingProblem::Twice(position.saturating_add(1)));
        }
        let mut keys = keys.into_iter();
        let first = keys.next().ok_or(KeyRingProblem::Empty)?;
        Ok(KeyRing { first, others: keys.collect() })
    }

    /// The keys, the one that seals first.
    pub fn keys(&self) -> impl Iterator<Item = &SealingKey> {
        std::iter::once(&self.first).chain(&self.others)
    }

    /// How many keys there are; at least one.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "it is never empty")]
    pub fn len(&self) -> usize {
        self.others.len().saturating_add(1)
    }

    /// The keys as `edge-auth.json` holds them: secrets.
    #[must_use]
    pub fn reveal(&self) -> Vec<String> {
        self.keys().map(|key| key.key.clone()).collect()
    }

    /// As it is stored: a secret.
    #[must_use]
    pub fn to_json(&self) -> String {
        let entries: Vec<Entry> =
            self.keys().map(|key| Entry::Whole { key: key.key.clone(), created: key.created }).collect();
        // Texts and times are always JSON.
        serde_json::to_string(&entries).unwrap_or_default()
    }

    /// The same keys behind a new one.
    #[must_use]
    pub(super) fn behind(&self, key: SealingKey) -> KeyRing {
        KeyRing { first: key, others: self.keys().cloned().collect() }
    }

    /// The first `count` keys, at least one; and the others.
    #[must_use]
    pub(super) fn split(mut self, count: usize) -> (KeyRing, Vec<SealingKey>) {
        let kept = count.saturating_sub(1).min(self.others.len());
        let dropped = self.others.split_off(kept);
        (self, dropped)
    }
}

impl From<Entry> for SealingKey {
    fn from(entry: Entry) -> SealingKey {
        match entry {
            Entry::Whole { key, created } => SealingKey { key, created },
            Entry::Bare(key) => SealingKey { key, created: None },
        }
    }
}

fn listed(positions: &[usize]) -> String {
    positions.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests;
