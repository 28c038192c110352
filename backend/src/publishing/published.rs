//! What is published: committed content as the site shows it.

use content::wire::{Author, EntryId, MediaId, Timestamp};

use super::standing::Standing;

/// A published entry: the content of its published revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// Where it stands.
    pub standing: Standing,
    /// The revision.
    pub revision: i64,
    /// The release that put this revision on the site.
    pub release: String,
    /// A sentence or two.
    pub summary: String,
    /// The text, markdown.
    pub body: String,
    /// The picture.
    pub cover: Option<MediaId>,
    /// Who wrote it.
    pub author: Author,
    /// The language of the text; the site's where it is empty.
    pub language: String,
    /// The title for search engines.
    pub search_title: String,
    /// The description for search engines.
    pub search_description: String,
    /// When this revision was published.
    pub updated_at: Timestamp,
}

impl Published {
    /// The entry.
    #[must_use]
    pub fn id(&self) -> &EntryId {
        &self.standing.id
    }

    /// Its address.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.standing.path
    }

    /// Its title.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.standing.title
    }
}
