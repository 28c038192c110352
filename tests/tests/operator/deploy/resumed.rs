//! A deploy that something stopped goes on when it is run again.

use ops::failure::Exit;

use super::project::Project;

fn fail(project: &Project, part: &str, resource: &str, reason: &str) {
    let failing = (resource.to_owned(), reason.to_owned());
    project.account.cloudformation().failing.insert(format!("cms-staging-{part}"), failing);
}

#[tokio::test]
async fn a_part_that_could_not_be_created_is_created_anew() {
    let project = Project::new().await;
    fail(&project, "identity", "HostedUi", "Domain already associated with another user pool");
    let failed = project.show_deploy(&["--yes"]).await;
    assert_eq!(failed.exit, Exit::Failed);
    let cause = "HostedUi (AWS::Cognito::UserPoolDomain): Domain already associated with another user pool";
    assert!(failed.err.contains(cause), "{}", failed.err);
    assert!(failed.err.contains("next: mend the cause, then run the command again"), "{}", failed.err);
    assert_eq!(project.account.executed(), ["packages", "certificate", "identity"]);
    assert_eq!(project.account.stack("identity").status, "ROLLBACK_COMPLETE");
    let seen = project.show_deploy(&["--dry-run"]).await.done();
    assert!(seen.out.contains("it would be deleted and created anew"), "{}", seen.out);
    assert_eq!(project.account.stack("identity").status, "ROLLBACK_COMPLETE");
    project.deploy(&["--yes"]).await.done();
    assert!(project.account.executed().starts_with(&["identity".to_owned(), "edge".to_owned()]));
}

#[tokio::test]
async fn an_update_that_was_rolled_back_is_tried_again() {
    let project = Project::new().await;
    project.deploy(&["--yes"]).await.done();
    project.rebuild("binary 2");
    fail(&project, "edge", "Function", "User is not authorized to perform: lambda:UpdateFunctionCode");
    let failed = project.show_deploy(&["edge", "--yes"]).await;
    assert!(failed.err.contains("infra/operator-policy.json"), "{}", failed.err);
    assert_eq!(project.account.stack("edge").status, "UPDATE_ROLLBACK_COMPLETE");
    assert!(project.account.stack("site").parameters["FunctionVersionArn"].ends_with(":1"));
    project.account.executed();
    project.deploy(&["edge", "--yes"]).await.done();
    assert_eq!(project.account.executed(), ["edge", "site"]);
    assert!(project.account.stack("site").parameters["FunctionVersionArn"].ends_with(":2"));
}

#[tokio::test]
async fn a_region_that_fails_keeps_no_other_from_being_finished() {
    let project = Project::new().await;
    fail(&project, "edge-region", "LogGroup", "Service control policy");
    let failed = project.deploy(&["--yes"]).await;
    assert_eq!(failed.exit, Exit::Failed);
    let states: Vec<_> = {
        let cloudformation = project.account.cloudformation();
        let stacks = cloudformation.stacks.iter().filter(|((_, name), _)| name == "cms-staging-edge-region");
        stacks.map(|(_, stack)| stack.status.clone()).collect()
    };
    assert_eq!(states.iter().filter(|state| *state == "CREATE_COMPLETE").count(), 12, "{states:?}");
    assert_eq!(states.iter().filter(|state| *state == "ROLLBACK_COMPLETE").count(), 1, "{states:?}");
    project.deploy(&["--yes"]).await.done();
}

#[tokio::test]
async fn an_empty_stack_of_an_interrupted_deploy_is_filled() {
    let project = Project::new().await;
    project.deploy(&["--dry-run"]).await.done();
    let id = {
        let mut cloudformation = project.account.cloudformation();
        let place = ("us-east-1".to_owned(), "cms-staging-packages".to_owned());
        let id = format!("arn:left-over-{}", cloudformation.next_id());
        let stack = super::cloudformation::Stack {
            id: id.clone(),
            status: "REVIEW_IN_PROGRESS".to_owned(),
            ..Default::default()
        };
        cloudformation.stacks.insert(place, stack);
        id
    };
    project.deploy(&["--yes"]).await.done();
    let packages = project.account.stack("packages");
    assert_eq!((packages.id, packages.status), (id, "CREATE_COMPLETE".to_owned()));
}

#[tokio::test]
async fn who_comes_second_waits_for_the_first() {
    let project = Project::new().await;
    project.deploy(&["--yes"]).await.done();
    project.account.executed();
    project.change("[watch]", "[sign_in]\nself_sign_up = true\n\n[watch]");
    let set = |status: &str| {
        let mut cloudformation = project.account.cloudformation();
        let place = ("eu-central-1".to_owned(), "cms-staging-identity".to_owned());
        status.clone_into(&mut cloudformation.stacks.get_mut(&place).unwrap().status);
        cloudformation.asked
    };
    let before = set("UPDATE_IN_PROGRESS");
    let first = async {
        // Once for each part, and more than once for the one that is busy.
        while project.account.cloudformation().asked < before + 10 {
            tokio::task::yield_now().await;
        }
        assert_eq!(project.account.executed(), [""; 0]);
        set("UPDATE_COMPLETE");
    };
    let (second, ()) = tokio::join!(project.deploy(&["identity", "--yes"]), first);
    second.done();
    assert_eq!(project.account.executed(), ["identity"]);
    assert_eq!(project.account.stack("identity").parameters["SelfSignUp"], "true");
}

#[tokio::test]
async fn a_stack_that_needs_the_operator_is_said_with_the_command() {
    let project = Project::new().await;
    project.deploy(&["--yes"]).await.done();
    for ((_, name), stack) in &mut project.account.cloudformation().stacks {
        if name == "cms-staging-identity" {
            stack.status = "UPDATE_ROLLBACK_FAILED".to_owned();
        }
    }
    let run = project.show_deploy(&["identity", "--yes"]).await;
    assert_eq!(run.exit, Exit::Failed);
    assert!(run.err.contains("continue-update-rollback --stack-name cms-staging-identity"), "{}", run.err);
}
