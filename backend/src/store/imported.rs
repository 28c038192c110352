//! What only importers say of a new entry.

use content::wire::Timestamp;

/// Where an entry comes from, and what it was there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// What it is called where it comes from; no two entries have the same.
    pub source: Option<String>,
    /// When it was first published there: with that it is published here, too.
    pub published_at: Option<Timestamp>,
    /// When it was begun there.
    pub created_at: Option<Timestamp>,
}
