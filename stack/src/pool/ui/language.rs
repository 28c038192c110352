//! The languages of the pages.

use super::texts::{ENGLISH, GERMAN, Texts};

/// A language that there is a table of texts for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    English,
    German,
}

impl Language {
    /// From the parameter `lang` of an authorization request.
    pub(crate) fn from_tag(tag: &str) -> Option<Self> {
        match tag.split('-').next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "en" => Some(Self::English),
            "de" => Some(Self::German),
            _ => None,
        }
    }

    /// The first known one that an Accept-Language header names, in the header's order, English failing that.
    pub(crate) fn accepted(header: &str) -> Self {
        let tags = header.split(',').filter_map(|part| part.split(';').next());
        tags.filter_map(|tag| Self::from_tag(tag.trim())).next().unwrap_or(Self::English)
    }

    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// The other one, and what it calls itself.
    pub(crate) const fn other(self) -> (Self, &'static str) {
        match self {
            Self::English => (Self::German, "Deutsch"),
            Self::German => (Self::English, "English"),
        }
    }

    pub(crate) const fn texts(self) -> &'static Texts {
        match self {
            Self::English => &ENGLISH,
            Self::German => &GERMAN,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_known_language_is_taken() {
        assert_eq!(Language::accepted("fr, de-AT;q=0.9, en;q=0.8"), Language::German);
        assert_eq!(Language::accepted("fr"), Language::English);
        assert_eq!(Language::from_tag("pt-BR"), None);
    }
}
