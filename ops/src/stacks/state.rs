//! What can be done with a stack in the state that it is in.

use crate::aws::Stack;
use crate::project::Project;

/// What a deploy does with a stack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readiness {
    /// It has to be created: there is none, or an empty one that waits for its first change set.
    Create,
    /// It can be updated.
    Update,
    /// Something is being done with it: wait.
    Busy,
    /// It could not be created, and never held anything: it has to be deleted first.
    NeverCreated,
    /// It needs the operator.
    Stuck,
}

impl Readiness {
    /// Of this stack.
    #[must_use]
    pub fn of(stack: Option<&Stack>) -> Readiness {
        let Some(stack) = stack else { return Readiness::Create };
        match stack.status.as_str() {
            "REVIEW_IN_PROGRESS" | "DELETE_COMPLETE" => Readiness::Create,
            "CREATE_COMPLETE"
            | "UPDATE_COMPLETE"
            | "UPDATE_ROLLBACK_COMPLETE"
            | "IMPORT_COMPLETE"
            | "IMPORT_ROLLBACK_COMPLETE" => Readiness::Update,
            "CREATE_FAILED" | "ROLLBACK_COMPLETE" | "ROLLBACK_FAILED" => Readiness::NeverCreated,
            status if status.ends_with("_IN_PROGRESS") => Readiness::Busy,
            _ => Readiness::Stuck,
        }
    }
}

/// Whether a stack was made from one of our templates for this project: they all take its name and stage. An empty
/// stack does not say.
#[must_use]
pub fn is_ours(stack: &Stack, project: &Project) -> bool {
    let has = |key: &str, value: &str| stack.parameters.get(key).is_some_and(|found| found == value);
    stack.status == "REVIEW_IN_PROGRESS" || (has("Name", &project.name) && has("Stage", &project.stage))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stacks::sample::{project, site_stack};

    #[test]
    fn every_state_has_a_way_on() {
        let readiness = |status: &str| {
            let stack = Stack { status: status.to_owned(), ..site_stack() };
            Readiness::of(Some(&stack))
        };
        assert_eq!(Readiness::of(None), Readiness::Create);
        assert_eq!(readiness("REVIEW_IN_PROGRESS"), Readiness::Create);
        assert_eq!(readiness("UPDATE_ROLLBACK_COMPLETE"), Readiness::Update);
        assert_eq!(readiness("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS"), Readiness::Busy);
        assert_eq!(readiness("ROLLBACK_COMPLETE"), Readiness::NeverCreated);
        assert_eq!(readiness("UPDATE_ROLLBACK_FAILED"), Readiness::Stuck);
        assert_eq!(readiness("DELETE_FAILED"), Readiness::Stuck);
    }

    #[test]
    fn a_stack_of_another_stage_is_not_ours() {
        let project = project("");
        assert!(is_ours(&site_stack(), &project));
        let mut other = site_stack();
        other.parameters.insert("Stage".to_owned(), "staging".to_owned());
        assert!(!is_ours(&other, &project));
        other.parameters.clear();
        assert!(!is_ours(&other, &project));
        other.status = "REVIEW_IN_PROGRESS".to_owned();
        assert!(is_ours(&other, &project));
    }
}
