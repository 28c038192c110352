//! Invalidations: what CloudFront's caches shall forget, how much that may be at a time, and waiting until they have.
//!
//! A [`Target`] is a path or a cache tag. Many paths become few without losing one ([`collapse`]), [`Batches`] keeps
//! CloudFront's limits, and [`Distribution`] takes a batch to CloudFront.

mod batch;
mod collapse;
#[cfg(feature = "cloudfront")]
mod distribution;
mod path;
#[cfg(feature = "cloudfront")]
mod patience;
mod tag;
mod target;

pub use batch::{Batch, Batches, Reference, ReferenceError};
pub use collapse::collapse;
#[cfg(feature = "cloudfront")]
pub use distribution::{Delay, Distribution, Invalidation, InvalidationError};
pub use path::{InvalidationPath, PathProblem};
#[cfg(feature = "cloudfront")]
pub use patience::Patience;
pub use tag::{CacheTag, TagProblem};
pub use target::{Target, TargetProblem};
