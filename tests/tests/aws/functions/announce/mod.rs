//! `announce`, which the arrival of a manifest starts.

pub(super) mod setting;

mod faults;
mod recorded;
