//! The CMS's own stacks: in their order, wired together, with its database migrated before anybody is sent to the API.

use ops::failure::Exit;
use serde_json::json;

use super::project::Project;

async fn project() -> (Project, String) {
    let project = Project::new().await;
    project.change("[watch]", "[cms]\nmulti_az = true\ngreeting = \"Hello.\"\n\n[watch]");
    let packages = project.build_cms();
    (project, packages)
}

#[tokio::test]
async fn the_cms_is_deployed_between_the_gate_and_the_site() {
    let (project, packages) = project().await;
    let run = project.deploy(&["all", "--yes", "--packages", &packages]).await.done();
    let account = &project.account;
    let done = account.cloudformation().done.clone();
    let gate = ["packages", "certificate", "site", "identity", "edge", "edge-region"];
    let cms = ["packages-region", "functions", "network", "data", "backend"];
    let again = ["functions", "identity", "site", "watch"];
    let order: Vec<&str> = gate.into_iter().chain(cms).chain(again).collect();
    assert_eq!(account.executed(), order);
    let migrated = done.iter().position(|line| line == "start cms-staging-migrate").unwrap();
    let is_backend = |line: &String| line == "execute eu-central-1 cms-staging-backend";
    assert_eq!(done.iter().position(is_backend), migrated.checked_sub(1));
    let (site, backend) = (account.stack("site").parameters, account.stack("backend").parameters);
    assert_eq!(site["ApiDomainName"], account.stack("backend").outputs["ApiDomainName"]);
    assert_eq!(site["AnnounceFunctionArn"], account.stack("functions").outputs["AnnounceFunctionArn"]);
    let uploads = "https://cms-staging-uploads-123456789012.s3.eu-central-1.amazonaws.com";
    assert_eq!(site["UploadsOrigin"], uploads);
    assert_eq!(site["OriginSecret"], backend["OriginSecrets"]);
    assert_eq!(site["OriginSecret"].len(), 43);
    assert!(!format!("{run:?}").contains(&site["OriginSecret"]), "a secret is told");
    assert!(backend["Jwks"].contains("of-the-pool") && backend["Routes"].contains("/api/*"), "{backend:?}");
    assert_eq!(backend["SiteOrigin"], "https://cms.example.com");
    assert_eq!(account.stack("data").parameters["MultiAz"], "true");
    let functions = account.stack("functions").parameters;
    assert_eq!(functions["Greeting"], "Hello.");
    assert_eq!(functions["BackendFunctionArn"], account.stack("backend").outputs["BackendFunctionArn"]);
    let trigger = &account.stack("identity").parameters["RecordSignInFunctionArn"];
    assert!(trigger.ends_with(":cms-staging-record-sign-in"), "{trigger}");
    let packages = account.keys(&functions["FunctionsBucketName"]).await;
    assert_eq!(packages.len(), 5);
    assert!(packages.contains(&functions["AnnounceKey"]) && packages.contains(&backend["BackendKey"]));
}

#[tokio::test]
async fn the_second_time_only_the_database_is_asked() {
    let (project, packages) = project().await;
    let all = ["--yes", "--packages", &packages];
    project.deploy(&all).await.done();
    project.account.executed();
    let again = project.deploy(&all).await.done();
    assert_eq!(again.json()["changed"], false, "{}", again.out);
    assert_eq!(project.account.executed(), [""; 0]);
    let status = project.run(&["status"]).await.done().json();
    assert_eq!(status["findings"], json!([]));
}

#[tokio::test]
async fn what_is_not_told_stays_as_it_is() {
    let (project, packages) = project().await;
    project.deploy(&["--yes", "--packages", &packages]).await.done();
    let secret = project.account.stack("site").parameters["OriginSecret"].clone();
    project.rebuild("binary 2");
    project.deploy(&["edge", "--yes"]).await.done();
    project.show(&["rollback", "--yes"]).await.done();
    assert_eq!(project.account.stack("site").parameters["OriginSecret"], secret);
}

