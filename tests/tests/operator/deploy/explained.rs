//! `parapet explain --deployed`: with the configuration of the gate that the distribution asks.

use ops::failure::Exit;

use super::project::Project;

const PAGE: &str = "https://cms.example.com/guide/";

#[tokio::test]
async fn the_gate_that_is_asked_explains_itself() {
    let project = Project::new().await;
    let before = project.show(&["explain", PAGE, "--deployed"]).await;
    assert_eq!(before.exit, Exit::Failed, "{before:?}");
    assert!(before.err.contains("the distribution is not known yet"), "{}", before.err);
    project.deploy(&["--yes"]).await.done();
    let run = project.run(&["explain", PAGE, "--deployed"]).await.done().json();
    let source = &run["config"]["deployed"];
    assert!(source["version"].as_str().unwrap().ends_with(":cms-staging-edge-auth:1"), "{source}");
    assert!(source["package"].as_str().unwrap().starts_with("edge-auth/"), "{source}");
    let location = run["explanation"]["outcome"].to_string();
    assert!(
        location.contains("https://cms.auth.eu-central-1.amazoncognito.com/oauth2/authorize"),
        "{location}"
    );
    // What stands in the project file since then counts only when it is deployed.
    project.change("cms.example.com", "new.example.com");
    let shown = project.show(&["explain", PAGE, "--deployed"]).await.done();
    assert!(shown.out.contains("cms.example.com is one of the gate's"), "{}", shown.out);
    assert!(shown.err.contains(" of arn:aws:lambda:us-east-1:"), "{}", shown.err);
}

#[tokio::test]
async fn a_gate_that_nobody_asks_has_nothing_to_explain() {
    let project = Project::new().await;
    project.deploy(&["--yes"]).await.done();
    for ((_, name), stack) in &mut project.account.cloudformation().stacks {
        if name == "cms-staging-site" {
            stack.parameters.insert("FunctionVersionArn".to_owned(), String::new());
        }
    }
    let run = project.show(&["explain", PAGE, "--deployed"]).await;
    assert_eq!(run.exit, Exit::Failed, "{run:?}");
    assert!(run.err.contains("asks no function") && run.err.contains("parapet deploy edge"), "{}", run.err);
}
