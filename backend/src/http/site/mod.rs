//! The site's settings.

pub(super) mod read;
pub(super) mod save;
