//! A document that is to become an entry.

use std::path::PathBuf;

use content::wire::SectionOrder;

use crate::moment::Moment;

/// What was read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Read {
    /// The documents, in the order of their addresses.
    pub documents: Vec<Document>,
    /// Sections that the documents lie in, where they say so themselves.
    pub sections: Vec<NewSectionAt>,
    /// What was left out, each with its reason.
    pub left_out: Vec<String>,
}

/// A section that is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSectionAt {
    /// Its path within the import, such as `/news/`.
    pub path: String,
    /// What it is called.
    pub title: String,
    /// Its settings, where they are known.
    pub settings: SectionSettings,
}

/// How a section lists its entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionSettings {
    /// Whether it does.
    pub listed: bool,
    /// In which order.
    pub order: SectionOrder,
    /// Whether it has a feed.
    pub feed: bool,
    /// Entries on a list page.
    pub page_size: u32,
}

impl Default for SectionSettings {
    fn default() -> SectionSettings {
        SectionSettings { listed: true, order: SectionOrder::Newest, feed: true, page_size: 20 }
    }
}

/// A document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Document {
    /// What it is called where it comes from; the same in each run.
    pub source: String,
    /// Its address within the import: `/a/b/`.
    pub address: String,
    /// Its title.
    pub title: String,
    /// A sentence or two.
    pub summary: String,
    /// Its text, markdown.
    pub body: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// The language of its text.
    pub language: String,
    /// The title for search engines.
    pub search_title: String,
    /// The description for search engines.
    pub search_description: String,
    /// Whether search engines are asked to leave it out.
    pub no_index: bool,
    /// Its place in a section that is ordered by hand.
    pub order: Option<i64>,
    /// Its date.
    pub date: Option<Moment>,
    /// Whether it is published.
    pub publish: bool,
    /// When it is to be published.
    pub publish_at: Option<Moment>,
    /// When it is to be taken off the site.
    pub unpublish_at: Option<Moment>,
    /// Other addresses that lead to it.
    pub aliases: Vec<String>,
    /// The pictures that its text shows, as they are named there.
    pub pictures: Vec<Picture>,
    /// What was not taken over as it was.
    pub notes: Vec<String>,
}

/// A picture beside a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// How the text names it.
    pub reference: String,
    /// Where it is.
    pub file: PathBuf,
}

impl Read {
    /// Sorts what was read, and leaves out every document whose address is taken by another one.
    pub(super) fn in_order(mut self) -> Read {
        self.documents.sort_by(|one, other| one.address.cmp(&other.address));
        let mut kept: Vec<Document> = Vec::with_capacity(self.documents.len());
        for document in self.documents {
            match kept.last() {
                Some(last) if last.address == document.address => {
                    let (address, other) = (&document.address, &last.source);
                    self.left_out
                        .push(format!("{}: its address {address} is that of {other}", document.source));
                }
                _ => kept.push(document),
            }
        }
        Read { documents: kept, ..self }
    }
}
