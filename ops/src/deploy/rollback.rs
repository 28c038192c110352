//! Going back to an earlier package of the gate.
//!
//! Every package stays in the packages' bucket and every version in Lambda. Going back deploys the earlier package
//! anew: it gets a new number, because CloudFormation publishes it, but it is the same bytes.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::aws::FunctionVersion;
use crate::failure::{Exit, NextStep};
use crate::stacks::PackageLocation;

/// Why there is nothing to go back to.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum RollbackError {
    /// Nothing was published before.
    #[error("there is no package before the one that is deployed")]
    NothingBefore,
    /// There is no such version.
    #[error("the gate has no version {number}, expected one of {known}")]
    NoSuchVersion {
        /// What was asked for.
        number: u64,
        /// What there is.
        known: String,
    },
    /// It is the one that is deployed.
    #[error("version {number} has the package that is deployed")]
    Deployed {
        /// What was asked for.
        number: u64,
    },
    /// Its package is gone.
    #[error("the package of version {number}, {key}, is not in the packages' bucket any more")]
    PackageGone {
        /// What was asked for.
        number: u64,
        /// Where the package was.
        key: String,
    },
    /// Lambda does not say which package it was.
    #[error("the hash of version {number} is no SHA-256 in base64")]
    NoHash {
        /// What was asked for.
        number: u64,
    },
}

impl NextStep for RollbackError {
    fn next_step(&self) -> String {
        match self {
            RollbackError::NothingBefore => {
                "change the project file or the binary instead, then run parapet deploy edge".to_owned()
            }
            RollbackError::NoSuchVersion { .. } | RollbackError::Deployed { .. } => {
                "name another one with --to; parapet rollback --dry-run lists them".to_owned()
            }
            RollbackError::PackageGone { .. } | RollbackError::NoHash { .. } => {
                "choose another version with --to, or build the package again: parapet deploy edge".to_owned()
            }
        }
    }

    fn exit(&self) -> Exit {
        match self {
            RollbackError::NoSuchVersion { .. } | RollbackError::Deployed { .. } => Exit::Usage,
            _ => Exit::Failed,
        }
    }
}

/// The version to go back to: the one that is asked for, else the newest from before the deployed package was first
/// published. So going back twice goes back twice, and not to and fro. `deployed` is the hash of the deployed package,
/// `versions` are in the order of their numbers.
///
/// # Errors
///
/// When there is none.
pub fn version_to_go_back_to<'a>(
    versions: &'a [FunctionVersion],
    deployed: &str,
    wanted: Option<u64>,
) -> Result<&'a FunctionVersion, RollbackError> {
    let Some(number) = wanted else {
        let before = versions.iter().take_while(|version| version.sha256 != deployed);
        return before.last().ok_or(RollbackError::NothingBefore);
    };
    let version = versions.iter().find(|version| version.number == number).ok_or_else(|| {
        let known: Vec<_> = versions.iter().map(|version| version.number.to_string()).collect();
        RollbackError::NoSuchVersion { number, known: known.join(", ") }
    })?;
    if version.sha256 == deployed { Err(RollbackError::Deployed { number }) } else { Ok(version) }
}

/// Where a version's package lies.
///
/// # Errors
///
/// When its hash is none.
pub fn package_of(version: &FunctionVersion) -> Result<PackageLocation, RollbackError> {
    let digest = STANDARD.decode(&version.sha256).ok().filter(|digest| digest.len() == 32);
    let digest = digest.ok_or(RollbackError::NoHash { number: version.number })?;
    Ok(PackageLocation { key: super::gate_package::key(&digest), sha256: version.sha256.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn versions(packages: &[&str]) -> Vec<FunctionVersion> {
        let version = |(number, sha256): (u64, &&str)| FunctionVersion {
            number,
            arn: format!("arn:{number}"),
            sha256: (*sha256).to_owned(),
            published: String::new(),
        };
        (1..).zip(packages).map(version).collect()
    }

    fn chosen(packages: &[&str], deployed: &str, wanted: Option<u64>) -> Result<u64, RollbackError> {
        version_to_go_back_to(&versions(packages), deployed, wanted).map(|version| version.number)
    }

    #[test]
    fn going_back_twice_goes_back_twice() {
        assert_eq!(chosen(&["a", "b", "c"], "c", None), Ok(2));
        assert_eq!(chosen(&["a", "b", "c", "b"], "b", None), Ok(1));
        assert_eq!(chosen(&["a", "b", "c", "b", "a"], "a", None), Err(RollbackError::NothingBefore));
        assert_eq!(chosen(&[], "a", None), Err(RollbackError::NothingBefore));
    }

    #[test]
    fn a_version_can_be_named() {
        assert_eq!(chosen(&["a", "b"], "a", Some(2)), Ok(2));
        assert_eq!(chosen(&["a", "b"], "b", Some(2)), Err(RollbackError::Deployed { number: 2 }));
        let known = "1, 2".to_owned();
        assert_eq!(chosen(&["a", "b"], "b", Some(3)), Err(RollbackError::NoSuchVersion { number: 3, known }));
    }

    #[test]
    fn a_package_is_found_by_its_hash() {
        let mut version = versions(&["a"]).remove(0);
        assert_eq!(package_of(&version), Err(RollbackError::NoHash { number: 1 }));
        version.sha256 = STANDARD.encode([0xab; 32]);
        assert_eq!(package_of(&version).unwrap().key, format!("edge-auth/{}.zip", "ab".repeat(32)));
    }
}
