//! Releases: how far a publication is.

pub(super) mod read;
pub(super) mod retry;
