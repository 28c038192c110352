//! A failure as the operator sees it: what is wrong, and what to do next.
//!
//! Every error of this crate says its own next step; [`Failure`] is made from it by `?` and printed once, in `main`.

use std::error::Error;
use std::fmt;

/// How a command ended, as a shell sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// What was asked for was done.
    Done = 0,
    /// It was not: AWS, the network or the disk refused.
    Failed = 1,
    /// The command line is wrong (clap's own code).
    Usage = 2,
    /// A file that the operator writes is wrong: the project file, an event, a template.
    Config = 3,
    /// There is something to mend: `doctor` found mistakes.
    Findings = 4,
    /// Nothing was done, because nobody confirmed it.
    Unconfirmed = 5,
    /// It was interrupted; running the command again goes on.
    Interrupted = 130,
}

/// An error that knows what the operator can do about it.
pub trait NextStep: Error {
    /// What to do next, as a sentence in the imperative without a full stop.
    fn next_step(&self) -> String;

    /// What the shell is told.
    fn exit(&self) -> Exit {
        Exit::Failed
    }
}

/// Why a command ended without having done what was asked.
#[derive(Debug)]
pub struct Failure {
    message: String,
    next_step: String,
    exit: Exit,
}

impl Failure {
    /// What is wrong, with its causes, outermost first.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What to do about it.
    #[must_use]
    pub fn next_step(&self) -> &str {
        &self.next_step
    }

    /// What the shell is told.
    #[must_use]
    pub fn exit(&self) -> Exit {
        self.exit
    }
}

impl<E: NextStep> From<E> for Failure {
    fn from(error: E) -> Failure {
        Failure { message: chain(&error), next_step: error.next_step(), exit: error.exit() }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n  next: {}", self.message, self.next_step)
    }
}

/// The error and its causes, each said once: some errors repeat their cause in their own words.
#[must_use]
pub fn chain(error: &dyn Error) -> String {
    let mut said = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let words = error.to_string();
        if !said.contains(&words) {
            said.push_str(": ");
            said.push_str(&words);
        }
        cause = error.source();
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("cannot deploy the site")]
    struct Outer(#[source] Inner);

    #[derive(Debug, thiserror::Error)]
    #[error("the bucket is gone")]
    struct Inner;

    impl NextStep for Outer {
        fn next_step(&self) -> String {
            "deploy the stack again".to_owned()
        }
    }

    #[test]
    fn a_failure_says_its_causes_and_the_next_step() {
        let failure = Failure::from(Outer(Inner));
        assert_eq!(
            failure.to_string(),
            "cannot deploy the site: the bucket is gone\n  next: deploy the stack again"
        );
        assert_eq!(failure.exit(), Exit::Failed);
    }
}
