//! Invalidations as the operator sees them: what they cost, and waiting for them.

mod cost;
mod error;
mod run;

pub use cost::Cost;
pub use run::{create, wait};
