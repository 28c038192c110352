//! Which entries a list has, and in which order.

use content::wire::EntryState;
use serde::Serialize;

/// Which entries: those that satisfy all that is said.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct EntryFilter {
    /// What they are; all but the trash where it is left out.
    pub state: Option<EntryState>,
    /// The path of their section.
    pub section: Option<String>,
    /// A tag that they have.
    pub tag: Option<String>,
    /// The id of who began them.
    pub author: Option<String>,
    /// Whether they wait for review.
    pub review: Option<bool>,
    /// Words that they have, the last one perhaps not whole. Entries that have all of them in their title come first.
    pub q: Option<String>,
}

/// In which order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize)]
pub enum EntrySort {
    /// Those first whose working copy was last written last.
    #[default]
    Updated,
    /// By title, without regard to case and marks.
    Title,
    /// Those first that were first published last; those that never were, last.
    Published,
    /// By address.
    Path,
}
