//! Why the CMS does not run on this machine.

use std::{io, path::PathBuf};

use crate::{
    backend::BackendError,
    bucket, dynamodb,
    functions::{DeclaredError, FunctionsError},
    local::first_site::FirstSiteError,
    pool::IssueError,
};

/// Why the CMS does not run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CmsError {
    /// The folder of the data cannot be used.
    #[error("the data folder {path}")]
    Data {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The functions' template cannot be run.
    #[error("infra/functions.yaml cannot be run")]
    Template(#[from] DeclaredError),
    /// The functions do not run.
    #[error(transparent)]
    Functions(#[from] FunctionsError),
    /// The kept records cannot be used.
    #[error(transparent)]
    Records(#[from] dynamodb::KeptError),
    /// The kept objects cannot be used.
    #[error(transparent)]
    Bucket(#[from] bucket::KeptError),
    /// The API does not run.
    #[error(transparent)]
    Backend(#[from] BackendError),
    /// The pool gives no token for the first site.
    #[error("the user pool gives no token for the first site")]
    Token(#[from] IssueError),
    /// The first site is not there.
    #[error("the first site could not be published")]
    FirstSite(#[from] FirstSiteError),
}
