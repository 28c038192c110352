//! What may be shown of a text that came from outside.

use form_urlencoded::parse;
use gate::query::Query;

/// The longest line that is shown, in characters.
const MAX_LINE: usize = 400;

/// Parameters whose values everybody may see: those of an authorization request and of the hosted UI's logout.
const OPEN: [&str; 9] = [
    "response_type",
    "client_id",
    "redirect_uri",
    "scope",
    "code_challenge_method",
    "identity_provider",
    "lang",
    "logout_uri",
    "grant_type",
];

/// A text on one line of a terminal: control characters are written out, and what is long is cut.
pub(super) fn line(text: &str) -> String {
    let mut shown = String::with_capacity(text.len().min(MAX_LINE));
    for (position, character) in text.chars().enumerate() {
        if position >= MAX_LINE {
            shown.push('…');
            break;
        }
        // The controls that reorder a line of text are no control characters for Unicode.
        let reorders =
            matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        if character.is_control() || reorders {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    shown
}

/// A query string without the values of its parameters.
pub(super) fn query(text: &str) -> String {
    let shown: Vec<String> = parse(text.as_bytes()).map(|(name, value)| parameter(&name, &value)).collect();
    shown.join("&")
}

fn parameter(name: &str, value: &str) -> String {
    match (OPEN.contains(&name), value.is_empty()) {
        (true, _) => format!("{name}={value}"),
        (false, true) => name.to_owned(),
        (false, false) => format!("{name}=…"),
    }
}

/// A URL or a path without the values of its query's parameters.
pub(super) fn url(text: &str) -> String {
    match text.split_once('?') {
        Some((before, parameters)) => format!("{before}?{}", query(parameters)),
        None => text.to_owned(),
    }
}

/// The value of a parameter, where it is there once.
pub(super) fn single(querystring: &str, name: &str) -> Option<String> {
    Query::new(querystring).single(name).map(std::borrow::Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_open_values_are_shown() {
        assert_eq!(query("code=secret&state=s&lang=de&empty="), "code=…&state=…&lang=de&empty");
        assert_eq!(url("/a?token=x"), "/a?token=…");
        assert_eq!(url("https://login.example.com/a"), "https://login.example.com/a");
        assert_eq!(query(""), "");
    }

    #[test]
    fn a_line_does_nothing_to_a_terminal() {
        assert_eq!(line("a\u{1b}[2Jb\nc\u{202e}d"), "a\\u{1b}[2Jb\\u{a}c\\u{202e}d");
        assert_eq!(line(&"x".repeat(500)).chars().count(), MAX_LINE + 1);
    }
}
