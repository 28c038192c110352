//! A call to the API that did not do what was asked.

use content::wire::{Problem, ProblemType};

use crate::failure::NextStep;
use crate::sign_in::SignInError;
use crate::web_client::WebError;

/// A call that failed.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// No answer came.
    #[error(transparent)]
    Web(#[from] WebError),
    /// Nobody is signed in any more.
    #[error(transparent)]
    SignIn(#[from] SignInError),
    /// The API said why not.
    #[error("{doing} was refused: {}", in_words(.problem))]
    Problem {
        /// What was being done.
        doing: String,
        /// Its reason.
        problem: Box<Problem>,
    },
    /// Something else answered.
    #[error("{doing} was answered with status {status}, expected an answer of the API")]
    Unexpected {
        /// What was being done.
        doing: String,
        /// The status.
        status: u16,
    },
}

impl ApiError {
    /// The API's reason, where it gave one.
    #[must_use]
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            ApiError::Problem { problem, .. } => Some(problem),
            _ => None,
        }
    }
}

/// A problem in one line.
fn in_words(problem: &Problem) -> String {
    let members = problem.errors.iter().map(|error| format!("{} {}", error.pointer, error.detail));
    let mut words = problem.detail.clone().unwrap_or_else(|| problem.title.clone());
    for member in members {
        words.push_str("; ");
        words.push_str(&member);
    }
    words
}

impl NextStep for ApiError {
    fn next_step(&self) -> String {
        match self {
            ApiError::Web(error) => error.next_step(),
            ApiError::SignIn(error) => error.next_step(),
            ApiError::Problem { problem, .. } => match problem.kind {
                ProblemType::Unauthorized => "run parapet sign-in again".to_owned(),
                ProblemType::Forbidden => "sign in as somebody who may do that: parapet sign-in".to_owned(),
                _ => "mend that, then run the command again: it goes on where it stopped".to_owned(),
            },
            ApiError::Unexpected { .. } => {
                "check that --site is the address of a site with the CMS behind it".to_owned()
            }
        }
    }
}
