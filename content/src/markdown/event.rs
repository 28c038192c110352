//! The parser's events, made harmless: raw HTML becomes text, nesting is bounded, and no link is in a link.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// Containers deeper than this lose their markup and keep their text: browsers flatten deeper documents anyway.
const MAX_DEPTH: usize = 64;

pub(super) fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
}

/// A text with zero characters replaced by the one that stands for them (CommonMark 0.31, section 2.3).
pub(super) fn without_zeros(markdown: &str) -> String {
    markdown.replace('\0', "\u{fffd}")
}

/// All events of a text.
pub(super) fn events(markdown: &str) -> impl Iterator<Item = Event<'_>> {
    ranged(markdown).map(|(event, _)| event)
}

/// All events of a text, each with the range of the source that it comes from.
pub(super) fn ranged(markdown: &str) -> impl Iterator<Item = (Event<'_>, Range<usize>)> {
    let (mut depth, mut links) = (0_usize, 0_usize);
    Parser::new_ext(markdown, options()).into_offset_iter().filter_map(move |(event, range)| {
        let event = match event {
            // An autolink in the text of a link: HTML has no link in a link, and the text is kept.
            Event::Start(Tag::Link { .. }) if links > 0 => {
                (depth, links) = (depth + 1, links + 1);
                None
            }
            Event::End(TagEnd::Link) if links > 1 => {
                (depth, links) = (depth.saturating_sub(1), links - 1);
                None
            }
            Event::Start(tag) => {
                depth += 1;
                links += usize::from(matches!(tag, Tag::Link { .. }));
                let tag = if matches!(tag, Tag::HtmlBlock) { Tag::Paragraph } else { tag };
                (depth <= MAX_DEPTH).then_some(Event::Start(tag))
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                links = links.saturating_sub(usize::from(matches!(tag, TagEnd::Link)));
                let tag = if matches!(tag, TagEnd::HtmlBlock) { TagEnd::Paragraph } else { tag };
                (depth < MAX_DEPTH).then_some(Event::End(tag))
            }
            Event::Html(text) | Event::InlineHtml(text) => Some(Event::Text(text)),
            event => Some(event),
        };
        event.map(|event| (event, range))
    })
}
