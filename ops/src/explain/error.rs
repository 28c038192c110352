//! Why nothing can be explained.

use std::path::PathBuf;

use gate::config::ConfigError;
use gate::event::EventError;

use crate::aws::CallError;
use crate::deploy::DeployedConfigError;
use crate::failure::{Exit, NextStep};
use crate::stacks::NotDeployed;

/// Why nothing can be explained.
#[derive(Debug, thiserror::Error)]
pub enum ExplainError {
    /// The event cannot be read.
    #[error("cannot read the event {}", path.display())]
    UnreadableEvent {
        /// Where it was looked for.
        path: PathBuf,
        /// The operating system's reason.
        source: std::io::Error,
    },
    /// It is no event.
    #[error(transparent)]
    NoEvent(#[from] EventError),
    /// The text that should be a URL is none.
    #[error(
        "expected a URL such as https://docs.example.com/guide/, without spaces and user names, found {text:?}"
    )]
    NoUrl {
        /// The text.
        text: String,
    },
    /// A header field is none. It is not repeated: it may hold a token.
    #[error("expected header fields as \"Name: value\", and none for Host, which the URL names")]
    NoHeader,
    /// A cookie is none. It is not repeated: it may hold a token.
    #[error("expected cookies as name=value, found something else at --cookie number {position}")]
    NoCookie {
        /// Which of them, counted from 1.
        position: usize,
    },
    /// An event says everything about its request.
    #[error("--method, --header and --cookie describe a request to a URL, and an event was given")]
    EventWithParts,
    /// The gate's configuration cannot be read.
    #[error("cannot read the gate's configuration {}", path.display())]
    UnreadableConfig {
        /// Where it was looked for.
        path: PathBuf,
        /// The operating system's reason.
        source: std::io::Error,
    },
    /// The gate would not start with it.
    #[error("{} is wrong:\n{problems}", path.display())]
    Config {
        /// Where it is.
        path: PathBuf,
        /// All that is wrong with it.
        problems: ConfigError,
    },
    /// Nobody is asked before the site.
    #[error("the distribution {distribution} asks no function before it answers")]
    NoGate {
        /// Its id.
        distribution: String,
    },
    /// Something is not deployed yet.
    #[error(transparent)]
    NotDeployed(#[from] NotDeployed),
    /// The deployed configuration cannot be had.
    #[error(transparent)]
    Deployed(#[from] DeployedConfigError),
    /// AWS cannot be asked.
    #[error(transparent)]
    Aws(#[from] CallError),
}

impl NextStep for ExplainError {
    fn next_step(&self) -> String {
        match self {
            ExplainError::UnreadableEvent { .. } => {
                "name the file of an event, a URL that begins with https://, or - for standard input".to_owned()
            }
            ExplainError::NoEvent(_) => {
                "give a viewer-request event as CloudFront sends it, or a URL: parapet explain --help shows how"
                    .to_owned()
            }
            ExplainError::UnreadableConfig { .. } => {
                "name an edge-auth.json with --config, or leave the option away to use the project file".to_owned()
            }
            ExplainError::Config { path, .. } => format!("mend {}, then run the command again", path.display()),
            ExplainError::NoGate { .. } => {
                "deploy the gate with parapet deploy edge; with a distribution brought along, associate it by hand"
                    .to_owned()
            }
            ExplainError::NotDeployed(error) => error.next_step(),
            ExplainError::Deployed(error) => error.next_step(),
            ExplainError::Aws(error) => error.next_step(),
            ExplainError::NoUrl { .. }
            | ExplainError::NoHeader
            | ExplainError::NoCookie { .. }
            | ExplainError::EventWithParts => "look at the example in parapet explain --help".to_owned(),
        }
    }

    fn exit(&self) -> Exit {
        match self {
            ExplainError::NoEvent(_) | ExplainError::Config { .. } => Exit::Config,
            ExplainError::UnreadableEvent { .. }
            | ExplainError::UnreadableConfig { .. }
            | ExplainError::NoGate { .. } => Exit::Failed,
            ExplainError::NotDeployed(error) => error.exit(),
            ExplainError::Deployed(error) => error.exit(),
            ExplainError::Aws(error) => error.exit(),
            _ => Exit::Usage,
        }
    }
}
