//! The audit log.

use serde::{Deserialize, Serialize};

use super::{Author, EntryId, Timestamp};

/// One thing that somebody did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Activity {
    /// Its id.
    pub id: String,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: Author,
    /// What, such as `entry.publish`, `section.delete`, `site.edit`.
    pub action: String,
    /// The entry it was done to.
    pub entry: Option<EntryId>,
    /// What the thing was called then.
    pub subject: String,
    /// More, in words.
    pub detail: String,
}
