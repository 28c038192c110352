//! What was typed and has not reached the API yet, kept by this browser.

use serde::{Deserialize, Serialize};

use super::Draft;

/// A copy of what was being written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Backup {
    /// The version that it was begun with.
    pub version: i64,
    /// As it was then, for a merge where the API has a newer one.
    pub base: Draft,
    /// As it was typed.
    pub draft: Draft,
    /// When, in milliseconds since the epoch.
    pub at: i64,
}

impl Backup {
    /// Where a person's copy of an entry is kept: whoever signs in next at the same browser does not get it.
    pub fn key(person: &str, entry: &str) -> String {
        format!("parapet.backup.{person}.{entry}")
    }

    /// Reads what was kept; what cannot be read is no backup.
    pub fn from_json(json: &str) -> Option<Self> {
        super::from_json(json).ok()
    }

    /// As it is kept.
    pub fn to_json(&self) -> String {
        // A backup is text and numbers; that cannot fail to be written.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// True if it holds something that the working copy does not have.
    pub fn is_worth_offering(&self, working_copy: &Draft) -> bool {
        self.draft != *working_copy && self.draft != self.base
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(body: &str) -> Draft {
        let mut draft = Draft::default();
        draft.content.body = body.to_owned();
        draft
    }

    #[test]
    fn comes_back_exactly() {
        let backup = Backup { version: 3, base: draft("a"), draft: draft("a\r\n\t\u{0}ß🙂"), at: 7 };
        assert_eq!(Backup::from_json(&backup.to_json()), Some(backup));
        assert_eq!(Backup::from_json("{}"), None);
    }

    #[test]
    fn is_offered_only_where_it_holds_more() {
        let backup = |base, text| Backup { version: 1, base: draft(base), draft: draft(text), at: 0 };
        assert!(backup("a", "b").is_worth_offering(&draft("a")));
        assert!(backup("a", "b").is_worth_offering(&draft("c")));
        assert!(!backup("a", "b").is_worth_offering(&draft("b")));
        assert!(!backup("a", "a").is_worth_offering(&draft("c")));
    }
}
