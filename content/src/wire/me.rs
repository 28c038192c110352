//! Who is asking.

use serde::{Deserialize, Serialize};

use super::{PersonId, Timestamp};

/// The person who asks, and what they may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Me {
    /// The `sub` of the access token.
    pub id: PersonId,
    /// The user name in the pool.
    pub username: String,
    /// What they call themselves; the user name until they say.
    pub name: String,
    /// From the sign-in record, where there is one.
    pub email: Option<String>,
    /// The groups of the access token.
    pub groups: Vec<String>,
    /// The role that the groups come to.
    pub role: String,
    /// What the role may do, such as `entries.publish`.
    pub permissions: Vec<String>,
    /// The greeting that was read at the last sign-in.
    pub greeting: Option<String>,
    /// When they last signed in.
    pub last_sign_in: Option<Timestamp>,
}

/// What a person can change of themselves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ChangedMe {
    /// What they call themselves, 1 to 100 characters.
    pub name: String,
}