#[tokio::test]
async fn the_secret_is_changed_in_two_steps_and_the_api_comes_first() {
    let (project, packages) = project().await;
    let backend = ["backend", "--yes", "--packages", &packages];
    let none = project.show(&["keys", "rotate-origin"]).await;
    assert_eq!(none.exit, Exit::Failed);
    project.deploy(&["--yes", "--packages", &packages]).await.done();
    let old = project.account.stack("site").parameters["OriginSecret"].clone();
    project.account.executed();
    project.show(&["keys", "rotate-origin"]).await.done();
    let twice = project.show(&["keys", "rotate-origin"]).await;
    assert!(twice.exit == Exit::Failed && twice.err.contains("--drop-old"), "{twice:?}");
    project.deploy(&backend).await.done();
    assert_eq!(project.account.executed(), ["backend", "site"]);
    let new = project.account.stack("site").parameters["OriginSecret"].clone();
    assert_ne!(new, old);
    assert_eq!(project.account.stack("backend").parameters["OriginSecrets"], format!("{new},{old}"));
    project.show(&["keys", "rotate-origin", "--drop-old", "--yes"]).await.done();
    project.deploy(&backend).await.done();
    assert_eq!(project.account.executed(), ["backend"]);
    assert_eq!(project.account.stack("backend").parameters["OriginSecrets"], new);
}

#[tokio::test]
async fn nobody_is_sent_to_an_api_whose_database_is_not_migrated() {
    let (project, packages) = project().await;
    project.account.cloudformation().failing_migration = Some("column body does not exist".to_owned());
    let all = ["--yes", "--packages", &packages];
    let failed = project.deploy(&all).await;
    assert_eq!(failed.exit, Exit::Failed);
    assert!(failed.err.contains("column body does not exist"), "{}", failed.err);
    assert_eq!(project.account.stack("site").parameters["ApiDomainName"], "");
    project.deploy(&all).await.done();
    assert_ne!(project.account.stack("site").parameters["ApiDomainName"], "");
}

#[tokio::test]
async fn a_new_program_comes_after_its_tables() {
    let (project, packages) = project().await;
    let all = ["--yes", "--packages", &packages];
    project.deploy(&all).await.done();
    let key = |parameter: &str| project.account.stack("backend").parameters[parameter].clone();
    let old = key("BackendKey");
    assert_eq!(key("MigrateKey"), old);
    project.rebuild_cms("backend 2");
    let seen = project.deploy(&["--dry-run", "--packages", &packages]).await.done();
    assert!(seen.out.contains("BackendFunction"), "{}", seen.out);
    // The migration fails: the program before stays, and works on.
    project.account.cloudformation().failing_migration = Some("column body does not exist".to_owned());
    assert_eq!(project.deploy(&all).await.exit, Exit::Failed);
    assert_eq!(key("BackendKey"), old);
    assert_ne!(key("MigrateKey"), old);
    project.account.cloudformation().done.clear();
    // What was begun is gone on with.
    project.deploy(&all).await.done();
    assert_eq!(key("BackendKey"), key("MigrateKey"));
    let done = project.account.cloudformation().done.clone();
    let (migrated, deployed) = ("start cms-staging-migrate", "execute eu-central-1 cms-staging-backend");
    let steps = |done: &[String]| -> Vec<String> {
        done.iter().filter(|line| [migrated, deployed].contains(&line.as_str())).cloned().collect()
    };
    assert_eq!(steps(&done), [migrated, deployed]);
    // And one that is changed without trouble, in three steps.
    project.rebuild_cms("backend 3");
    project.account.cloudformation().done.clear();
    project.deploy(&all).await.done();
    let done = project.account.cloudformation().done.clone();
    assert_eq!(steps(&done), [deployed, migrated, deployed]);
}

#[tokio::test]
async fn its_stacks_go_before_what_they_were_given() {
    let (project, packages) = project().await;
    project.deploy(&["--yes", "--packages", &packages]).await.done();
    project.account.cloudformation().done.clear();
    let run = project.show(&["destroy", "--confirm", "cms-staging", "--empty-buckets"]).await.done();
    assert!(run.out.contains("  aws ssm delete-parameter --region eu-central-1"), "{}", run.out);
    let cloudformation = project.account.cloudformation();
    assert!(cloudformation.stacks.is_empty());
    let position = |part: &str| {
        let name = format!("cms-staging-{part}");
        cloudformation.done.iter().position(|line| line.ends_with(&name)).unwrap()
    };
    let order = ["site", "functions", "backend", "data", "network", "identity", "packages-region"];
    assert!(order.is_sorted_by_key(|part| position(part)), "{:?}", cloudformation.done);
}

#[tokio::test]
async fn without_a_cms_its_parts_are_refused() {
    let project = Project::new().await;
    for part in ["functions", "network", "data", "backend"] {
        let refused = project.show(&["deploy", part, "--yes"]).await;
        assert_eq!(refused.exit, Exit::Config);
        assert!(refused.err.contains("has no [cms]"), "{}", refused.err);
    }
}
