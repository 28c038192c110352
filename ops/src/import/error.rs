//! Why nothing could be read.

use std::io;
use std::path::PathBuf;

use crate::failure::{Exit, NextStep};

/// Why nothing could be read.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A file or folder that cannot be read.
    #[error("cannot read {}", path.display())]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file that is nothing that is known.
    #[error("{} is neither Ghost's JSON nor WordPress's WXR", path.display())]
    Unknown {
        /// Which.
        path: PathBuf,
    },
    /// A folder without a document.
    #[error("{} holds no markdown file", path.display())]
    Empty {
        /// Which.
        path: PathBuf,
    },
    /// JSON that is no export of Ghost's.
    #[error("the file is no export of Ghost's")]
    Ghost(#[source] serde_json::Error),
    /// XML that is no export of WordPress's.
    #[error("the file is no export of WordPress's: {0}")]
    WordPress(String),
}

impl NextStep for ImportError {
    fn next_step(&self) -> String {
        match self {
            ImportError::Unreadable { .. } => "name a file or folder that you may read".to_owned(),
            ImportError::Unknown { .. } | ImportError::Empty { .. } => {
                "name a folder of markdown files, Ghost's export (Settings, Export) or WordPress's (Tools, Export)"
                    .to_owned()
            }
            ImportError::Ghost(_) => "export again in Ghost (Settings, Import/Export)".to_owned(),
            ImportError::WordPress(_) => "export again in WordPress (Tools, Export, All content)".to_owned(),
        }
    }

    fn exit(&self) -> Exit {
        Exit::Config
    }
}
