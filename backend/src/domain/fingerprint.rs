//! The fingerprint of content: two contents are the same where their fingerprints are.

use std::fmt::Write as _;

use content::wire::RevisionContent;
use sha2::{Digest, Sha256};

/// A digest of everything that a revision keeps.
#[must_use]
pub fn fingerprint(content: &RevisionContent) -> String {
    let mut digest = Sha256::new();
    let mut add = |text: &str| {
        digest.update(text.len().to_le_bytes());
        digest.update(text.as_bytes());
    };
    for text in [
        &content.section,
        &content.slug,
        &content.title,
        &content.summary,
        &content.body,
        &content.language,
        &content.search_title,
        &content.search_description,
    ] {
        add(text);
    }
    add(content.cover.as_ref().map_or("", |cover| cover.as_str()));
    add(if content.no_index { "no-index" } else { "" });
    add(&content.order.to_string());
    for tag in &content.tags {
        add(tag);
    }
    let mut text = String::with_capacity(32);
    for byte in digest.finalize().iter().take(16) {
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_member_counts_and_texts_do_not_run_together() {
        let content =
            RevisionContent { title: "ab".into(), summary: "c".into(), ..RevisionContent::default() };
        let moved = RevisionContent { title: "a".into(), summary: "bc".into(), ..RevisionContent::default() };
        let others = [
            RevisionContent { order: 1, ..content.clone() },
            RevisionContent { no_index: true, ..content.clone() },
            RevisionContent { tags: vec!["x".into()], ..content.clone() },
            RevisionContent { cover: Some("x".into()), ..content.clone() },
            moved,
        ];
        assert_eq!(fingerprint(&content), fingerprint(&content.clone()));
        for other in others {
            assert_ne!(fingerprint(&content), fingerprint(&other), "{other:?}");
        }
    }
}
