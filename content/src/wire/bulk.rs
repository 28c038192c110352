//! One action on many entries.

use serde::{Deserialize, Serialize};

use super::{EntryId, Problem};

/// What is done to each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum BulkAction {
    /// Publishes it.
    Publish,
    /// Takes it off the site.
    Unpublish,
    /// Puts it into the trash.
    Trash,
    /// Takes it out of the trash.
    Restore,
}

/// One action on at most 100 entries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct BulkRequest {
    /// What is done.
    pub action: BulkAction,
    /// To which.
    pub ids: Vec<EntryId>,
}

/// What came of it for one entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BulkResult {
    /// The entry.
    pub id: EntryId,
    /// The status that the action alone would have been answered with.
    pub status: u16,
    /// Why it was not done.
    pub problem: Option<Problem>,
}

/// What came of it for each, in the order in which they were given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BulkResults {
    /// One for each id.
    pub results: Vec<BulkResult>,
}
