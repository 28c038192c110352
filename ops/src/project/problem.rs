//! What is wrong with a project file.

use std::cell::RefCell;
use std::fmt;

/// One problem: where it is, and what was expected there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The key, such as `site.domains[0]`; empty for the whole file.
    pub key: String,
    /// What was expected, and what was found.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.key.is_empty() {
            f.write_str(&self.message)
        } else {
            write!(f, "{}: {}", self.key, self.message)
        }
    }
}

/// Where problems are gathered while a file is read.
#[derive(Debug, Default)]
pub(super) struct Problems(RefCell<Vec<Problem>>);

impl Problems {
    /// Notes a problem, once.
    pub(super) fn add(&self, key: impl Into<String>, message: impl Into<String>) {
        let problem = Problem { key: key.into(), message: message.into() };
        let mut problems = self.0.borrow_mut();
        if !problems.contains(&problem) {
            problems.push(problem);
        }
    }

    /// Notes that a key is not what it should be.
    pub(super) fn wrong(&self, key: &str, expected: &str, found: &str) {
        self.add(key, format!("expected {expected}, found {found}"));
    }

    /// Whether this key, or one inside of it, is wrong.
    pub(super) fn has(&self, key: &str) -> bool {
        self.0.borrow().iter().any(|problem| {
            problem.key.strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        })
    }

    pub(super) fn into_problems(self) -> Vec<Problem> {
        self.0.into_inner()
    }

    pub(super) fn into_result<T>(self, value: T) -> Result<T, Vec<Problem>> {
        let problems = self.0.into_inner();
        if problems.is_empty() { Ok(value) } else { Err(problems) }
    }
}
