//! Cursors of lists: where a page ends, bound to the list that it is of.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::error::{Result, StoreError};

/// Where a page ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cursor {
    /// The digest of what the list is of.
    list: String,
    /// Which part of the list: first what has the words in its title, then what has them elsewhere.
    pub(super) part: u8,
    /// What the last item is in order by.
    pub(super) key: String,
    /// The last item.
    pub(super) id: String,
}

impl Cursor {
    /// The digest of what a list is of.
    pub(super) fn list(what: &impl Serialize) -> Result<String> {
        let text = super::unit::json(what)?;
        let digest = Sha256::digest(text.as_bytes());
        Ok(URL_SAFE_NO_PAD.encode(digest.iter().take(9).copied().collect::<Vec<u8>>()))
    }

    /// A cursor after an item of a list.
    pub(super) fn write(list: &str, part: u8, key: String, id: String) -> Result<String> {
        let cursor = Cursor { list: list.to_owned(), part, key, id };
        Ok(URL_SAFE_NO_PAD.encode(super::unit::json(&cursor)?))
    }

    /// Reads a cursor of a list.
    pub(super) fn read(text: Option<&str>, list: &str) -> Result<Option<Cursor>> {
        let Some(text) = text else { return Ok(None) };
        let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| StoreError::ForeignCursor)?;
        let cursor: Cursor = serde_json::from_slice(&bytes).map_err(|_| StoreError::ForeignCursor)?;
        let is_ours =
            cursor.list == list && cursor.part < 2 && !cursor.key.contains('\0') && !cursor.id.contains('\0');
        if is_ours { Ok(Some(cursor)) } else { Err(StoreError::ForeignCursor) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_cursor_is_of_one_list() {
        let (ours, other) = (Cursor::list(&"a").unwrap(), Cursor::list(&"b").unwrap());
        let text = Cursor::write(&ours, 1, "k".into(), "i".into()).unwrap();
        let read = Cursor::read(Some(&text), &ours).unwrap().unwrap();
        assert_eq!((read.part, read.key.as_str(), read.id.as_str()), (1, "k", "i"));
        for foreign in
            [Cursor::read(Some(&text), &other), Cursor::read(Some("x"), &ours), Cursor::read(Some(""), &ours)]
        {
            assert!(matches!(foreign, Err(StoreError::ForeignCursor)));
        }
        assert_eq!(Cursor::read(None, &ours).unwrap(), None);
    }

    proptest! {
        #[test]
        fn any_text_is_a_cursor_or_foreign(text in ".{0,100}") {
            let _ = Cursor::read(Some(&text), "list");
        }
    }
}
