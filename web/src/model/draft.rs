//! What a person is writing: everything of an entry that they can change.

use content::wire::{ChangedEntry, Entry, RevisionContent};
use serde::{Deserialize, Serialize};

/// An entry's content as it stands in the form.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Draft {
    /// Text, address and details.
    pub content: RevisionContent,
    /// Whether it waits for review.
    pub review: bool,
}

impl Draft {
    /// The working copy that the API told.
    pub fn of(entry: &Entry) -> Self {
        let told = &entry.summary;
        Self {
            content: RevisionContent {
                section: told.section.clone(),
                slug: told.slug.clone(),
                title: told.title.clone(),
                summary: told.summary.clone(),
                body: entry.body.clone(),
                tags: told.tags.clone(),
                cover: told.cover.clone(),
                language: told.language.clone(),
                search_title: told.search_title.clone(),
                search_description: told.search_description.clone(),
                no_index: told.no_index,
                order: told.order,
            },
            review: told.review,
        }
    }

    /// What has to be said to get from `base` to here.
    pub fn changes(&self, base: &Self) -> ChangedEntry {
        fn changed<T: PartialEq + Clone>(now: &T, before: &T) -> Option<T> {
            (now != before).then(|| now.clone())
        }
        let (now, before) = (&self.content, &base.content);
        ChangedEntry {
            section: changed(&now.section, &before.section),
            slug: changed(&now.slug, &before.slug),
            title: changed(&now.title, &before.title),
            summary: changed(&now.summary, &before.summary),
            body: changed(&now.body, &before.body),
            tags: changed(&now.tags, &before.tags),
            cover: changed(&now.cover, &before.cover),
            language: changed(&now.language, &before.language),
            search_title: changed(&now.search_title, &before.search_title),
            search_description: changed(&now.search_description, &before.search_description),
            no_index: changed(&now.no_index, &before.no_index),
            order: changed(&now.order, &before.order),
            review: changed(&self.review, &base.review),
        }
    }

    /// This draft after the API took `sent` and answered `saved`: what was not touched meanwhile is what the API made of
    /// it (a slug it completed, say), and what was typed meanwhile stays.
    #[must_use]
    pub fn after_saving(self, sent: &Self, saved: &Self) -> Self {
        if self == *sent {
            return saved.clone();
        }
        let mut next = self;
        super::FIELDS.iter().for_each(|field| {
            if (field.show)(&next) == (field.show)(sent) {
                (field.copy)(saved, &mut next);
            }
        });
        next
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(title: &str, body: &str) -> Draft {
        let content =
            RevisionContent { title: title.to_owned(), body: body.to_owned(), ..Default::default() };
        Draft { content, review: false }
    }

    #[test]
    fn only_what_changed_is_said() {
        let changes = draft("a", "x").changes(&draft("a", "y"));
        assert_eq!(changes, ChangedEntry { body: Some("x".to_owned()), ..Default::default() });
        assert_eq!(draft("a", "x").changes(&draft("a", "x")), ChangedEntry::default());
        let mut covered = draft("a", "x");
        covered.content.cover = Some("7".into());
        assert_eq!(draft("a", "x").changes(&covered).cover, Some(None));
    }

    #[test]
    fn what_is_typed_during_a_save_stays() {
        let (sent, mut saved) = (draft("a", "x"), draft("a", "x"));
        saved.content.slug = "a-2".to_owned();
        let after = draft("a", "x more").after_saving(&sent, &saved);
        assert_eq!((after.content.body.as_str(), after.content.slug.as_str()), ("x more", "a-2"));
        assert_eq!(sent.clone().after_saving(&sent, &saved), saved);
    }
}
