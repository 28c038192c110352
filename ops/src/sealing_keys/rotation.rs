//! A rotation: what becomes of the sealing keys, as a plan.

use super::error::SealingKeysError;
use super::key_ring::{KeyRing, SealingKey};

/// How many keys a parameter holds at most: a parameter has 4,096 bytes, and forty keys would fill it.
const MOST: usize = 10;

/// How many keys stay when the old ones go: the new one, and the one that deployed gates seal with until then.
const KEPT: usize = 2;

/// What becomes of the keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rotation {
    /// The keys after it, the new one first.
    pub ring: KeyRing,
    /// The keys that go.
    pub dropped: Vec<SealingKey>,
}

impl Rotation {
    /// Puts `new` in front. With `drop_old`, all but the new key and the one before it go.
    ///
    /// # Errors
    ///
    /// When there would be too many keys.
    pub fn plan(current: &KeyRing, new: SealingKey, drop_old: bool) -> Result<Rotation, SealingKeysError> {
        let (ring, dropped) = current.behind(new).split(if drop_old { KEPT } else { usize::MAX });
        if ring.len() > MOST {
            return Err(SealingKeysError::TooMany { count: current.len(), most: MOST });
        }
        Ok(Rotation { ring, dropped })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::moment::Moment;

    fn key(number: u8) -> SealingKey {
        SealingKey::new([number; 32], Moment::from_unix(i64::from(number)))
    }

    fn ring(count: u8) -> KeyRing {
        (1..count).fold(KeyRing::of(key(0)), |ring, number| ring.behind(key(number)))
    }

    #[test]
    fn the_new_key_seals_and_the_old_ones_open() {
        let rotation = Rotation::plan(&ring(2), key(9), false).unwrap();
        assert_eq!(rotation.ring.keys().cloned().collect::<Vec<_>>(), [key(9), key(1), key(0)]);
        assert!(rotation.dropped.is_empty());
    }

    #[test]
    fn old_keys_go_but_never_the_one_in_use() {
        let rotation = Rotation::plan(&ring(4), key(9), true).unwrap();
        assert_eq!(rotation.ring.keys().cloned().collect::<Vec<_>>(), [key(9), key(3)]);
        assert_eq!(rotation.dropped, [key(2), key(1), key(0)]);
        let rotation = Rotation::plan(&ring(1), key(9), true).unwrap();
        assert_eq!((rotation.ring.len(), rotation.dropped.len()), (2, 0));
    }

    #[test]
    fn there_are_ten_keys_at_most() {
        assert_eq!(Rotation::plan(&ring(9), key(99), false).unwrap().ring.len(), 10);
        assert!(matches!(
            Rotation::plan(&ring(10), key(99), false),
            Err(SealingKeysError::TooMany { count: 10, most: 10 })
        ));
        assert!(Rotation::plan(&ring(10), key(99), true).is_ok());
    }

    #[test]
    fn ten_keys_fit_a_parameter() {
        assert!(ring(10).to_json().len() < 4_096);
    }
}
