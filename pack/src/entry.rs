//! A file in a package: its name, its bytes, and who may run it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::elf::Elf;

/// For everyone to read: Lambda does not run functions as the owner of their files.
const READ: u32 = 0o644;
/// For everyone to run.
const RUN: u32 = 0o755;

/// A file in a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    name: String,
    bytes: Vec<u8>,
}

/// A file that is not packed.
#[derive(Debug, thiserror::Error)]
pub enum EntryError {
    /// A name that would leave the package, or is none.
    #[error("the name {0:?} is wrong: expected a relative path without empty parts and dots")]
    Name(String),
    /// A file that cannot be read.
    #[error("cannot read {}", path.display())]
    Unreadable {
        /// Where it was looked for.
        path: PathBuf,
        /// The operating system's reason.
        source: io::Error,
    },
}

impl Entry {
    /// Of these bytes, under this path.
    ///
    /// # Errors
    ///
    /// When the name is no relative path.
    pub fn new(name: &str, bytes: Vec<u8>) -> Result<Entry, EntryError> {
        let is_part = |part: &str| !matches!(part, "" | "." | "..") && !part.chars().any(char::is_control);
        if !name.split('/').all(is_part) {
            return Err(EntryError::Name(name.to_owned()));
        }
        Ok(Entry { name: name.to_owned(), bytes })
    }

    /// Of the bytes of a file.
    ///
    /// # Errors
    ///
    /// When the name is no relative path, or the file cannot be read.
    pub fn read(name: &str, path: &Path) -> Result<Entry, EntryError> {
        let bytes =
            fs::read(path).map_err(|source| EntryError::Unreadable { path: path.to_owned(), source })?;
        Entry::new(name, bytes)
    }

    /// Its path in the package.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Its content.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Its mode: a program may be run, all else is read. It follows from the content, because the mode of a file on disk
    /// differs from machine to machine.
    #[must_use]
    pub fn mode(&self) -> u32 {
        if Elf::is_one(&self.bytes) || self.bytes.starts_with(b"#!") { RUN } else { READ }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stays_inside_of_the_package() {
        for name in ["bootstrap", "etc/ssl/certs/ca.crt", ".hidden"] {
            assert!(Entry::new(name, Vec::new()).is_ok(), "{name}");
        }
        for name in ["", "/bootstrap", "a//b", "../a", "a/./b", "a/", "a\nb"] {
            assert!(matches!(Entry::new(name, Vec::new()), Err(EntryError::Name(_))), "{name:?}");
        }
    }

    #[test]
    fn only_programs_may_be_run() {
        let mode = |bytes: &[u8]| Entry::new("a", bytes.to_vec()).unwrap().mode();
        assert_eq!(mode(b"\x7fELF and so on"), 0o755);
        assert_eq!(mode(b"#!/bin/sh"), 0o755);
        assert_eq!(mode(b"import os"), 0o644);
        assert_eq!(mode(b""), 0o644);
    }
}
