//! Why no project file was written.

use std::path::PathBuf;

use crate::failure::{Exit, NextStep};
use crate::project::Problem;

/// Why no project file was written.
#[derive(Debug, thiserror::Error)]
pub enum InitError {
    /// There is one.
    #[error("{} exists already", path.display())]
    Exists {
        /// Where it is.
        path: PathBuf,
    },
    /// Somebody has to say it, and there is nobody to ask.
    #[error("{} missing, and there is nobody to ask, because standard input is no terminal", flags.join(" and "))]
    Missing {
        /// The flags that say it.
        flags: Vec<&'static str>,
    },
    /// What was said makes no project.
    #[error("that makes no project:\n{}", problems.iter().map(|problem| format!("  {problem}")).collect::<Vec<_>>().join("\n"))]
    Wrong {
        /// Everything that is wrong, by the project file's keys.
        problems: Vec<Problem>,
    },
    /// The file cannot be written.
    #[error("cannot write the project file {}", path.display())]
    Unwritable {
        /// Where it was to be.
        path: PathBuf,
        /// The operating system's reason.
        source: std::io::Error,
    },
}

impl NextStep for InitError {
    fn next_step(&self) -> String {
        match self {
            InitError::Exists { path } => {
                format!(
                    "change {} by hand, write another one with --project, or this one anew with --force",
                    path.display()
                )
            }
            InitError::Missing { flags } => {
                format!("say it with {}; parapet init --help shows an example", flags.join(" and "))
            }
            InitError::Wrong { .. } => {
                "say it again with flags that fit; parapet init --help lists them".to_owned()
            }
            InitError::Unwritable { .. } => "name a place that you may write to with --project".to_owned(),
        }
    }

    fn exit(&self) -> Exit {
        match self {
            InitError::Missing { .. } | InitError::Wrong { .. } => Exit::Usage,
            InitError::Exists { .. } | InitError::Unwritable { .. } => Exit::Failed,
        }
    }
}
