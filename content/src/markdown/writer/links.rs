//! Links, whose address may be known only to whoever renders.

use super::Writer;
use crate::markdown::destination::{Destination, Reference};

impl Writer<'_, '_> {
    pub(super) fn open_link(&mut self, destination: &str, title: &str) {
        let address = match Destination::of(destination) {
            Destination::Address(address) => Some(address.to_owned()),
            Destination::Entry { id, rest } => self.resolve.entry(id).map(|path| format!("{path}{rest}")),
            Destination::Media { id } => {
                self.resolve.media(id).and_then(|media| media.url().map(ToOwned::to_owned))
            }
            Destination::Refused => None,
        };
        self.note_broken(destination, address.is_none());
        // Without an address only the link's text is left.
        self.links.push(address.is_some());
        let Some(address) = address else { return };
        self.push("<a href=\"");
        self.address(&address);
        self.push("\"");
        if !title.is_empty() {
            self.push(" title=\"");
            self.attribute(title);
            self.push("\"");
        }
        self.push(">");
    }

    pub(super) fn note_broken(&mut self, destination: &str, broken: bool) {
        let reference = match Destination::of(destination) {
            Destination::Entry { id, .. } => Reference::Entry(id.to_owned()),
            Destination::Media { id } => Reference::Media(id.to_owned()),
            Destination::Address(_) | Destination::Refused => return,
        };
        if broken {
            self.out.broken.push(reference);
        }
    }
}
