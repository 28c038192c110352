//! Why nothing was taken out.

use std::io;
use std::path::PathBuf;

use crate::api::ApiError;
use crate::failure::NextStep;

/// Why nothing was taken out.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The API does not give it.
    #[error(transparent)]
    Api(#[from] ApiError),
    /// The folder holds something.
    #[error("{} is not empty", .0.display())]
    NotEmpty(PathBuf),
    /// A file cannot be written.
    #[error("cannot write {}", path.display())]
    Output {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}

impl NextStep for ExportError {
    fn next_step(&self) -> String {
        match self {
            ExportError::Api(error) => error.next_step(),
            ExportError::NotEmpty(_) => "name a new folder".to_owned(),
            ExportError::Output { .. } => "make room, or name another folder".to_owned(),
        }
    }
}
