//! `record-sign-in`, which the user pool calls and waits for.

pub(super) mod setting;

mod faults;
mod recorded;
mod repeated;
