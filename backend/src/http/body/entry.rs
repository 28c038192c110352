//! Bodies of entries: new ones, and what changes of those that are there.

use content::wire::{ChangedEntry, MediaId, NewEntry};
use serde_json::Value;

use crate::http::failure::Answer;
use crate::http::members::Members;
use crate::store::Imported;

const MAX_TITLE: usize = 300;
const MAX_SUMMARY: usize = 2_000;
const MAX_DESCRIPTION: usize = 1_000;
const MAX_BODY: usize = 1_048_576;
const MAX_PATH: usize = 210;
const MAX_TAGS: usize = 50;
const MAX_TAG: usize = 60;
const MAX_LANGUAGE: usize = 35;
const MAX_SOURCE: usize = 300;
/// As far as a number in JSON is the same everywhere, and far beyond any order by hand.
const MAX_ORDER: i64 = 1_000_000_000;

/// A new entry, and what importers say of it besides.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct NewEntryBody {
    /// The entry.
    pub(crate) entry: NewEntry,
    /// Where it comes from.
    pub(crate) imported: Imported,
}

/// Reads a new entry.
pub(crate) fn new(body: Value) -> Answer<NewEntryBody> {
    let mut members = Members::of(body)?;
    if !members.has("title") {
        members.wrong::<()>("title", "is missing, expected the entry's title");
    }
    let changed = shared(&mut members);
    if changed.title.as_ref().is_some_and(|title| title.trim().is_empty()) {
        members.wrong::<()>("title", "is blank, expected the entry's title");
    }
    let imported = Imported {
        source: members.line("source", MAX_SOURCE),
        published_at: members.time_or_null("published_at").flatten(),
        created_at: members.time_or_null("created_at").flatten(),
    };
    members.finish()?;
    let entry = NewEntry {
        title: changed.title.unwrap_or_default(),
        section: changed.section,
        slug: changed.slug,
        summary: changed.summary,
        body: changed.body,
        tags: changed.tags,
        cover: changed.cover,
        language: changed.language,
        search_title: changed.search_title,
        search_description: changed.search_description,
        no_index: changed.no_index,
        order: changed.order,
        review: changed.review,
    };
    Ok(NewEntryBody { entry, imported })
}

/// Reads what changes of an entry.
pub(crate) fn changed(body: Value) -> Answer<ChangedEntry> {
    let mut members = Members::of(body)?;
    let changed = shared(&mut members);
    members.finish()?;
    Ok(changed)
}

fn shared(members: &mut Members) -> ChangedEntry {
    ChangedEntry {
        section: members.line("section", MAX_PATH),
        slug: members.line("slug", MAX_PATH),
        title: members.line("title", MAX_TITLE),
        summary: members.text("summary", MAX_SUMMARY),
        body: members.text("body", MAX_BODY),
        tags: tags(members),
        cover: members.id_or_null("cover").map(|cover| cover.map(MediaId)),
        language: language(members),
        search_title: members.line("search_title", MAX_TITLE),
        search_description: members.text("search_description", MAX_DESCRIPTION),
        no_index: members.flag("no_index"),
        order: members.number("order", -MAX_ORDER, MAX_ORDER),
        review: members.flag("review"),
    }
}

/// Tags in their order, each once, without white space around them.
fn tags(members: &mut Members) -> Option<Vec<String>> {
    let mut tags: Vec<String> = Vec::new();
    for (position, tag) in members.texts("tags", MAX_TAGS)?.into_iter().enumerate() {
        let tag = tag.trim();
        let pointer = format!("tags/{position}");
        if tag.is_empty() || tag.chars().any(char::is_control) {
            return members
                .wrong_under(&pointer, "is blank or holds a control character, expected a word or two");
        }
        if tag.chars().count() > MAX_TAG {
            return members
                .wrong_under(&pointer, format!("is too long, expected at most {MAX_TAG} characters"));
        }
        if !tags.iter().any(|known| known == tag) {
            tags.push(tag.to_owned());
        }
    }
    Some(tags)
}

/// A language tag in the form of BCP 47, or nothing.
fn language(members: &mut Members) -> Option<String> {
    let language = members.line("language", MAX_LANGUAGE)?;
    if is_language(&language) {
        return Some(language);
    }
    members.wrong("language", format!("is {language:?}, expected a language tag such as en or pt-BR"))
}

/// Whether a text has the form of a language tag (RFC 5646 section 2.1), or is empty.
pub(super) fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    let rest =
        parts.all(|part| (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric()));
    text.is_empty()
        || ((2..=8).contains(&first.len()) && first.chars().all(|c| c.is_ascii_alphabetic()) && rest)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn pointers<T: std::fmt::Debug>(answer: Answer<T>) -> Vec<String> {
        answer.unwrap_err().into_problem().errors.into_iter().map(|violation| violation.pointer).collect()
    }

    #[test]
    fn a_title_is_enough() {
        let read = new(json!({ "title": "A" })).unwrap();
        assert_eq!(read.entry, NewEntry { title: "A".to_owned(), ..NewEntry::default() });
        assert_eq!(pointers(new(json!({}))), ["/title"]);
        assert_eq!(pointers(new(json!({ "title": " " }))), ["/title"]);
        assert_eq!(changed(json!({ "title": "" })).unwrap().title.as_deref(), Some(""));
    }

    #[test]
    fn all_that_is_wrong_is_told_at_once() {
        let body = json!({
            "title": 1, "tags": ["ok", " "], "cover": "x", "language": "english please", "order": 1.5, "id": "7",
            "body": "a\u{0}b",
        });
        let told = ["/title", "/body", "/tags/1", "/cover", "/language", "/order", "/id"];
        assert_eq!(pointers(changed(body)), told);
    }

    #[test]
    fn null_takes_the_cover_away_and_leaving_it_out_does_not() {
        assert_eq!(changed(json!({ "cover": null })).unwrap().cover, Some(None));
        assert_eq!(changed(json!({})).unwrap().cover, None);
    }

    #[test]
    fn tags_are_trimmed_and_each_there_once() {
        let read = changed(json!({ "tags": [" b", "a", "b "] })).unwrap();
        assert_eq!(read.tags.unwrap(), ["b", "a"]);
    }

    #[test]
    fn languages_have_the_form_of_language_tags() {
        for good in ["", "en", "pt-BR", "zh-Hans-CN"] {
            assert!(is_language(good), "{good}");
        }
        for bad in ["e", "en_US", "en-", "123", "englishlanguage"] {
            assert!(!is_language(bad), "{bad}");
        }
    }
}
