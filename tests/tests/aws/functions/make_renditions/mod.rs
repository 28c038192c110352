//! `make-renditions`, which the arrival of an upload starts.

mod exif;
pub(super) mod setting;

mod faults;
mod hostile;
mod orientations;
mod recorded;
