//! Why nobody is signed in.

use std::io;
use std::path::PathBuf;

use crate::failure::{Exit, NextStep};
use crate::moment::NoRandomness;
use crate::web_client::WebError;

/// Why nobody is signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The site or the user pool does not answer.
    #[error(transparent)]
    Web(#[from] WebError),
    /// The site sends nobody to a user pool.
    #[error("{site} does not say where people sign in: {reason}")]
    NoGate {
        /// Its address.
        site: String,
        /// What it answered.
        reason: String,
    },
    /// Every loopback port is taken.
    #[error("the ports for the browser's way back are taken: {0}")]
    NoPort(String),
    /// The user pool refused the sign-in, or somebody did in its place.
    #[error("the sign-in was refused: {0}")]
    Refused(String),
    /// Nobody came back.
    #[error("nobody signed in within {0} minutes")]
    Nobody(u64),
    /// The session has ended.
    #[error("the session at {site} has ended: {reason}")]
    Ended {
        /// The site.
        site: String,
        /// What the user pool says.
        reason: String,
    },
    /// Nobody has signed in on this machine.
    #[error("nobody is signed in to {site} on this machine")]
    NotSignedIn {
        /// The site.
        site: String,
    },
    /// The tokens cannot be kept or read.
    #[error("cannot use {}", path.display())]
    Store {
        /// Where they are.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// There is no place for them.
    #[error("there is no folder for the session: neither XDG_STATE_HOME nor HOME is set")]
    NoHome,
    /// There is no randomness for the code verifier.
    #[error(transparent)]
    Randomness(#[from] NoRandomness),
}

impl NextStep for SignInError {
    fn next_step(&self) -> String {
        match self {
            SignInError::Web(error) => error.next_step(),
            SignInError::NoGate { .. } => {
                "name the site's address as people open it, such as --site https://www.example.com".to_owned()
            }
            SignInError::NoPort(_) => "end the program that uses them, then run the command again".to_owned(),
            SignInError::Refused(_) | SignInError::Nobody(_) => "run parapet sign-in again".to_owned(),
            SignInError::Ended { site, .. } | SignInError::NotSignedIn { site } => {
                format!("run parapet sign-in --site {site}")
            }
            SignInError::Store { .. } => {
                "make the file one that only you may read and write, or remove it".to_owned()
            }
            SignInError::NoHome => "set HOME".to_owned(),
            SignInError::Randomness(_) => "run the command again".to_owned(),
        }
    }

    fn exit(&self) -> Exit {
        Exit::Failed
    }
}
