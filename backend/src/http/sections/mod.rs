//! Sections: path prefixes with an audience, a listing and perhaps a feed.

pub(super) mod create;
pub(super) mod delete;
pub(super) mod list;
pub(super) mod save;
