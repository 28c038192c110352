//! The theme's own words by language: `texts/<language>.toml`, each a table of names and texts.

use std::collections::BTreeMap;

use super::files::Files;
use super::problem::ThemeProblem;

/// The language whose texts are used where another has none; the first file that a theme needs, if it has any.
const FALLBACK: &str = "en";

type Words = BTreeMap<String, String>;

/// A theme's words in all its languages.
#[derive(Debug, Clone, Default)]
pub(super) struct Texts(BTreeMap<String, Words>);

impl Texts {
    /// Reads the files. A name that English lacks is a slip: no template can rely on it.
    pub(super) fn of(files: &Files) -> (Texts, Vec<ThemeProblem>) {
        let (mut texts, mut problems) = (BTreeMap::new(), Vec::new());
        for (path, bytes) in files {
            let language = path.strip_prefix("texts/").and_then(|name| name.strip_suffix(".toml"));
            let Some(language) = language else { continue };
            match std::str::from_utf8(bytes).map_err(|error| error.to_string()).and_then(read) {
                Ok(words) => drop(texts.insert(language.to_ascii_lowercase(), words)),
                Err(message) => problems.push(ThemeProblem::in_file(path.clone(), message)),
            }
        }
        let fallback: Words = texts.get(FALLBACK).cloned().unwrap_or_default();
        for (language, words) in &mut texts {
            for name in words.keys().filter(|name| !fallback.contains_key(*name)) {
                let message = format!("has {name:?}, which texts/{FALLBACK}.toml has not");
                problems.push(ThemeProblem::in_file(format!("texts/{language}.toml"), message));
            }
            for (name, text) in &fallback {
                words.entry(name.clone()).or_insert_with(|| text.clone());
            }
        }
        (Texts(texts), problems)
    }

    /// The words of a language (BCP 47): of exactly it, of its primary language, else English.
    pub(super) fn of_language(&self, language: &str) -> Words {
        let language = language.to_ascii_lowercase();
        let primary = language.split('-').next().unwrap_or_default();
        [language.as_str(), primary, FALLBACK]
            .into_iter()
            .find_map(|tag| self.0.get(tag))
            .cloned()
            .unwrap_or_default()
    }
}

fn read(text: &str) -> Result<Words, String> {
    toml::from_str(text).map_err(|error| error.to_string().trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(all: &[(&str, &str)]) -> (Texts, Vec<String>) {
        let files = all.iter().map(|(path, text)| (path.to_string(), text.as_bytes().to_vec())).collect();
        let (texts, problems) = Texts::of(&files);
        (texts, problems.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn what_a_language_lacks_is_english() {
        let (texts, problems) =
            texts(&[("texts/en.toml", "a = 'one'\nb = 'two'"), ("texts/de.toml", "a = 'eins'")]);
        assert_eq!(problems, Vec::<String>::new());
        let word = |language: &str, name: &str| texts.of_language(language)[name].clone();
        assert_eq!((word("de-AT", "a"), word("de", "b")), ("eins".to_owned(), "two".to_owned()));
        assert_eq!((word("ja", "a"), word("", "a")), ("one".to_owned(), "one".to_owned()));
    }

    #[test]
    fn a_name_that_english_lacks_is_a_problem() {
        let (_, problems) = texts(&[("texts/en.toml", ""), ("texts/de.toml", "c = 'drei'")]);
        assert_eq!(problems, ["texts/de.toml: has \"c\", which texts/en.toml has not"]);
    }
}
