//! Invalidations: which paths CloudFront's caches shall forget, how many that may be at a time, and waiting until they
//! have.
//!
//! A path is checked and percent-encoded when it is read ([`InvalidationPath`]), many paths become few without losing
//! one ([`collapse`]), and [`run`] takes them to CloudFront in batches under its limits.

mod batch;
mod collapse;
mod cost;
mod path;
mod run;

pub use batch::{Batch, Batches, Reference, ReferenceError};
pub use collapse::collapse;
pub use cost::Cost;
pub use path::{InvalidationPath, PathProblem};
pub use run::{InvalidationError, create, wait};
