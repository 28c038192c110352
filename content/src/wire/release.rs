//! Releases: one publication each.

use serde::{Deserialize, Serialize};

use super::{EntryId, Problem, ReleaseId, Timestamp};

/// What a release does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum ReleaseAction {
    /// Puts a revision on the site.
    Publish,
    /// Takes the entry off the site.
    Unpublish,
}

/// How far a release is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum ReleaseState {
    /// Waits for the ones before it.
    Queued,
    /// Its objects are put.
    Placing,
    /// The caches are told.
    Announcing,
    /// Every reader gets it.
    Live,
    /// Will not go on by itself; `problem` says why.
    Failed,
}

/// A step that is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReleaseStep {
    /// The state that was reached.
    pub name: ReleaseState,
    /// When.
    pub at: Timestamp,
}

/// One publication: which objects, which revision, how far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Release {
    /// Its id.
    pub id: ReleaseId,
    /// The entry that is published or taken off; none for a release of site, sections or theme.
    pub entry: Option<EntryId>,
    /// The revision that is published; none when the entry is taken off.
    pub revision: Option<i64>,
    /// What it does.
    pub action: ReleaseAction,
    /// How far it is.
    pub state: ReleaseState,
    /// The addresses that change, once they are known.
    pub paths: Vec<String>,
    /// What is done, oldest first.
    pub steps: Vec<ReleaseStep>,
    /// Why it failed.
    pub problem: Option<Problem>,
}
