//! The configuration that a version of the gate runs with: it lies in the version's package.

use std::io::{self, Cursor};

use super::package_of;
use crate::aws::{CallError, Cloud};
use crate::failure::{Exit, NextStep};
use crate::package::{LIMIT, configuration};

/// The configuration that a version of the gate runs with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeployedConfig {
    /// The package's key in the packages' bucket.
    pub package: String,
    /// The text of its `edge-auth.json`.
    pub text: String,
}

/// Why it cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum DeployedConfigError {
    /// There is no such version.
    #[error("Lambda knows no {version}")]
    NoVersion {
        /// Its ARN.
        version: String,
    },
    /// Lambda does not say which package it is.
    #[error("Lambda tells no SHA-256 of the package of {version}")]
    NoHash {
        /// Its ARN.
        version: String,
    },
    /// Its package is gone.
    #[error("the package {package} is gone from {bucket}")]
    Gone {
        /// Where the package was.
        package: String,
        /// The packages' bucket.
        bucket: String,
    },
    /// Something else lies in the package's place.
    #[error("the package {package} holds no readable edge-auth.json")]
    Unreadable {
        /// Where the package is.
        package: String,
        /// What is wrong with it.
        source: io::Error,
    },
    /// AWS cannot be asked.
    #[error(transparent)]
    Aws(#[from] CallError),
}

impl NextStep for DeployedConfigError {
    fn next_step(&self) -> String {
        match self {
            DeployedConfigError::Aws(error) => error.next_step(),
            _ => "deploy the gate anew: parapet deploy edge".to_owned(),
        }
    }

    fn exit(&self) -> Exit {
        match self {
            DeployedConfigError::Aws(error) => error.exit(),
            _ => Exit::Failed,
        }
    }
}

impl DeployedConfig {
    /// Reads that of the version with this ARN out of the packages' bucket. `cloud` is the account in the region of both.
    ///
    /// # Errors
    ///
    /// When there is no such version, its package is gone or none, or AWS cannot be asked.
    pub async fn read(
        cloud: &Cloud,
        bucket: &str,
        version: &str,
    ) -> Result<DeployedConfig, DeployedConfigError> {
        let no_version = || DeployedConfigError::NoVersion { version: version.to_owned() };
        let found = cloud.function_version(version).await?.ok_or_else(no_version)?;
        let no_hash = |_| DeployedConfigError::NoHash { version: version.to_owned() };
        let package = package_of(&found).map_err(no_hash)?.key;
        let limit = usize::try_from(LIMIT).unwrap_or(usize::MAX);
        let Some(object) = cloud.bucket(bucket).read(&package, limit).await? else {
            return Err(DeployedConfigError::Gone { package, bucket: bucket.to_owned() });
        };
        match configuration(Cursor::new(object.bytes)) {
            Ok(text) => Ok(DeployedConfig { package, text }),
            Err(source) => Err(DeployedConfigError::Unreadable { package, source }),
        }
    }
}
