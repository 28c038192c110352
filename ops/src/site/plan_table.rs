//! A plan as people read it: what happens, to what, and why; long lists are cut.

use std::fmt;

use super::plan::Plan;
use super::step::{Action, Step};
use crate::report::Count;

/// How many objects are named for each action.
const NAMED: usize = 20;

impl Action {
    fn verb(self) -> &'static str {
        match self {
            Action::Conflict => "conflict",
            Action::Upload => "upload",
            Action::Remove => "remove",
            Action::RemoveLater => "remove later",
            Action::Leave => "leave",
            Action::Keep => "keep",
        }
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for action in [Action::Conflict, Action::Upload, Action::Remove, Action::RemoveLater, Action::Leave] {
            let steps: Vec<&Step> = self.steps.iter().filter(|step| step.action == action).collect();
            for step in steps.iter().take(NAMED) {
                writeln!(f, "{:<13} {}  ({})", action.verb(), step.key.escape_debug(), step.reason)?;
            }
            if steps.len() > NAMED {
                writeln!(f, "{:<13} … and {} more", action.verb(), steps.len() - NAMED)?;
            }
        }
        for path in self.paths.iter().take(NAMED) {
            writeln!(f, "{:<13} {path}", "invalidate")?;
        }
        if self.paths.len() > NAMED {
            writeln!(f, "{:<13} … and {} more", "invalidate", self.paths.len() - NAMED)?;
        }
        write!(
            f,
            "{} to upload, {} to remove, {} to remove later, {} unchanged, {} of others left alone, {} to invalidate",
            self.count(Action::Upload),
            self.count(Action::Remove),
            self.count(Action::RemoveLater),
            self.count(Action::Keep),
            self.count(Action::Leave),
            Count::of(self.paths.len(), "path"),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::super::step::Reason;
    use super::*;

    #[test]
    fn long_lists_are_cut() {
        let steps = (0..25).map(|number| Step {
            key: format!("{number}.txt"),
            action: if number == 24 { Action::Keep } else { Action::Upload },
            reason: Reason::New,
        });
        let plan = Plan {
            steps: steps.collect(),
            paths: Vec::new(),
            warnings: Vec::new(),
            uploads: Vec::new(),
            removals: Vec::new(),
            objects: Default::default(),
            reference: None,
            remembers: false,
        };
        let table = plan.to_string();
        assert_eq!(table.lines().count(), 22, "{table}");
        assert!(table.starts_with("upload        0.txt  (new)\n") && table.contains("… and 4 more"));
        assert!(table.ends_with("24 to upload, 0 to remove, 0 to remove later, 1 unchanged, 0 of others left alone, 0 paths to invalidate"));
    }
}
