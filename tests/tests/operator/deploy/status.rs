//! What is deployed, beside what the project file says.

use ops::failure::Exit;

use super::project::Project;

#[tokio::test]
async fn only_what_differs_from_the_file_is_a_finding() {
    let project = Project::new().await;
    let before = project.show(&["status"]).await;
    assert_eq!(before.exit, Exit::Findings);
    assert!(
        before.out.contains("! packages in us-east-1 is not deployed: parapet deploy edge"),
        "{}",
        before.out
    );
    project.deploy(&["--yes"]).await.done();
    let status = project.show(&["status"]).await.done();
    assert!(status.out.contains("edge-region  13 regions     CREATE_COMPLETE"), "{}", status.out);
    let json = project.run(&["status"]).await.done().json();
    assert_eq!(json["findings"], serde_json::json!([]));
    assert_eq!(json["outputs"]["distribution"], "E1EXAMPLE");
    assert!(json["distribution"]["viewer_request"].as_str().unwrap().ends_with(":1"));
    a_package_of_another_build_is_a_finding(&project).await;
    a_policy_that_is_taken_out_of_the_file_is_a_finding(&project).await;
    project.change("desk@example.com", "night@example.com");
    for ((_, name), stack) in &mut project.account.cloudformation().stacks {
        if name == "cms-staging-identity" {
            stack.template.push_str("# somebody was here\n");
        }
        if name == "cms-staging-site" {
            stack
                .parameters
                .insert("FunctionVersionArn".to_owned(), "arn:aws:lambda:us-east-1:1:function:f:9".into());
        }
    }
    let status = project.show(&["status"]).await;
    assert_eq!(status.exit, Exit::Findings);
    assert!(
        status.out.contains("! watch in us-east-1 differs in AlarmEmail: parapet deploy all"),
        "{}",
        status.out
    );
    assert!(status.out.contains("! identity in eu-central-1 differs in the template"), "{}", status.out);
    assert!(status.out.contains("has arn:aws:lambda:us-east-1:1:function:f:9 as its gate"), "{}", status.out);
}

/// The package is compared where there is a build to compare it with. Ends as it began.
async fn a_package_of_another_build_is_a_finding(project: &Project) {
    let gate = project.gate();
    let compared = ["status", "--binary", &*gate];
    let missing = project.show(&["status", "--binary", "nowhere/edge-auth"]).await.done();
    assert!(missing.out.contains("  package            not compared: cannot read"), "{}", missing.out);
    let same = project.show(&compared).await.done();
    assert!(same.out.contains("  package            current\n"), "{}", same.out);
    assert_eq!(project.run(&compared).await.json()["package"]["is_current"], true);
    project.rebuild("binary 2");
    let before = project.account.keys("cms-staging-packages-123456789012").await;
    let other = project.show(&compared).await;
    assert_eq!(other.exit, Exit::Findings);
    assert!(other.out.contains("! the gate's package is another one than "), "{}", other.out);
    assert_eq!(
        project.account.keys("cms-staging-packages-123456789012").await,
        before,
        "status has uploaded"
    );
    project.deploy(&["edge", "--yes"]).await.done();
    project.show(&compared).await.done();
}

/// What is left to the template's default is compared, too. Ends as it began.
async fn a_policy_that_is_taken_out_of_the_file_is_a_finding(project: &Project) {
    let line = "pages_policy = \"default-src 'self'\"\n";
    project.change("folder = ", &format!("{line}folder = "));
    project.deploy(&["site", "--yes", "--stack-only"]).await.done();
    project.show(&["status"]).await.done();
    project.change(line, "");
    let status = project.show(&["status"]).await;
    assert_eq!(status.exit, Exit::Findings);
    let finding = "! site in eu-central-1 differs in PagesContentSecurityPolicy: parapet deploy site";
    assert!(status.out.contains(finding), "{}", status.out);
    let seen = project.show_deploy(&["site", "--dry-run", "--stack-only"]).await.done();
    let change = "  PagesContentSecurityPolicy: default-src 'self' -> …";
    assert!(seen.out.contains(change), "{}", seen.out);
    project.deploy(&["site", "--yes", "--stack-only"]).await.done();
    project.show(&["status"]).await.done();
}
