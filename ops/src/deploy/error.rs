//! Why a stack is not as it is wanted.

use crate::aws::CallError;
use crate::failure::{Exit, NextStep};
use crate::moment::{Moment, NoRandomness};

/// Why a stack is not as it is wanted.
#[derive(Debug, thiserror::Error)]
pub enum DeployError {
    /// AWS did not do what was asked.
    #[error(transparent)]
    Aws(#[from] CallError),
    /// There is no name for a change set.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// A stack of that name was made by somebody else.
    #[error(
        "the stack {stack} in {region} is another project's: its parameters Name and Stage are not this project's"
    )]
    NotOurs {
        /// Its name.
        stack: String,
        /// Where it is.
        region: String,
    },
    /// CloudFormation cannot go on by itself.
    #[error("the stack {stack} in {region} is in the state {status}, from which it cannot be changed")]
    Stuck {
        /// Its name.
        stack: String,
        /// Where it is.
        region: String,
        /// Its state.
        status: String,
    },
    /// CloudFormation refuses the template or its parameters.
    #[error("CloudFormation refuses the changes of the stack {stack} in {region}: {reason}")]
    Refused {
        /// Its name.
        stack: String,
        /// Where it is.
        region: String,
        /// CloudFormation's reason.
        reason: String,
    },
    /// It was begun and went wrong.
    #[error("the stack {stack} in {region} ended in {status}: {cause}")]
    Failed {
        /// Its name.
        stack: String,
        /// Where it is.
        region: String,
        /// Its state.
        status: String,
        /// The resource that failed first, and why.
        cause: String,
    },
    /// AWS does not come to an end.
    #[error("nothing has happened since {} in waiting for {what}", since.rfc3339())]
    Silence {
        /// What was waited for, and what was heard of it last.
        what: String,
        /// Since when.
        since: Moment,
    },
    /// It is gone although nobody here deleted it.
    #[error("the stack {stack} in {region} was deleted by somebody else")]
    Gone {
        /// Its name.
        stack: String,
        /// Where it is.
        region: String,
    },
}

impl NextStep for DeployError {
    fn next_step(&self) -> String {
        match self {
            DeployError::Aws(error) => error.next_step(),
            DeployError::NotOurs { .. } => "choose another name or stage in the project file".to_owned(),
            DeployError::Stuck { stack, region, status } => stuck(stack, region, status),
            DeployError::Refused { reason, .. } if is_of_a_hook(reason) => MEET_THE_HOOK.to_owned(),
            DeployError::Refused { reason, .. } if reason.contains("attempting to import") => {
                "delete by hand what it names and cannot be taken over, or leave out --adopt-existing; then run the command \
                 again: it goes on here"
                    .to_owned()
            }
            DeployError::Refused { .. } => {
                "mend what it names in the project file, then run the command again: it goes on here"
                    .to_owned()
            }
            DeployError::Failed { stack, region, cause, .. } => failed(stack, region, cause),
            DeployError::NoRandomness(_) => "run the command again".to_owned(),
            DeployError::Silence { .. } => {
                "run the command again to wait on: AWS goes on by itself, and --verbose shows what it is asked"
                    .to_owned()
            }
            DeployError::Gone { .. } => "run the command again: it is created anew".to_owned(),
        }
    }

    fn exit(&self) -> Exit {
        match self {
            DeployError::Aws(error) => error.exit(),
            _ => Exit::Failed,
        }
    }
}

fn stuck(stack: &str, region: &str, status: &str) -> String {
    match status {
        "UPDATE_ROLLBACK_FAILED" => format!(
            "mend what kept it from rolling back (its events say what), then run aws cloudformation \
             continue-update-rollback --stack-name {stack} --region {region}, and this command again"
        ),
        "UPDATE_FAILED" => format!(
            "roll it back with aws cloudformation rollback-stack --stack-name {stack} --region {region}, then run this \
             command again"
        ),
        "DELETE_FAILED" => "finish with parapet destroy, then run this command again".to_owned(),
        _ => format!(
            "look at it with aws cloudformation describe-stacks --stack-name {stack} --region {region}"
        ),
    }
}

/// A hook is a rule of the account's or its organization's owners.
const MEET_THE_HOOK: &str =
    "meet the hook's rule, or ask those who keep it; then run the command again: it goes on here";

fn is_of_a_hook(reason: &str) -> bool {
    reason.to_ascii_lowercase().contains("hook")
}

fn failed(stack: &str, region: &str, cause: &str) -> String {
    if is_of_a_hook(cause) {
        MEET_THE_HOOK.to_owned()
    } else if cause.contains("already exists") || cause.contains("AlreadyExists") {
        "it stands there already, left by an earlier stack perhaps: take it over with parapet deploy all --adopt-existing, \
         or delete it"
            .to_owned()
    } else if cause.contains("not authorized") || cause.contains("AccessDenied") {
        "give your role what infra/operator-policy.json allows, then run the command again: it goes on here"
            .to_owned()
    } else {
        format!(
            "mend the cause, then run the command again: it goes on here (all events: aws cloudformation \
             describe-stack-events --stack-name {stack} --region {region})"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn next_step(cause: &str) -> String {
        let (stack, region) = ("cms-production-edge".to_owned(), "us-east-1".to_owned());
        let status = "ROLLBACK_COMPLETE".to_owned();
        DeployError::Failed { stack, region, status, cause: cause.to_owned() }.next_step()
    }

    #[test]
    fn the_next_step_follows_from_the_cause() {
        assert!(next_step("Function: cms-production-edge-auth already exists").contains("--adopt-existing"));
        assert!(
            next_step("User is not authorized to perform: lambda:GetFunction").contains("operator-policy")
        );
        assert!(next_step("Role: throttled").contains("it goes on here"));
        assert_eq!(next_step("The following hook(s) failed: [Org::Tags::Hook]"), MEET_THE_HOOK);
    }

    #[test]
    fn silence_says_what_is_awaited_and_since_when() {
        let what =
            "the stack cms-production-site in eu-central-1, after Distribution UPDATE_IN_PROGRESS".to_owned();
        let error = DeployError::Silence { what, since: Moment::from_unix(1_795_264_200) };
        assert_eq!(
            error.to_string(),
            "nothing has happened since 2026-11-21T12:30:00Z in waiting for the stack cms-production-site in \
             eu-central-1, after Distribution UPDATE_IN_PROGRESS"
        );
        assert!(error.next_step().starts_with("run the command again to wait on"));
    }

    #[test]
    fn a_stuck_stack_is_told_the_command_that_frees_it() {
        let (stack, region) = ("cms-production-site".to_owned(), "eu-central-1".to_owned());
        let error = DeployError::Stuck { stack, region, status: "UPDATE_ROLLBACK_FAILED".to_owned() };
        assert!(error.next_step().contains("continue-update-rollback --stack-name cms-production-site"));
    }
}
