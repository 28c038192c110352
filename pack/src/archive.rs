//! A function's zip archive: order, timestamps and modes are fixed, so that the same inputs give the same bytes.

use std::fs;
use std::io::{self, Cursor, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::entry::Entry;

/// A zip archive in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archive(Vec<u8>);

/// Why there is no archive.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// It could not be made.
    #[error("cannot make the archive")]
    Zip(#[from] ZipError),
    /// It is larger than it may be.
    #[error("the package would be {size} bytes, expected at most {limit}")]
    TooLarge {
        /// Its size in bytes.
        size: u64,
        /// The largest that is written.
        limit: u64,
    },
    /// It could not be written to its place.
    #[error("cannot write the package {}", path.display())]
    Output {
        /// Where it was to be.
        path: PathBuf,
        /// The operating system's reason.
        source: io::Error,
    },
}

impl Archive {
    /// Packs these files in their order, into at most `limit` bytes.
    ///
    /// # Errors
    ///
    /// When two have the same name, or the archive would exceed the limit.
    pub fn new(entries: &[Entry], limit: u64) -> Result<Archive, ArchiveError> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for entry in entries {
            zip.start_file(entry.name(), options().unix_permissions(entry.mode()))?;
            zip.write_all(entry.bytes()).map_err(ZipError::from)?;
        }
        let archive = Archive(zip.finish()?.into_inner());
        let size = archive.size();
        if size > limit { Err(ArchiveError::TooLarge { size, limit }) } else { Ok(archive) }
    }

    /// The bytes of the zip archive.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Its size in bytes.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.0.len() as u64
    }

    /// Its SHA-256 digest.
    #[must_use]
    pub fn sha256(&self) -> [u8; 32] {
        Sha256::digest(&self.0).into()
    }

    /// Writes it to `out`, whose directory is made if needed.
    ///
    /// # Errors
    ///
    /// When `out` cannot be written; a file that stood there stays as it was.
    pub fn write(&self, out: &Path) -> Result<(), ArchiveError> {
        replace(out, &self.0).map_err(|source| ArchiveError::Output { path: out.to_owned(), source })
    }
}

fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(9))
        .last_modified_time(DateTime::DEFAULT)
}

/// Puts `content` at `path` in one step, so that no one ever sees half a package.
fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    if let Some(directory) = path.parent() {
        fs::create_dir_all(directory)?;
    }
    let unfinished = path.with_extension("zip.unfinished");
    fs::write(&unfinished, content)?;
    fs::rename(unfinished, path)
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use zip::ZipArchive;

    use super::*;

    fn entries() -> Vec<Entry> {
        let entry = |name: &str, bytes: &[u8]| Entry::new(name, bytes.to_vec()).unwrap();
        vec![entry("index.py", b"import os\n"), entry("edge-auth", b"\x7fELF, again and again and again")]
    }

    /// Bytes that no compression makes shorter: a xorshift sequence.
    fn incompressible(length: usize) -> Vec<u8> {
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state.to_le_bytes()[3]
        };
        (0..length).map(|_| next()).collect()
    }

    #[test]
    fn the_same_inputs_give_the_same_bytes() {
        let archive = Archive::new(&entries(), 10_000).unwrap();
        assert_eq!(archive, Archive::new(&entries(), 10_000).unwrap());
        let turned: Vec<Entry> = entries().into_iter().rev().collect();
        assert_ne!(archive.sha256(), Archive::new(&turned, 10_000).unwrap().sha256());
    }

    #[test]
    fn entries_have_their_names_modes_order_and_content() {
        let archive = Archive::new(&entries(), 10_000).unwrap();
        let mut zip = ZipArchive::new(Cursor::new(archive.bytes())).unwrap();
        assert_eq!(zip.len(), 2);
        for (index, (entry, mode)) in entries().iter().zip([0o100_644, 0o100_755]).enumerate() {
            let mut packed = zip.by_index(index).unwrap();
            assert_eq!(packed.name().unwrap(), entry.name());
            assert_eq!(packed.unix_mode(), Some(mode));
            assert_eq!(packed.last_modified(), Some(DateTime::DEFAULT));
            let mut bytes = Vec::new();
            packed.read_to_end(&mut bytes).unwrap();
            assert_eq!(bytes, entry.bytes());
        }
    }

    #[test]
    fn a_package_over_the_limit_is_refused() {
        let of = |length| vec![Entry::new("a", incompressible(length)).unwrap()];
        let size = Archive::new(&of(5_000), u64::MAX).unwrap().size();
        assert!(Archive::new(&of(5_000), size).is_ok());
        let refusal = Archive::new(&of(5_000), size - 1).unwrap_err();
        assert_eq!(
            refusal.to_string(),
            format!("the package would be {size} bytes, expected at most {}", size - 1)
        );
    }

    #[test]
    fn a_package_is_written_in_one_step() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("dist/a.zip");
        let archive = Archive::new(&entries(), 10_000).unwrap();
        archive.write(&out).unwrap();
        assert_eq!(fs::read(&out).unwrap(), archive.bytes());
        assert_eq!(fs::read_dir(out.parent().unwrap()).unwrap().count(), 1);
    }
}
