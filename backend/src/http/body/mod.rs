//! Bodies of requests, each read into its wire type: what comes out is within all limits.

mod bulk;
mod entry;
mod me;
mod media;
mod publish;
mod redirect;
mod schedule;
mod section;
mod site;

pub(crate) use bulk::read as bulk;
pub(crate) use entry::{NewEntryBody, changed as changed_entry, new as new_entry};
pub(crate) use me::read as me;
pub(crate) use media::{changed as changed_media, copy as media_copy, new as new_media, replacement};
pub(crate) use publish::read as publish;
pub(crate) use redirect::read as redirect;
pub(crate) use schedule::read as schedule;
pub(crate) use section::read as section;
pub(crate) use site::read as site;
