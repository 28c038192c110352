//! Who else has an entry open.

use serde::{Deserialize, Serialize};

use super::{PersonId, Timestamp};

/// Somebody who has the entry open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Present {
    /// Who.
    pub id: PersonId,
    /// What they call themselves.
    pub name: String,
    /// Since when.
    pub since: Timestamp,
}

/// Everybody else who has the entry open, seen within the last ten seconds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Presence {
    /// The others.
    pub here: Vec<Present>,
}
