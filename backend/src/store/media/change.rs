//! What callers say of media items.

use content::wire::{MediaId, MediaState, Problem, Rendition};

/// A new media item, whose bytes are awaited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMediaRow {
    /// Its id, where the caller has made one already.
    pub id: Option<MediaId>,
    /// Its file name.
    pub name: String,
    /// Its media type.
    pub kind: String,
    /// In bytes.
    pub size: u64,
    /// The path of its section.
    pub section: String,
    /// What it shows.
    pub alt: String,
}

/// What came of a media item's bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaChange {
    /// How far it is.
    pub state: MediaState,
    /// Why it was refused.
    pub problem: Option<Problem>,
    /// The media type of the bytes themselves, where it is known.
    pub kind: Option<String>,
    /// In bytes, where it is known.
    pub size: Option<u64>,
    /// In pixels.
    pub width: Option<u32>,
    /// In pixels.
    pub height: Option<u32>,
    /// A blurred preview.
    pub thumbhash: Option<String>,
    /// Its sizes.
    pub renditions: Vec<Rendition>,
}
