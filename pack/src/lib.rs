//! Packs functions: zip archives for Lambda, and images of one static binary, without Docker.
//!
//! The same inputs give the same bytes, so that a deployment can tell from a hash whether there is anything to deploy.

mod archive;
mod elf;
mod entry;
mod image;

pub use archive::{Archive, ArchiveError};
pub use elf::{Elf, ElfError};
pub use entry::{Entry, EntryError};
pub use image::{Image, ImageError, Layout, LayoutError};
