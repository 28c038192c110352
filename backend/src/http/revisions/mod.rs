//! Revisions: immutable versions of an entry's content.

pub(super) mod list;
pub(super) mod read;
pub(super) mod restore;
