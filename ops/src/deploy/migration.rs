//! Migrating the database: a function in its network does it, and this waits for the function.

use serde::Deserialize;

use crate::aws::{CallError, Cloud};
use crate::failure::{Exit, NextStep};

/// Why the database is not as the API wants it.
#[derive(Debug, thiserror::Error)]
pub enum MigrationError {
    /// The function could not be asked.
    #[error(transparent)]
    Aws(#[from] CallError),
    /// It failed.
    #[error("the function {function} failed: {reason}")]
    Failed {
        /// Its name.
        function: String,
        /// What it said.
        reason: String,
    },
}

impl NextStep for MigrationError {
    fn next_step(&self) -> String {
        match self {
            MigrationError::Aws(error) => error.next_step(),
            MigrationError::Failed { function, .. } => {
                format!("read its log group /aws/lambda/{function}, then run parapet deploy backend again")
            }
        }
    }

    fn exit(&self) -> Exit {
        match self {
            MigrationError::Aws(error) => error.exit(),
            MigrationError::Failed { .. } => Exit::Failed,
        }
    }
}

/// What Lambda says of a function that failed.
#[derive(Deserialize)]
struct FunctionError {
    #[serde(rename = "errorMessage")]
    message: String,
}

/// Has the function bring the database to the tables of the API. It may be done again at will.
///
/// # Errors
///
/// When it fails; what it had done by then is undone.
pub async fn migrate(cloud: &Cloud, function: &str) -> Result<(), MigrationError> {
    let invoked = cloud.invoke(function, "{}").await?;
    if !invoked.failed {
        return Ok(());
    }
    let said = serde_json::from_str::<FunctionError>(&invoked.answer).map(|error| error.message);
    Err(MigrationError::Failed { function: function.to_owned(), reason: said.unwrap_or(invoked.answer) })
}
