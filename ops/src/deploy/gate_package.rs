//! The gate's package: its configuration from what is deployed, the archive, and its place in the packages' bucket.
//!
//! Packing takes seconds. So beside the packages lies, under a hash of what was packed, where the result is: who
//! deploys the same again packs nothing.

use std::io;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use delivery::{Body, Bucket, CallError, Condition, ObjectHeaders};
use md5::Md5;
use pack::Archive;
use sha2::{Digest, Sha256};

use crate::failure::{Exit, NextStep};
use crate::package::{PackageError, archive, code_sha256};
use crate::stacks::PackageLocation;

/// Starts the binary; it is the same in every package.
const HANDLER: &[u8] = include_bytes!("../../../edge-auth/package/index.py");
/// Where packages lie.
const FOLDER: &str = "edge-auth";
/// The longest note of where a package is, in bytes.
const NOTE_LIMIT: usize = 4_096;

/// What a package is made of.
#[derive(Clone)]
pub struct PackageInputs {
    binary: Vec<u8>,
    config: String,
}

/// A package that was made.
#[derive(Clone)]
pub struct GatePackage {
    archive: Archive,
    location: PackageLocation,
    note: String,
}

/// Why there is no package.
#[derive(Debug, thiserror::Error)]
pub enum GatePackageError {
    /// The binary cannot be read.
    #[error("cannot read the gate's binary {}", path.display())]
    Binary {
        /// Where it was looked for.
        path: PathBuf,
        /// The operating system's reason.
        source: io::Error,
    },
    /// It cannot be packed.
    #[error(transparent)]
    Package(#[from] PackageError),
    /// It cannot be put into its place.
    #[error(transparent)]
    Aws(#[from] CallError),
}

impl NextStep for GatePackageError {
    fn next_step(&self) -> String {
        match self {
            GatePackageError::Binary { .. } => {
                "build it with make build, or name it with --binary".to_owned()
            }
            GatePackageError::Package(error) => error.next_step(),
            GatePackageError::Aws(error) => error.next_step(),
        }
    }

    fn exit(&self) -> Exit {
        match self {
            GatePackageError::Package(error) => error.exit(),
            GatePackageError::Aws(error) => error.exit(),
            GatePackageError::Binary { .. } => Exit::Failed,
        }
    }
}

impl PackageInputs {
    /// Reads the binary; `config` is the text of `edge-auth.json`.
    ///
    /// # Errors
    ///
    /// When the binary cannot be read.
    pub fn read(binary: &Path, config: String) -> Result<PackageInputs, GatePackageError> {
        let path = binary.to_owned();
        let binary = std::fs::read(binary).map_err(|source| GatePackageError::Binary { path, source })?;
        Ok(PackageInputs { binary, config })
    }

    /// Where the package of these inputs lies, if it was made before.
    ///
    /// # Errors
    ///
    /// When the bucket cannot be read.
    pub async fn known(&self, bucket: &Bucket) -> Result<Option<PackageLocation>, GatePackageError> {
        let note = bucket.read(&self.note(), NOTE_LIMIT).await?;
        let location = note.and_then(|note| serde_json::from_slice::<PackageLocation>(&note.bytes).ok());
        match location {
            Some(location) if bucket.head(&location.key).await?.is_some() => Ok(Some(location)),
            _ => Ok(None),
        }
    }

    /// Packs, which takes seconds.
    ///
    /// # Errors
    ///
    /// When the package would be too large.
    pub fn pack(&self) -> Result<GatePackage, GatePackageError> {
        let archive = archive(&self.binary, HANDLER, self.config.as_bytes())?;
        let key = key(&Sha256::digest(archive.bytes()));
        let location = PackageLocation { key, sha256: code_sha256(&archive) };
        Ok(GatePackage { archive, location, note: self.note() })
    }

    fn note(&self) -> String {
        let parts = [HANDLER, &self.binary, self.config.as_bytes()];
        let digests: Vec<u8> = parts.iter().flat_map(Sha256::digest).collect();
        format!("{FOLDER}/packed/{}.json", hex(&Sha256::digest(digests)))
    }
}

impl GatePackage {
    /// Where it lies once it is put there.
    #[must_use]
    pub fn location(&self) -> &PackageLocation {
        &self.location
    }

    /// Its size in bytes.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.archive.size()
    }

    /// Puts it into the packages' bucket, unless it is there.
    ///
    /// # Errors
    ///
    /// When it cannot be put there.
    pub async fn upload(&self, bucket: &Bucket) -> Result<(), GatePackageError> {
        let key = &self.location.key;
        if bucket.head(key).await?.is_none() {
            put(bucket, key, self.archive.bytes().to_vec(), "application/zip").await?;
        }
        // Only now: whoever finds the note finds the package.
        let note = serde_json::to_vec(&self.location).unwrap_or_default();
        put(bucket, &self.note, note, "application/json").await
    }
}

/// The keys are hashes, so that what stands there already is what would be put.
async fn put(bucket: &Bucket, key: &str, bytes: Vec<u8>, kind: &str) -> Result<(), GatePackageError> {
    let headers = ObjectHeaders::new(kind, "no-store");
    let md5 = STANDARD.encode(Md5::digest(&bytes));
    bucket.put(key, Body::bytes(bytes).with_md5(&md5), &headers, &Condition::Absent).await?;
    Ok(())
}

/// Where the package of this SHA-256 lies.
pub(super) fn key(sha256: &[u8]) -> String {
    format!("{FOLDER}/{}.zip", hex(sha256))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_lies_under_its_own_hash_and_is_noted_under_that_of_its_parts() {
        let inputs = |config: &str| PackageInputs { binary: b"binary".to_vec(), config: config.to_owned() };
        let (one, other) = (inputs("{}").pack().unwrap(), inputs("{ }").pack().unwrap());
        let digest = STANDARD.decode(&one.location().sha256).unwrap();
        assert_eq!(one.location().key, format!("edge-auth/{}.zip", hex(&digest)));
        assert_eq!(inputs("{}").pack().unwrap().location(), one.location());
        assert_ne!(one.location(), other.location());
        assert_ne!(one.note, other.note);
        assert!(one.note.starts_with("edge-auth/packed/"));
    }
}
