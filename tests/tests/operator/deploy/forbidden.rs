//! What an organization forbids by hooks ends a deploy, however `CloudFormation` tells it.
//! <https://docs.aws.amazon.com/cloudformation-cli/latest/hooks-userguide/hooks-concepts.html>

use ops::failure::Exit;
use tests::operator::Run;

use super::project::Project;

/// Where a refused change set says what was found.
const ELSEWHERE: &str = "The following hook(s)/validation failed: [AWS::EarlyValidation]. To troubleshoot, use the DescribeEvents API";

const NEXT: &str = "next: meet the hook's rule, or ask those who keep it";

#[track_caller]
fn is_told(run: &Run, reason: &str) {
    assert_eq!(run.exit, Exit::Failed, "{run:?}");
    assert!(run.err.contains(reason) && run.err.contains(NEXT), "{}", run.err);
}

#[tokio::test]
async fn a_resource_that_a_hook_stops_is_told_with_the_hook_s_reason() {
    let project = Project::new().await;
    let hooked = ("UserPool".to_owned(), "no tag cost-centre".to_owned());
    project.account.cloudformation().hooked.insert("cms-staging-identity".to_owned(), hooked);
    let run = project.show_deploy(&["--yes"]).await;
    is_told(
        &run,
        "ended in ROLLBACK_COMPLETE: UserPool (AWS::Hooked): the hook Org::Tags::Hook forbids it: no tag",
    );
    let line = "  eu-central-1: UserPool: the hook Org::Tags::Hook forbids it: no tag cost-centre\n";
    assert!(run.err.contains(line), "{}", run.err);
    project.deploy(&["--yes"]).await.done();
}

#[tokio::test]
async fn changes_that_a_hook_refuses_are_not_executed() {
    let project = Project::new().await;
    let reason = "The following hook(s) failed: [Org::Tags::Hook]".to_owned();
    project.account.cloudformation().refusing.insert("cms-staging-packages".to_owned(), reason);
    let run = project.show_deploy(&["--yes"]).await;
    is_told(
        &run,
        "refuses the changes of the stack cms-staging-packages in us-east-1: The following hook(s) failed",
    );
    assert_eq!(project.account.executed(), [""; 0]);
    assert_eq!(project.account.cloudformation().stacks.len(), 0, "an empty stack is left");
}

/// `CloudFormation` takes the call, and the stack neither changes nor tells anything.
#[tokio::test]
async fn an_execution_that_never_begins_ends_the_waiting() {
    let project = Project::new().await;
    let forbid = |part: &str| {
        let reason = "Hook Org::Tags::Hook failed: no tag cost-centre".to_owned();
        project.account.cloudformation().forbidding.insert(format!("cms-staging-{part}"), reason);
    };
    forbid("packages");
    let run = project.show_deploy(&["--yes"]).await;
    is_told(
        &run,
        "the stack cms-staging-packages in us-east-1 ended in EXECUTE_FAILED: Hook Org::Tags::Hook failed",
    );
    assert_eq!(project.account.stack("packages").status, "REVIEW_IN_PROGRESS");
    project.deploy(&["--yes"]).await.done();
    forbid("identity");
    project.change("[watch]", "[sign_in]\nself_sign_up = true\n\n[watch]");
    is_told(&project.show_deploy(&["identity", "--yes"]).await, "ended in EXECUTE_FAILED");
    assert_eq!(project.account.stack("identity").status, "CREATE_COMPLETE");
    project.deploy(&["identity", "--yes"]).await.done();
}

#[tokio::test]
async fn what_early_validation_finds_is_told() {
    let project = Project::new().await;
    let refused = ("cms-staging-packages".to_owned(), ELSEWHERE.to_owned());
    project.account.cloudformation().refusing.extend([refused]);
    let run = project.show_deploy(&["edge", "--yes"]).await;
    assert_eq!(run.exit, Exit::Failed);
    let reason = "/Resources/SiteBucket: a resource of this name exists";
    assert!(run.err.contains(reason) && !run.err.contains("DescribeEvents"), "{}", run.err);
}
