//! A distribution that is brought along: which of its behaviors get the gate, as data.

mod error;
mod plan;

pub use error::AssociationError;
pub use plan::{Associated, Behavior, with_gate};
