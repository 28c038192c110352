//! What is wrong, as the operator is told.

use serde::Serialize;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Somebody cannot do what they should, or can do what they should not.
    Broken,
    /// It works until something happens.
    Risky,
    /// It works, and could be better.
    Hint,
}

impl Severity {
    /// The word for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Severity::Broken => "broken",
            Severity::Risky => "risky",
            Severity::Hint => "hint",
        }
    }
}

/// Something to mend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The check that found it.
    pub check: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, with what was seen and what was expected. Never a secret.
    pub problem: String,
    /// How to mend it: a command, or a line to change.
    pub mend: String,
    /// Where to read on.
    pub reference: &'static str,
}

/// A check that was not made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NotChecked {
    /// Its name.
    pub check: &'static str,
    /// Which fact it lacks, and why.
    pub why: String,
}

/// What one check finds.
#[derive(Debug)]
pub struct Found {
    check: &'static str,
    reference: &'static str,
    findings: Vec<Finding>,
}

impl Found {
    /// Nothing yet. `reference` is for all that the check finds.
    #[must_use]
    pub(super) fn by(check: &'static str, reference: &'static str) -> Found {
        Found { check, reference, findings: Vec::new() }
    }

    /// Somebody cannot do what they should, or can do what they should not.
    pub fn broken(&mut self, problem: impl Into<String>, mend: impl Into<String>) {
        self.add(Severity::Broken, problem.into(), mend.into());
    }

    /// It works until something happens.
    pub fn risky(&mut self, problem: impl Into<String>, mend: impl Into<String>) {
        self.add(Severity::Risky, problem.into(), mend.into());
    }

    /// It works, and could be better.
    pub fn hint(&mut self, problem: impl Into<String>, mend: impl Into<String>) {
        self.add(Severity::Hint, problem.into(), mend.into());
    }

    fn add(&mut self, severity: Severity, problem: String, mend: String) {
        let Found { check, reference, .. } = *self;
        self.findings.push(Finding { check, severity, problem, mend, reference });
    }

    pub(super) fn into_findings(self) -> Vec<Finding> {
        self.findings
    }
}
