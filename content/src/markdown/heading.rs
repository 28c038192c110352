//! Headings and their anchors.

use std::collections::HashMap;

/// A heading of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// The `id` of its element.
    pub anchor: String,
    /// What it says.
    pub text: String,
}

/// Gives every heading of a page an anchor of its own.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    taken: HashMap<String, usize>,
}

impl Anchors {
    /// The anchor for a heading: its letters and digits in lower case, hyphens between its words, a number where there
    /// was one like it.
    pub(super) fn for_text(&mut self, text: &str) -> String {
        let mut anchor = String::new();
        for c in text.chars() {
            if c.is_alphanumeric() {
                anchor.extend(c.to_lowercase());
            } else if (c.is_whitespace() || c == '-' || c == '_')
                && !anchor.is_empty()
                && !anchor.ends_with('-')
            {
                anchor.push('-');
            }
        }
        let anchor = match anchor.trim_end_matches('-') {
            "" => "section",
            anchor => anchor,
        };
        let mut candidate = anchor.to_owned();
        while let Some(count) = self.taken.get_mut(&candidate) {
            *count += 1;
            candidate = format!("{candidate}-{count}");
        }
        self.taken.insert(candidate.clone(), 1);
        candidate
    }
}
