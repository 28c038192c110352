//! Media items: pictures and files, each in a section that decides who may see it.

pub(super) mod copy;
pub(super) mod create;
pub(super) mod delete;
pub(super) mod list;
pub(super) mod read;
pub(super) mod replace;
pub(super) mod save;
