//! What is wrong with a configuration.

use std::cell::RefCell;
use std::fmt;

/// One problem: where it is, and what was expected there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The member, such as `user_pool.issuers[0]`; empty for the whole document.
    pub member: String,
    /// What was expected, and what was found where that is no secret.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.member.is_empty() {
            f.write_str(&self.message)
        } else {
            write!(f, "{}: {}", self.member, self.message)
        }
    }
}

/// All problems of a configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    /// The problems, in the order in which they stand in the document; at least one.
    pub problems: Vec<Problem>,
}

impl ConfigError {
    pub(super) fn not_json(cause: &str) -> ConfigError {
        let message = format!("expected a JSON document: {cause}");
        ConfigError { problems: vec![Problem { member: String::new(), message }] }
    }
}

impl std::error::Error for ConfigError {}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, problem) in self.problems.iter().enumerate() {
            if number > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

/// Where problems are gathered while a document is read.
#[derive(Debug, Default)]
pub(super) struct Problems(RefCell<Vec<Problem>>);

impl Problems {
    pub(super) fn add(&self, member: String, message: String) {
        self.0.borrow_mut().push(Problem { member, message });
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.borrow().is_empty()
    }

    pub(super) fn into_error(self) -> ConfigError {
        ConfigError { problems: self.0.into_inner() }
    }
}
