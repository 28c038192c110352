//! Running the command in-process, and reading what it found.

use ops::failure::Exit;
use serde_json::Value;
use tests::operator::parapet_for_people;

/// What came of one run.
#[derive(Debug)]
pub(super) struct Examination {
    pub(super) exit: Exit,
    pub(super) out: String,
}

impl Examination {
    /// The findings of a check, with their severity.
    pub(super) fn of(&self, check: &str) -> Vec<(String, String)> {
        let text = |finding: &Value, member: &str| finding[member].as_str().unwrap().to_owned();
        let findings = self.json()["findings"].as_array().unwrap().clone();
        let its = findings.iter().filter(|finding| finding["check"] == check);
        its.map(|finding| (text(finding, "severity"), text(finding, "problem"))).collect()
    }

    /// Expects one finding of a check among its findings that says this.
    #[track_caller]
    pub(super) fn found(&self, check: &str, severity: &str, says: &str) {
        let findings = self.of(check);
        let is_it = |(its, problem): &(String, String)| its == severity && problem.contains(says);
        assert!(findings.iter().any(is_it), "{check}: {says} in {}", self.out);
    }

    /// The checks that found nothing and looked at everything.
    pub(super) fn fine(&self) -> Vec<String> {
        serde_json::from_value(self.json()["fine"].clone()).unwrap()
    }

    /// Why a check was not made, or not in full.
    pub(super) fn not_checked(&self, check: &str) -> Option<String> {
        let unknown = self.json()["not_checked"].as_array().unwrap().clone();
        unknown.iter().find(|one| one["check"] == check).map(|one| one["why"].as_str().unwrap().to_owned())
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error} in {}", self.out))
    }
}

/// Runs `parapet doctor` for a program.
pub(super) async fn doctor(arguments: &[&str]) -> Examination {
    run(arguments, true).await
}

/// Runs `parapet doctor` for a person.
pub(super) async fn doctor_for_people(arguments: &[&str]) -> Examination {
    run(arguments, false).await
}

async fn run(arguments: &[&str], json: bool) -> Examination {
    let format: &[&str] = if json { &["--json"] } else { &[] };
    let run = parapet_for_people(&[&["doctor"], arguments, format].concat()).await;
    Examination { exit: run.exit, out: run.out }
}
