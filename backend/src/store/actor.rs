//! Who acts.

use content::wire::PersonId;

/// Somebody who changes something. Whoever acts becomes known by their user name until they say what they are called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The `sub` of their tokens.
    pub id: PersonId,
    /// Their user name in the pool.
    pub username: String,
}
