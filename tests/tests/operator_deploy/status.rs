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
