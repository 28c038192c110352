//! Markdown to safe HTML, for the published page and for the preview in the app: the same bytes from the same text.
//!
//! CommonMark with tables, footnotes, task lists, strikethrough and heading anchors. Raw HTML is shown as text, and the
//! schemes of addresses are allow-listed, so that nothing an author writes runs in a reader's browser.

mod block;
mod destination;
mod event;
mod footnote;
mod heading;
mod picture;
mod table;
mod writer;

pub use block::{Block, blocks};
pub use destination::{Reference, references};
pub use heading::Heading;
pub use picture::{Media, MediaFile, Nothing, Resolve, Source};

/// The longest text that is rendered, in bytes; what is beyond is left out.
pub const MAX_BYTES: usize = 1_048_576;

/// A rendered text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rendered {
    /// Safe HTML.
    pub html: String,
    /// Its headings in their order, with the anchors that they have in the HTML.
    pub headings: Vec<Heading>,
    /// What is read of it, without markup: for search and excerpts.
    pub text: String,
    /// References to entries and media items that do not exist.
    pub broken: Vec<Reference>,
}

impl Rendered {
    /// How many words it has.
    #[must_use]
    pub fn words(&self) -> usize {
        self.text.split_whitespace().count()
    }

    /// Minutes that reading takes at 220 words a minute, at least one.
    #[must_use]
    pub fn reading_minutes(&self) -> usize {
        self.words().div_ceil(220).max(1)
    }
}

/// Renders a text. `resolve` tells the addresses of `entry:<id>` and `media:<id>`.
#[must_use]
pub fn render(markdown: &str, resolve: &dyn Resolve) -> Rendered {
    let mut end = markdown.len().min(MAX_BYTES);
    while !markdown.is_char_boundary(end) {
        end -= 1;
    }
    let markdown = event::without_zeros(markdown.get(..end).unwrap_or_default());
    let (body, footnotes) = footnote::split(event::events(&markdown));
    let mut writer = writer::Writer::new(resolve, &footnotes);
    writer.write(body);
    writer.write_footnotes();
    writer.finish()
}

#[cfg(test)]
mod tests;
