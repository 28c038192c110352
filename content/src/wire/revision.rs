//! Revisions: immutable versions of an entry's content.

use serde::{Deserialize, Serialize};

use super::{Author, MediaId, Timestamp};

/// What made a revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum RevisionKind {
    /// The app, while somebody was typing. One author's autosaves in a row are one revision.
    Autosave,
    /// Somebody who saved.
    Save,
    /// A publication.
    Publish,
    /// The restoring of an older one.
    Restore,
}

/// A revision as the history lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Revision {
    /// Counts an entry's revisions from 1.
    pub number: i64,
    /// What made it.
    pub kind: RevisionKind,
    /// Who.
    pub author: Author,
    /// When it was last written.
    pub created_at: Timestamp,
    /// Whether it is the one on the site.
    pub published: bool,
    /// The content; left out of lists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<RevisionContent>,
}

/// What a revision keeps.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RevisionContent {
    /// The path of the section.
    pub section: String,
    /// The last part of the address.
    pub slug: String,
    /// The title.
    pub title: String,
    /// A sentence or two.
    pub summary: String,
    /// The text, markdown.
    pub body: String,
    /// The tags.
    pub tags: Vec<String>,
    /// The picture.
    pub cover: Option<MediaId>,
    /// The language of the text.
    pub language: String,
    /// The title for search engines.
    pub search_title: String,
    /// The description for search engines.
    pub search_description: String,
    /// Whether search engines are asked to leave it out.
    pub no_index: bool,
    /// The place in a section that is ordered by hand.
    pub order: i64,
}
