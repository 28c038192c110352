//! Why there are no sealing keys.

use super::key_ring::KeyRingProblem;
use crate::aws::CallError;
use crate::failure::{Exit, NextStep};
use crate::moment::NoRandomness;

/// Why there are no sealing keys, or why they were not changed.
#[derive(Debug, thiserror::Error)]
pub enum SealingKeysError {
    /// Parameter Store did not do what was asked.
    #[error(transparent)]
    Aws(#[from] CallError),
    /// No key can be drawn.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// The parameter holds something else. What it holds is not told.
    #[error("the parameter {parameter} holds no sealing keys: {problem}")]
    NoKeys {
        /// Its name.
        parameter: String,
        /// What is wrong with it.
        problem: KeyRingProblem,
    },
    /// It was there a moment ago.
    #[error("the parameter {parameter} was deleted meanwhile")]
    Gone {
        /// Its name.
        parameter: String,
    },
    /// Somebody else wrote.
    #[error(
        "the parameter {parameter} was changed by somebody else: version {read} was read, version {found} is there"
    )]
    Changed {
        /// Its name.
        parameter: String,
        /// The version that was read.
        read: i64,
        /// The version that is there now.
        found: i64,
    },
    /// There is nothing to rotate.
    #[error("the parameter {parameter} does not exist: there is no key to rotate yet")]
    NoneYet {
        /// Its name.
        parameter: String,
    },
    /// One more would not fit.
    #[error("there are {count} sealing keys already, expected fewer than {most}")]
    TooMany {
        /// How many there are.
        count: usize,
        /// How many there may be.
        most: usize,
    },
}

impl NextStep for SealingKeysError {
    fn next_step(&self) -> String {
        match self {
            SealingKeysError::Aws(error) => error.next_step(),
            SealingKeysError::NoRandomness(_) => "run the command again".to_owned(),
            SealingKeysError::NoKeys { parameter, .. } => {
                format!(
                    "delete {parameter} in us-east-1, then run parapet deploy edge, which makes a new key"
                )
            }
            SealingKeysError::Gone { .. } | SealingKeysError::NoneYet { .. } => {
                "run parapet deploy edge, which makes a key".to_owned()
            }
            SealingKeysError::Changed { .. } => {
                "look at parapet keys list; if your key is missing there, run parapet keys rotate again"
                    .to_owned()
            }
            SealingKeysError::TooMany { .. } => {
                "let the oldest go with parapet keys rotate --drop-old".to_owned()
            }
        }
    }

    fn exit(&self) -> Exit {
        Exit::Failed
    }
}
