//! The packages of the functions, as a build has left them, and their place in the bucket of their region.

use std::io;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use delivery::{Body, Bucket, CallError, Condition, ObjectHeaders};
use md5::Md5;
use sha2::{Digest, Sha256};

use crate::failure::{Exit, NextStep};

/// A function's package.
pub struct FunctionPackage {
    key: String,
    bytes: Vec<u8>,
}

/// Why a package is not in its place.
#[derive(Debug, thiserror::Error)]
pub enum FunctionPackageError {
    /// It cannot be read.
    #[error("cannot read the package {}", path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
        /// The operating system's reason.
        source: io::Error,
    },
    /// It cannot be put into its place.
    #[error(transparent)]
    Aws(#[from] CallError),
}

impl NextStep for FunctionPackageError {
    fn next_step(&self) -> String {
        match self {
            FunctionPackageError::Missing { .. } => {
                "build it with make build, or say where it is with --packages".to_owned()
            }
            FunctionPackageError::Aws(error) => error.next_step(),
        }
    }

    fn exit(&self) -> Exit {
        match self {
            FunctionPackageError::Missing { .. } => Exit::Failed,
            FunctionPackageError::Aws(error) => error.exit(),
        }
    }
}

impl FunctionPackage {
    /// Reads the package of the function `name` out of a folder.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub fn read(folder: &Path, name: &str) -> Result<FunctionPackage, FunctionPackageError> {
        let path = folder.join(format!("{name}.zip"));
        let bytes = std::fs::read(&path).map_err(|source| FunctionPackageError::Missing { path, source })?;
        let hash: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(FunctionPackage { key: format!("{name}/{hash}.zip"), bytes })
    }

    /// Its key, which its content decides: CloudFormation sees by it whether there is anything to deploy.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Puts it into the bucket, unless it is there. Returns whether it was put.
    ///
    /// # Errors
    ///
    /// When it cannot be put there.
    pub async fn upload(self, bucket: &Bucket) -> Result<bool, FunctionPackageError> {
        if bucket.head(&self.key).await?.is_some() {
            return Ok(false);
        }
        let headers = ObjectHeaders::new("application/zip", "no-store");
        let md5 = STANDARD.encode(Md5::digest(&self.bytes));
        bucket.put(&self.key, Body::bytes(self.bytes).with_md5(&md5), &headers, &Condition::Absent).await?;
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_lies_under_its_function_and_its_own_hash() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("announce.zip"), "zip").unwrap();
        let package = FunctionPackage::read(folder.path(), "announce").unwrap();
        let hash = package.key().strip_prefix("announce/").unwrap().strip_suffix(".zip").unwrap();
        assert_eq!(hash.len(), 64);
        let error = FunctionPackage::read(folder.path(), "backend").err().unwrap();
        assert!(error.to_string().ends_with("backend.zip") && error.next_step().contains("make build"));
    }
}
