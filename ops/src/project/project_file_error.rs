//! Why there is no project.

use std::path::PathBuf;

use super::problem::Problem;
use crate::failure::{Exit, NextStep};

/// Why there is no project.
#[derive(Debug, thiserror::Error)]
pub enum ProjectFileError {
    /// The file cannot be read.
    #[error("cannot read the project file {}", path.display())]
    Unreadable {
        /// Where it was looked for.
        path: PathBuf,
        /// The operating system's reason.
        source: std::io::Error,
    },
    /// It holds something wrong.
    #[error("{} is wrong:\n{}", path.display(), lines(problems))]
    Wrong {
        /// Where it is.
        path: PathBuf,
        /// Everything that is wrong, each with the key and what was expected.
        problems: Vec<Problem>,
    },
}

impl NextStep for ProjectFileError {
    fn next_step(&self) -> String {
        match self {
            ProjectFileError::Unreadable { .. } => {
                "write one with parapet init, or name yours with --project".to_owned()
            }
            ProjectFileError::Wrong { path, .. } => {
                format!("mend {}, then run the command again", path.display())
            }
        }
    }

    fn exit(&self) -> Exit {
        Exit::Config
    }
}

fn lines(problems: &[Problem]) -> String {
    problems.iter().map(|problem| format!("  {problem}")).collect::<Vec<_>>().join("\n")
}
