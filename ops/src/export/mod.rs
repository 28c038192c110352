//! Taking all content out: markdown with front matter, as `parapet import` and other systems read it.
//!
//! Entries lie under `content/` in the folders of their addresses, pictures under `static/`, and the site's own settings in
//! `site.json`.

mod error;
mod file;
mod run;

pub use error::ExportError;
pub use run::{Export, Exported};
