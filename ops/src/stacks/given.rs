//! What a part's stack is given that stands in neither the project file nor an output.

use std::collections::BTreeMap;
use std::fmt;

/// A package of the gate, where the edge stack finds it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PackageLocation {
    /// Its key in the packages' bucket.
    pub key: String,
    /// SHA-256 in base64, as Lambda's `CodeSha256`.
    pub sha256: String,
}

/// What a stack is given besides. What is not given stays as the stack has it.
#[derive(Clone, Default)]
pub struct Given {
    /// The gate's package, for [`Part::Edge`](super::Part::Edge).
    pub package: Option<PackageLocation>,
    /// The keys of the functions' packages, by the parameters that they are for.
    pub keys: BTreeMap<&'static str, String>,
    /// The user pool's keys, for [`Part::Backend`](super::Part::Backend).
    pub jwks: Option<String>,
    /// What the distribution shows to the API, and what the API takes besides.
    pub origin_secrets: Vec<String>,
}

impl Given {
    /// The gate's package alone.
    #[must_use]
    pub fn package(package: PackageLocation) -> Given {
        Given { package: Some(package), ..Given::default() }
    }
}

/// Secrets stay out of logs.
impl fmt::Debug for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Given")
            .field("package", &self.package)
            .field("keys", &self.keys)
            .finish_non_exhaustive()
    }
}
