//! Sign-in records.

use serde::{Deserialize, Serialize};

use super::{PersonId, Timestamp};

/// One sign-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SignIn {
    /// Who.
    pub person: PersonId,
    /// The user name in the pool.
    pub username: String,
    /// The address for mail, where the pool knows it.
    pub email: Option<String>,
    /// When.
    pub at: Timestamp,
}
