//! Words as search knows them: computed here once, so that every database finds the same.
//!
//! A word is a run of letters and digits without marks, in lower case. Its letters beyond ASCII are written as their code
//! points, prefix for prefix, so that no database has an opinion on where a word ends or which letters are the same.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// The longest word, in characters; what is beyond is left out.
const LONGEST: usize = 64;
/// The words of one text, in bytes: a text vector of PostgreSQL holds less than a megabyte.
const MOST: usize = 400_000;
/// Words of a question; the others are left out.
const MOST_ASKED: usize = 12;

/// The words of a text, in their order.
pub fn words(text: &str) -> impl Iterator<Item = String> {
    let plain: String = match text.is_ascii() {
        true => text.to_ascii_lowercase(),
        false => {
            let bare: String = text.nfkd().filter(|c| !is_combining_mark(*c)).collect();
            bare.to_lowercase().nfkd().filter(|c| !is_combining_mark(*c)).nfc().collect()
        }
    };
    let mut words: Vec<String> = Vec::new();
    for word in plain.unicode_words() {
        let parts = word.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
        words.extend(parts.map(written));
    }
    words.into_iter()
}

fn written(word: &str) -> String {
    if word.is_ascii() {
        return word.get(..LONGEST).unwrap_or(word).to_owned();
    }
    let mut text = String::new();
    for c in word.chars().take(LONGEST) {
        match c.is_ascii() {
            true => text.push(c),
            false => {
                let _ = write!(text, "zx{:06x}", u32::from(c));
            }
        }
    }
    text
}

/// The different words of texts, as they are indexed.
#[must_use]
pub fn indexed(texts: &[&str]) -> Vec<String> {
    let mut found = BTreeSet::new();
    let mut size = 0;
    for text in texts {
        for word in words(text) {
            size += word.len();
            if size > MOST {
                return found.into_iter().collect();
            }
            found.insert(word);
        }
    }
    found.into_iter().collect()
}

/// What is searched for: entries that have all of these words, and one that begins like the last one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    words: Vec<String>,
    beginning: String,
}

impl Question {
    /// What somebody typed; none where it has no word.
    #[must_use]
    pub fn read(text: &str) -> Option<Question> {
        let mut words: Vec<String> = words(text).take(MOST_ASKED).collect();
        let beginning = words.pop()?;
        words.sort();
        words.dedup();
        Some(Question { words, beginning })
    }

    /// The whole words.
    #[must_use]
    pub fn whole(&self) -> &[String] {
        &self.words
    }

    /// What one word begins with.
    #[must_use]
    pub fn beginning(&self) -> &str {
        &self.beginning
    }

    /// Whether a word is one of those that are searched for.
    #[must_use]
    pub fn has(&self, word: &str) -> bool {
        word.starts_with(&self.beginning) || self.words.iter().any(|whole| whole == word)
    }
}

/// The words of a text around the first one that is searched for, or its first words.
#[must_use]
pub fn excerpt(text: &str, question: &Question) -> String {
    const BEFORE: usize = 60;
    const LENGTH: usize = 200;
    let found = text.split_word_bound_indices().find(|(_, part)| words(part).any(|word| question.has(&word)));
    let at = found.map_or(0, |(at, _)| at);
    let (before, after) = text.split_at_checked(at).unwrap_or(("", text));
    let mut start = before.len();
    for (offset, _) in before.char_indices().rev().take(BEFORE) {
        start = offset;
    }
    let before = before.get(start..).unwrap_or_default();
    let before = match start {
        0 => before,
        _ => before.split_once(char::is_whitespace).map_or("", |(_, rest)| rest),
    };
    let end = after.char_indices().nth(LENGTH).map(|(end, _)| end);
    let cut = end.and_then(|end| after.get(..end));
    let cut = cut.map(|cut| cut.rsplit_once(char::is_whitespace).map_or(cut, |(cut, _)| cut));
    let mut excerpt = String::new();
    if start > 0 {
        excerpt.push_str("… ");
    }
    let whole = format!("{before}{}", cut.unwrap_or(after));
    excerpt.push_str(&whole.split_whitespace().collect::<Vec<_>>().join(" "));
    if cut.is_some() {
        excerpt.push_str(" …");
    }
    excerpt
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(text: &str) -> Vec<String> {
        words(text).collect()
    }

    #[test]
    fn words_have_neither_case_nor_marks() {
        assert_eq!(
            of("Crème Brûlée, can't STOP 1e5 ﬁne"),
            ["creme", "brulee", "can", "t", "stop", "1e5", "fine"]
        );
        assert_eq!(of("Straße İstanbul"), ["strazx0000dfe", "istanbul"]);
        assert_eq!(of("日本"), ["zx0065e5", "zx00672c"]);
        assert_eq!(of("\0 \u{301} --"), Vec::<String>::new());
        assert_eq!(of(&"a".repeat(100)), ["a".repeat(64)]);
    }

    #[test]
    fn a_question_has_whole_words_and_a_beginning() {
        let question = Question::read("Rust  the rel").unwrap();
        assert_eq!(
            (question.whole(), question.beginning()),
            (&["rust".to_owned(), "the".to_owned()][..], "rel")
        );
        assert!(question.has("release") && question.has("rust") && !question.has("rusty"));
        assert_eq!(Question::read(" -- "), None);
    }

    #[test]
    fn an_excerpt_is_around_the_first_word_that_was_found() {
        let text =
            format!("{}The harbour is quiet. {}", "Long before. ".repeat(20), "And after. ".repeat(40));
        let told = excerpt(&text, &Question::read("HARB").unwrap());
        assert!(
            told.starts_with("… ") && told.contains("The harbour is quiet.") && told.ends_with(" …"),
            "{told}"
        );
        assert_eq!(excerpt("short text", &Question::read("none").unwrap()), "short text");
    }

    proptest! {
        #[test]
        fn every_word_is_plain_and_a_beginning_of_itself(text in ".{0,200}") {
            for word in words(&text) {
                prop_assert!(!word.is_empty() && word.len() <= 8 * LONGEST);
                prop_assert!(word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()), "{}", word);
            }
            let question = Question::read("a").unwrap();
            let _ = excerpt(&text, &question);
        }
    }
}
