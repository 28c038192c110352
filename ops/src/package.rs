//! The Lambda@Edge package: a zip archive of the handler module, the binary and its configuration, which is checked as the
//! gate checks it.

use std::fs;
use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::read::DeflateDecoder;
use gate::config::{Config, ConfigError};
use pack::{Archive, ArchiveError, Entry, EntryError};
use zip::{CompressionMethod, ZipArchive};

use crate::failure::{Exit, NextStep};

/// The largest package that is written, in bytes. Lambda@Edge takes 50 MB; a small package starts sooner.
pub const LIMIT: u64 = 2 * 1_048_576;

/// The configuration's name in a package.
const CONFIGURATION: &str = "edge-auth.json";
/// The longest configuration that is read, in bytes: a whole package has no more.
const LONGEST_CONFIGURATION: u64 = LIMIT;

/// The inputs of a package.
#[derive(Debug, Clone)]
pub struct Package {
    /// The binary `edge-auth`.
    pub binary: PathBuf,
    /// The handler module `index.py`.
    pub handler: PathBuf,
    /// The configuration `edge-auth.json`.
    pub config: PathBuf,
}

/// Why no package was written.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    /// An input is missing or unreadable.
    #[error("cannot read the {what} {}", path.display())]
    Input {
        /// The part that the file plays in the package.
        what: &'static str,
        /// Where it was looked for.
        path: PathBuf,
        /// The operating system's reason.
        source: io::Error,
    },
    /// The configuration is wrong. The gate would not start with it, and CloudFront would answer 503 to everybody.
    #[error("{} is wrong:\n{problems}", path.display())]
    Config {
        /// Where it is.
        path: PathBuf,
        /// All that is wrong with it.
        problems: ConfigError,
    },
    /// It was not packed.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// A part of it has a wrong name.
    #[error(transparent)]
    Entry(#[from] EntryError),
}

impl Package {
    /// Writes the package to `out`, whose directory is made if needed, and returns its size in bytes.
    ///
    /// # Errors
    ///
    /// When an input cannot be read, the configuration is wrong, the package would exceed [`LIMIT`], or `out` cannot be written; a file that
    /// stood at `out` stays as it was.
    pub fn write(&self, out: &Path) -> Result<u64, PackageError> {
        let archive = self.archive()?;
        archive.write(out)?;
        Ok(archive.size())
    }

    /// Reads the inputs and makes the package, without writing it.
    ///
    /// # Errors
    ///
    /// When an input cannot be read, the configuration is wrong, or the package would exceed [`LIMIT`].
    pub fn archive(&self) -> Result<Archive, PackageError> {
        let config = read("configuration", &self.config)?;
        check(&config, &self.config)?;
        archive(&read("binary", &self.binary)?, &read("handler module", &self.handler)?, &config)
    }
}

/// Packs the three parts. The configuration is one that the gate starts with.
///
/// # Errors
///
/// When the package would exceed [`LIMIT`].
pub fn archive(binary: &[u8], handler: &[u8], config: &[u8]) -> Result<Archive, PackageError> {
    let entry = |name: &str, bytes: &[u8]| Entry::new(name, bytes.to_vec());
    let entries = [entry("index.py", handler)?, entry("edge-auth", binary)?, entry(CONFIGURATION, config)?];
    Ok(Archive::new(&entries, LIMIT)?)
}

/// SHA-256 in base64, as Lambda's `CodeSha256`.
#[must_use]
pub fn code_sha256(archive: &Archive) -> String {
    STANDARD.encode(archive.sha256())
}

/// The text of the configuration in a package, such as one that was deployed.
///
/// # Errors
///
/// When it is no zip archive, or holds no `edge-auth.json` that is text.
pub fn configuration(package: impl Read + Seek) -> io::Result<String> {
    let mut archive = ZipArchive::new(package)?;
    let none = || io::Error::new(io::ErrorKind::InvalidData, "the package holds no edge-auth.json");
    let position = archive.index_for_name(CONFIGURATION).ok_or_else(none)?;
    let entry = archive.by_index_raw(position)?;
    let mut text = String::new();
    match entry.compression() {
        CompressionMethod::Stored => entry.take(LONGEST_CONFIGURATION).read_to_string(&mut text)?,
        _ => DeflateDecoder::new(entry).take(LONGEST_CONFIGURATION).read_to_string(&mut text)?,
    };
    Ok(text)
}

/// Reads the configuration as the gate does at its start.
fn check(config: &[u8], path: &Path) -> Result<(), PackageError> {
    match Config::parse(&String::from_utf8_lossy(config)) {
        Ok(_) => Ok(()),
        Err(problems) => Err(PackageError::Config { path: path.to_owned(), problems }),
    }
}

impl NextStep for PackageError {
    fn next_step(&self) -> String {
        match self {
            PackageError::Input { what: "binary", .. } => "build it with make build".to_owned(),
            PackageError::Input { what, .. } => format!("name the {what} that exists"),
            PackageError::Config { path, .. } => {
                format!("mend {}, then run the command again", path.display())
            }
            PackageError::Archive(ArchiveError::Output { .. }) => {
                "make room, or name another place with --out".to_owned()
            }
            PackageError::Archive(ArchiveError::TooLarge { .. }) => {
                "shorten the configuration: its JWKS and routes are part of the package".to_owned()
            }
            PackageError::Archive(ArchiveError::Zip(_)) | PackageError::Entry(_) => {
                "run the command again; should it fail again, report it with --verbose".to_owned()
            }
        }
    }

    fn exit(&self) -> Exit {
        match self {
            PackageError::Config { .. } => Exit::Config,
            _ => Exit::Failed,
        }
    }
}

fn read(what: &'static str, path: &Path) -> Result<Vec<u8>, PackageError> {
    fs::read(path).map_err(|source| PackageError::Input { what, path: path.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    #[test]
    fn the_configuration_comes_out_of_a_package_as_it_went_in() {
        let text = include_str!("../../edge-auth/edge-auth.local.json");
        let archive = archive(b"\x7fELF", b"import os", text.as_bytes()).unwrap();
        assert_eq!(configuration(Cursor::new(archive.bytes())).unwrap(), text);
        let said = |package: &[u8]| configuration(Cursor::new(package)).unwrap_err().to_string();
        assert!(said(b"no zip").contains("invalid Zip archive"), "{}", said(b"no zip"));
        let mut other = ZipWriter::new(Cursor::new(Vec::new()));
        other.start_file("index.py", SimpleFileOptions::default()).unwrap();
        other.write_all(b"import os").unwrap();
        let other = other.finish().unwrap().into_inner();
        assert_eq!(said(&other), "the package holds no edge-auth.json");
    }
}
