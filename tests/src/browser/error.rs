//! What can go wrong with a browser.

use fantoccini::error::{CmdError, NewSessionError};
use url::Url;

/// Why a browser did not do what it was told, or did not show what was expected.
#[derive(Debug, thiserror::Error)]
pub enum BrowserError {
    /// The browser's driver could not be started.
    #[error("the browser's driver cannot be started; `make setup-tests` installs it")]
    Driver(#[source] std::io::Error),
    /// The driver started and did not say where it listens.
    #[error(
        "the browser's driver did not say on which port it listens, but: {0:?}; `make setup-tests` installs one that does"
    )]
    NoPort(String),
    /// No browser came.
    #[error("the browser cannot be started; `make setup-tests` installs it with its driver")]
    Session(#[source] Box<NewSessionError>),
    /// A file or folder could not be used.
    #[error("{0}")]
    File(String, #[source] std::io::Error),
    /// The driver refused a command.
    #[error("the browser refused: {0}")]
    Command(Box<CmdError>),
    /// An address is none.
    #[error("expected an address")]
    Address(#[from] url::ParseError),
    /// The page never came to show what was expected.
    #[error("expected {expected}, found {url}, which says:\n{text}")]
    Expected {
        /// What was waited for.
        expected: String,
        /// Where the browser is.
        url: Box<Url>,
        /// What can be read there.
        text: String,
    },
    /// A script answered something else.
    #[error("expected {expected} from a script in the page, found {found}")]
    Answer {
        /// What it should have answered.
        expected: &'static str,
        /// What it did.
        found: serde_json::Value,
    },
}

impl From<CmdError> for BrowserError {
    fn from(error: CmdError) -> BrowserError {
        BrowserError::Command(Box::new(error))
    }
}
