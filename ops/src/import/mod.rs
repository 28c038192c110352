//! Bringing content in: folders of markdown (Hugo, Zola, Jekyll), Ghost's JSON, WordPress's WXR.
//!
//! What is read becomes [`Document`]s, which know nothing of the API; [`Import`] creates and publishes them. Each keeps a
//! source id, so that a second run changes nothing and an interrupted one goes on. No accounts are brought along, nothing
//! is fetched from the web, and whatever could not be taken over is said beside its entry.

mod address;
mod dates;
mod document;
mod error;
mod folder;
mod front_matter;
mod ghost;
mod html;
mod links;
mod pictures;
mod run;
mod shortcodes;
mod wordpress;

use std::path::Path;

pub use document::{Document, NewSectionAt, Picture, Read, SectionSettings};
pub use error::ImportError;
pub use run::{Import, Imported, Outcome};

/// Reads a folder or an export file.
///
/// # Errors
///
/// When it cannot be read, or is nothing that is known.
pub fn read(path: &Path) -> Result<Read, ImportError> {
    if path.is_dir() {
        return folder::read(path);
    }
    let unreadable = |source| ImportError::Unreadable { path: path.to_owned(), source };
    let text = std::fs::read_to_string(path).map_err(unreadable)?;
    let text = text.trim_start_matches('\u{feff}');
    let beside = path.parent().unwrap_or(Path::new("."));
    match text.trim_start().chars().next() {
        Some('{') => ghost::read(text, beside),
        Some('<') => wordpress::read(text, beside),
        _ => Err(ImportError::Unknown { path: path.to_owned() }),
    }
}
