//! What a search finds.

use serde::{Deserialize, Serialize};

use super::{EntryId, Timestamp};

/// A published entry that the caller may read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Hit {
    /// Its id.
    pub id: EntryId,
    /// Its address.
    pub path: String,
    /// Its title.
    pub title: String,
    /// A sentence or two.
    pub summary: String,
    /// The words around the first place that was found.
    pub excerpt: String,
    /// When it was first published.
    pub published_at: Option<Timestamp>,
}
