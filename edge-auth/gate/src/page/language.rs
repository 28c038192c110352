//! Which language a viewer reads (RFC 9110 section 12.5.4).

use super::message::{Action, Message, Text};
use super::{english, german};
use crate::request::Headers;

/// A language that the pages are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English, for everybody who reads neither.
    English,
    /// German.
    German,
}

impl Language {
    /// The best of the languages that the viewer accepts.
    #[must_use]
    pub fn of(headers: &Headers<'_>) -> Language {
        let mut best = (Language::English, 0.0);
        for range in headers.all("accept-language").flat_map(|value| value.split(',')) {
            let mut parts = range.split(';').map(str::trim);
            let tag = parts.next().unwrap_or_default();
            let weight = parts
                .find_map(|parameter| parameter.strip_prefix("q="))
                .map_or(1.0, |text| text.parse::<f32>().unwrap_or(0.0));
            if let Some(language) = Language::from_tag(tag).filter(|_| weight > best.1) {
                best = (language, weight);
            }
        }
        best.0
    }

    /// The language tag (RFC 5646).
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::German => "de",
        }
    }

    pub(crate) fn text(self, message: Message) -> Text {
        match self {
            Language::English => english::text(message),
            Language::German => german::text(message),
        }
    }

    pub(super) fn label(self, action: Action) -> &'static str {
        match self {
            Language::English => english::label(action),
            Language::German => german::label(action),
        }
    }

    pub(super) fn request_id_label(self) -> &'static str {
        match self {
            Language::English => english::REQUEST_ID,
            Language::German => german::REQUEST_ID,
        }
    }

    fn from_tag(tag: &str) -> Option<Language> {
        let primary = tag.split('-').next().unwrap_or_default();
        match primary.to_ascii_lowercase().as_str() {
            "en" => Some(Language::English),
            "de" => Some(Language::German),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::message::ALL;
    use super::*;
    use crate::request::Header;

    fn language(value: &'static str) -> Language {
        let line = Header { name: "accept-language".into(), key: None, value: value.into() };
        Language::of(&Headers::new(vec![line]))
    }

    #[test]
    fn the_highest_weight_wins() {
        for (value, expected) in [
            ("de", Language::German),
            ("de-AT,de;q=0.9,en;q=0.8", Language::German),
            ("en-GB,de;q=0.9", Language::English),
            ("fr,de;q=0.5,en;q=0.4", Language::German),
            ("fr", Language::English),
            ("de;q=0,en;q=0.1", Language::English),
            ("de;q=x", Language::English),
            ("", Language::English),
        ] {
            assert_eq!(language(value), expected, "{value}");
        }
    }

    #[test]
    fn every_message_is_told_in_every_language() {
        for message in ALL {
            let (english, german) = (Language::English.text(message), Language::German.text(message));
            assert_ne!(english.title, german.title, "{message:?}");
            assert_ne!(english.body, german.body, "{message:?}");
        }
    }
}
