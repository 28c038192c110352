//! Entries: something with an address.

pub(super) mod bulk;
pub(super) mod create;
pub(super) mod delete;
pub(super) mod list;
pub(super) mod presence;
pub(super) mod preview;
pub(super) mod publish;
pub(super) mod read;
pub(super) mod restore;
pub(super) mod save;
pub(super) mod schedule;
pub(super) mod unpublish;
pub(super) mod unschedule;
