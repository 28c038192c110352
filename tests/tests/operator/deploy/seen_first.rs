//! Changes are seen before they are made, and not made unless somebody says so.

use ops::failure::Exit;

use super::project::Project;

#[tokio::test]
async fn a_dry_run_from_nothing_leaves_nothing() {
    let project = Project::new().await;
    let run = project.show_deploy(&["--dry-run"]).await.done();
    assert!(run.out.contains("packages: cms-staging-packages will be created in us-east-1"), "{}", run.out);
    assert!(run.out.contains("  + PackagesBucket  AWS::S3::Bucket"), "{}", run.out);
    assert!(run.out.contains("edge: would follow"), "{}", run.out);
    assert!(run.out.ends_with("nothing was done: this was a dry run\n"), "{}", run.out);
    let cloudformation = project.account.cloudformation();
    assert!(cloudformation.stacks.is_empty() && cloudformation.change_sets.is_empty());
    assert!(!cloudformation.done.iter().any(|line| line.starts_with("execute")));
}

#[tokio::test]
async fn a_dry_run_shows_what_would_change() {
    let project = Project::new().await;
    project.deploy(&["--yes"]).await.done();
    let before = format!("{:?}", project.account.cloudformation().stacks);
    project.change("domains = [\"cms.example.com\"]", "domains = [\"cms.example.com\", \"www.example.com\"]");
    let run = project.show_deploy(&["--dry-run"]).await.done();
    assert!(
        run.out.contains("  DomainNames: cms.example.com -> cms.example.com,www.example.com"),
        "{}",
        run.out
    );
    assert!(run.out.contains("  ~ Version  AWS::Lambda::Version, published anew"), "{}", run.out);
    assert_eq!(format!("{:?}", project.account.cloudformation().stacks), before);
    let json = project.deploy(&["--dry-run"]).await.done().json();
    assert_eq!((&json["dry_run"], &json["changed"]), (&true.into(), &true.into()));
    let edge = json["steps"].as_array().unwrap().iter().find(|step| step["part"] == "edge").unwrap();
    assert_eq!(edge["outcome"], "planned");
    assert_eq!(edge["changes"][0]["parameters"][0]["name"], "PackageKey");
}

#[tokio::test]
async fn what_nobody_confirms_is_not_done() {
    let project = Project::new().await;
    let run = project.show_deploy(&[]).await;
    assert_eq!(run.exit, Exit::Unconfirmed);
    assert!(run.err.contains("Change cms-staging-packages in us-east-1 so?"), "{}", run.err);
    let cloudformation = project.account.cloudformation();
    assert!(cloudformation.stacks.is_empty() && cloudformation.change_sets.is_empty());
}

#[tokio::test]
async fn the_stack_of_another_project_is_left_alone() {
    let project = Project::new().await;
    project.deploy(&["--yes"]).await.done();
    project.account.executed();
    for stack in project.account.cloudformation().stacks.values_mut() {
        stack.parameters.insert("Stage".to_owned(), "production".to_owned());
    }
    let run = project.deploy(&["--yes"]).await;
    assert_eq!(run.exit, Exit::Failed);
    assert!(run.json()["error"].as_str().unwrap().contains("is another project's"), "{}", run.out);
    assert_eq!(project.account.executed(), [""; 0]);
}
