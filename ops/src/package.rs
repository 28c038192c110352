//! The Lambda@Edge package: a zip archive of the handler module, the binary and its configuration.
//!
//! The same inputs give the same bytes: the order, the timestamps and the modes are fixed, so that a deployment can
//! tell from a hash whether there is anything to deploy. Compression is by zopfli, because every byte counts
//! towards the limit and a package is read far more often than made.

use std::fs;
use std::io::{self, Cursor, Read, Seek, Write};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use edge_auth::config::{Config, ConfigError};
use flate2::read::DeflateDecoder;
use sha2::{Digest, Sha256};
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use crate::failure::{Exit, NextStep};

/// The largest package that is written, in bytes: what every version of Lambda@Edge has accepted.
pub const LIMIT: u64 = 1_048_576;

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
    /// The archive could not be made.
    #[error("cannot make the archive")]
    Archive(#[from] ZipError),
    /// The archive could not be written to its place.
    #[error("cannot write the package {}", path.display())]
    Output {
        /// Where it was to be.
        path: PathBuf,
        /// The operating system's reason.
        source: io::Error,
    },
    /// The archive is larger than Lambda@Edge may accept.
    #[error("the package would be {size} bytes, expected at most {LIMIT}")]
    TooLarge {
        /// Its size in bytes.
        size: u64,
    },
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
        Archive::new(&read("binary", &self.binary)?, &read("handler module", &self.handler)?, &config)
    }
}

/// A package in memory.
#[derive(Clone, PartialEq, Eq)]
pub struct Archive(Vec<u8>);

impl Archive {
    /// Packs the three parts. The configuration is one that the gate starts with.
    ///
    /// # Errors
    ///
    /// When the package would exceed [`LIMIT`].
    pub fn new(binary: &[u8], handler: &[u8], config: &[u8]) -> Result<Archive, PackageError> {
        let entries = [
            ("index.py", MODE_READ, handler),
            ("edge-auth", MODE_RUN, binary),
            (CONFIGURATION, MODE_READ, config),
        ];
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, mode, content) in entries {
            zip.start_file(name, options().unix_permissions(mode))?;
            zip.write_all(content).map_err(ZipError::from)?;
        }
        let archive = Archive(zip.finish()?.into_inner());
        if archive.size() > LIMIT {
            Err(PackageError::TooLarge { size: archive.size() })
        } else {
            Ok(archive)
        }
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

    /// SHA-256 in base64, as Lambda's `CodeSha256`.
    #[must_use]
    pub fn sha256(&self) -> String {
        STANDARD.encode(Sha256::digest(&self.0))
    }

    /// Writes it to `out`, whose directory is made if needed.
    ///
    /// # Errors
    ///
    /// When `out` cannot be written; a file that stood there stays as it was.
    pub fn write(&self, out: &Path) -> Result<(), PackageError> {
        replace(out, &self.0).map_err(|source| PackageError::Output { path: out.to_owned(), source })
    }
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
            PackageError::Archive(_) => {
                "run the command again; should it fail again, report it with --verbose".to_owned()
            }
            PackageError::Output { .. } => "make room, or name another place with --out".to_owned(),
            PackageError::TooLarge { .. } => {
                "shorten the configuration: its JWKS and routes are part of the package".to_owned()
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

/// For everyone to read: Lambda does not run functions as the owner of their files.
const MODE_READ: u32 = 0o644;
/// For everyone to run.
const MODE_RUN: u32 = 0o755;

/// The `zip` crate's levels from 10 on are zopfli with that many iterations less nine; further ones gain nothing.
const LEVEL: i64 = 9 + 15;

fn options() -> SimpleFileOptions {
    SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(LEVEL))
        // Unbuffered, an entry is compressed as a whole and not in pieces of the buffer's size.
        .with_zopfli_buffer(None)
        .last_modified_time(DateTime::DEFAULT)
}

fn read(what: &'static str, path: &Path) -> Result<Vec<u8>, PackageError> {
    fs::read(path).map_err(|source| PackageError::Input { what, path: path.to_owned(), source })
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
    use super::*;

    #[test]
    fn the_configuration_comes_out_of_a_package_as_it_went_in() {
        let text = include_str!("../../edge-auth/edge-auth.local.json");
        let archive = Archive::new(b"\x7fELF", b"import os", text.as_bytes()).unwrap();
        assert_eq!(configuration(Cursor::new(archive.bytes())).unwrap(), text);
        let said = |package: &[u8]| configuration(Cursor::new(package)).unwrap_err().to_string();
        assert!(said(b"no zip").contains("invalid Zip archive"), "{}", said(b"no zip"));
        let mut other = ZipWriter::new(Cursor::new(Vec::new()));
        other.start_file("index.py", options()).unwrap();
        let other = other.finish().unwrap().into_inner();
        assert_eq!(said(&other), "the package holds no edge-auth.json");
    }
}
