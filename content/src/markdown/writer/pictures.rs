//! Pictures, whose alternative text is a text of its own.

use pulldown_cmark::Event;
use pulldown_cmark_escape::escape_html_body_text;

use super::Writer;
use crate::markdown::destination::Destination;
use crate::markdown::picture::{Media, write_file, write_picture};

pub(super) struct Picture {
    pub(super) destination: String,
    pub(super) title: String,
    pub(super) alt: String,
}

impl<'a> Writer<'a, '_> {
    pub(super) fn gather_alt(&mut self, event: &Event<'a>) {
        let Some(picture) = self.pictures.last_mut() else { return };
        match event {
            Event::Text(text) | Event::Code(text) => picture.alt.push_str(text),
            Event::SoftBreak | Event::HardBreak => picture.alt.push(' '),
            _ => {}
        }
    }

    pub(super) fn close_picture(&mut self) {
        let Some(picture) = self.pictures.pop() else { return };
        // A picture in another's alternative text is its alternative text.
        if let Some(outer) = self.pictures.last_mut() {
            outer.alt.push_str(&picture.alt);
            return;
        }
        self.out.text.push_str(&picture.alt);
        match Destination::of(&picture.destination) {
            Destination::Address(address) => {
                self.push("<img src=\"");
                self.address(address);
                self.push("\" alt=\"");
                self.attribute(&picture.alt);
                self.push("\"");
                if !picture.title.is_empty() {
                    self.push(" title=\"");
                    self.attribute(&picture.title);
                    self.push("\"");
                }
                self.push(" loading=\"lazy\" decoding=\"async\">");
            }
            Destination::Media { id } => {
                let media = self.resolve.media(id);
                self.note_broken(&picture.destination, media.is_none());
                self.media(media, &picture);
            }
            Destination::Entry { .. } | Destination::Refused => {
                let _ = escape_html_body_text(&mut self.out.html, &picture.alt);
            }
        }
    }

    fn media(&mut self, media: Option<Media>, picture: &Picture) {
        let written = match media {
            Some(Media::Picture { sources, alt }) => {
                let alt = if picture.alt.is_empty() { &alt } else { &picture.alt };
                write_picture(&mut self.out.html, &sources, alt)
            }
            Some(Media::File(file)) => write_file(&mut self.out.html, &file, &picture.alt),
            None => escape_html_body_text(&mut self.out.html, &picture.alt),
        };
        let _ = written;
    }
}
