//! `announce`, which the arrival of a manifest starts.

mod setting;

mod faults;
mod recorded;
