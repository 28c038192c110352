//! Where links and pictures lead: an allow-list of schemes, and references to entries and media items.

use pulldown_cmark::{Event, Tag};

use super::event::{events, without_zeros};

/// A reference from a text to something of the site, which keeps its meaning when addresses change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reference {
    /// `entry:<id>`.
    Entry(String),
    /// `media:<id>`.
    Media(String),
}

/// A destination as an author wrote it.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Destination<'a> {
    /// An address that may stand in a page.
    Address(&'a str),
    /// An entry, and what follows its id, such as `#anchor`.
    Entry { id: &'a str, rest: &'a str },
    /// A media item.
    Media { id: &'a str },
    /// A scheme that may not.
    Refused,
}

impl<'a> Destination<'a> {
    pub(super) fn of(text: &'a str) -> Destination<'a> {
        // Browsers drop these from an address before they read its scheme (WHATWG URL, basic URL parser).
        if text.contains(['\t', '\n', '\r']) || text.starts_with(|c: char| c <= ' ') {
            return Destination::Refused;
        }
        let Some((scheme, rest)) = scheme(text) else { return Destination::Address(text) };
        match scheme.to_ascii_lowercase().as_str() {
            "http" | "https" | "mailto" | "tel" => Destination::Address(text),
            "entry" => {
                let end = rest.find(['#', '?']).unwrap_or(rest.len());
                let (id, rest) = rest.split_at_checked(end).unwrap_or((rest, ""));
                Destination::Entry { id, rest }
            }
            "media" => Destination::Media { id: rest },
            _ => Destination::Refused,
        }
    }
}

/// The scheme of an address and what follows its colon; none for a relative reference (RFC 3986 section 4.2).
fn scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    (!scheme.contains(['/', '?', '#'])).then_some((scheme, rest))
}

/// All references of a text, each once, in order of their text.
#[must_use]
pub fn references(markdown: &str) -> Vec<Reference> {
    let markdown = without_zeros(markdown);
    let mut found: Vec<Reference> = events(&markdown)
        .filter_map(|event| match event {
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                match Destination::of(&dest_url) {
                    Destination::Entry { id, .. } => Some(Reference::Entry(id.to_owned())),
                    Destination::Media { id } => Some(Reference::Media(id.to_owned())),
                    Destination::Address(_) | Destination::Refused => None,
                }
            }
            _ => None,
        })
        .collect();
    found.sort();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_schemes_are_addresses() {
        for good in [
            "/a",
            "a:b/../c".split(':').next().unwrap(),
            "#x",
            "?q=a:b",
            "./a:b",
            "//h/x",
            "https://h",
            "HTTP://h",
            "mailto:a@b",
            "tel:+1",
            "",
        ] {
            assert_eq!(Destination::of(good), Destination::Address(good), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:x",
            "data:text/html,x",
            "vbscript:x",
            "java\nscript:x",
            " javascript:x",
            "\u{1}javascript:x",
            "blob:x",
            "file:///x",
            "a:b",
        ] {
            assert_eq!(Destination::of(bad), Destination::Refused, "{bad:?}");
        }
        assert_eq!(Destination::of("entry:7#top"), Destination::Entry { id: "7", rest: "#top" });
        assert_eq!(Destination::of("media:7"), Destination::Media { id: "7" });
    }

    #[test]
    fn references_are_found_once_each() {
        let text = "[a](entry:1) ![b](media:2) [c](entry:1#x) [d][r] `[e](entry:9)`\n\n[r]: entry:3\n";
        let ids = [Reference::Entry("1".into()), Reference::Entry("3".into()), Reference::Media("2".into())];
        assert_eq!(references(text), ids);
    }
}
