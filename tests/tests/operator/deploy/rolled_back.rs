//! Going back to an earlier package.

use ops::failure::Exit;

use super::project::Project;

async fn deployed_twice() -> Project {
    let project = Project::new().await;
    project.deploy(&["--yes"]).await.done();
    project.rebuild("binary 2");
    project.deploy(&["edge", "--yes"]).await.done();
    project.account.executed();
    project
}

#[tokio::test]
async fn the_package_before_is_seen_confirmed_deployed_and_associated() {
    let project = deployed_twice().await;
    let seen = project.show(&["rollback", "--dry-run"]).await.done();
    assert!(seen.out.contains("going back to the package of version 1"), "{}", seen.out);
    assert!(seen.out.contains("  PackageSha256: "), "{}", seen.out);
    assert_eq!(project.show(&["rollback"]).await.exit, Exit::Unconfirmed);
    assert_eq!(project.show(&["rollback", "--to", "9", "--yes"]).await.exit, Exit::Usage);
    assert_eq!(project.account.executed(), [""; 0]);
    assert_eq!(project.account.cloudformation().change_sets.len(), 0);
    let first = project.account.cloudformation().versions[0].clone();
    let run = project.run(&["rollback", "edge", "--yes"]).await.done();
    assert_eq!(project.account.executed(), ["edge", "site"]);
    assert_eq!(run.json()["to"], 1);
    assert_eq!(project.account.stack("edge").parameters["PackageSha256"], first);
    assert!(project.account.stack("site").parameters["FunctionVersionArn"].ends_with(":3"));
    let again = project.show(&["rollback", "--yes"]).await;
    assert_eq!(again.exit, Exit::Failed);
    assert!(again.err.contains("there is no package before the one that is deployed"), "{}", again.err);
    project.run(&["rollback", "--to", "2", "--yes"]).await.done();
    assert!(project.account.stack("site").parameters["FunctionVersionArn"].ends_with(":4"));
}

#[tokio::test]
async fn going_back_that_was_interrupted_is_finished_and_goes_no_further() {
    let project = deployed_twice().await;
    let failing = ("Distribution".to_owned(), "Throttled".to_owned());
    project.account.cloudformation().failing.insert("cms-staging-site".to_owned(), failing);
    assert_eq!(project.run(&["rollback", "--yes"]).await.exit, Exit::Failed);
    assert_eq!(project.account.executed(), ["edge", "site"]);
    assert!(project.account.stack("site").parameters["FunctionVersionArn"].ends_with(":2"));
    let run = project.run(&["rollback", "--yes"]).await.done();
    assert_eq!(run.json()["to"], 1);
    assert_eq!(project.account.executed(), ["site"]);
    assert!(project.account.stack("site").parameters["FunctionVersionArn"].ends_with(":3"));
}

#[tokio::test]
async fn a_gate_that_does_not_answer_gives_way_to_the_one_before() {
    let project = Project::new().await;
    let first = project.show_deploy(&["--yes"]).await.done();
    assert!(first.out.contains("the gate answers at https://cms.example.com"), "{}", first.out);
    project.account.executed();
    project.account.cloudformation().broken.push("2".to_owned());
    project.rebuild("binary 2");
    let run = project.show_deploy(&["edge", "--yes"]).await;
    assert_eq!(run.exit, Exit::Failed);
    for said in [
        "https://cms.example.com/auth/sign-in answers 503 Service Unavailable",
        "expected the gate to send people on to https://cms.auth.eu-central-1.amazoncognito.com/oauth2/authorize",
        "the package of version 1 is there again",
        "parapet doctor",
    ] {
        assert!(run.err.contains(said), "{said}: {}", run.err);
    }
    assert_eq!(project.account.executed(), ["edge", "site", "edge", "site"]);
    let versions = project.account.cloudformation().versions.clone();
    assert_eq!((versions.len(), &versions[2]), (3, &versions[0]));
    assert!(project.account.stack("site").parameters["FunctionVersionArn"].ends_with(":3"));
}

#[tokio::test]
async fn a_first_gate_that_does_not_answer_is_told() {
    let project = Project::new().await;
    project.account.cloudformation().broken.push("1".to_owned());
    let run = project.show_deploy(&["--yes"]).await;
    assert_eq!(run.exit, Exit::Failed);
    assert!(run.err.contains("there is no gate before it that could come back"), "{}", run.err);
}
