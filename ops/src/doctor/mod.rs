//! `doctor`: finds the mistakes that people make with gates of this kind, and says how to mend each.
//!
//! All facts are gathered once ([`gather`]); the checks are pure functions of them. A check says what it found, or which
//! fact it lacks: what could not be looked at is never taken for right.

mod checks;
mod content_security_policy;
mod fact;
pub mod facts;
mod finding;
pub mod gather;
mod markup;

use serde::Serialize;

pub use fact::{Fact, Unknown};
pub use facts::Facts;
pub use finding::{Finding, Found, NotChecked, Severity};

use checks::CHECKS;

/// What the policies of one page forbid it, for whoever looks at pages before they are deployed.
#[must_use]
pub fn forbidden_by_policy(page: &facts::Page, hosts: &[String]) -> Vec<Finding> {
    let mut found = Found::by("content-policy", "");
    checks::judge_page(page, hosts, &mut found);
    found.into_findings()
}

/// What came of all checks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnosis {
    /// What was found, the worst first.
    pub findings: Vec<Finding>,
    /// What was not looked at, or not all of it.
    pub not_checked: Vec<NotChecked>,
    /// The checks that looked at everything and found nothing.
    pub fine: Vec<&'static str>,
}

impl Diagnosis {
    /// Runs every check.
    #[must_use]
    pub fn of(facts: &Facts) -> Diagnosis {
        let mut diagnosis = Diagnosis { findings: Vec::new(), not_checked: Vec::new(), fine: Vec::new() };
        for check in CHECKS {
            let mut found = Found::by(check.name, check.reference);
            let outcome = (check.run)(facts, &mut found);
            let findings = found.into_findings();
            match outcome {
                Ok(()) if findings.is_empty() => diagnosis.fine.push(check.name),
                Ok(()) => {}
                Err(why) => {
                    diagnosis.not_checked.push(NotChecked { check: check.name, why: why.to_string() });
                }
            }
            diagnosis.findings.extend(findings);
        }
        diagnosis.findings.sort_by_key(|finding| finding.severity);
        diagnosis
    }

    /// How many findings there are of a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    /// Whether somebody cannot do what they should, or can do what they should not.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        self.count(Severity::Broken) > 0
    }
}
