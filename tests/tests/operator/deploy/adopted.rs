//! Taking over what an earlier stack has left behind: `ImportExistingResources` of a change set.
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateChangeSet.html>

use ops::failure::Exit;
use serde_json::{Value, json};

use super::account::scope;
use super::project::Project;

impl Project {
    /// A user pool of this name, as somebody else made it; its id.
    async fn make_pool(&self, name: &str) -> String {
        let request = reqwest::Client::builder().no_proxy().build().unwrap().post(self.account.moto());
        let request = request
            .header("authorization", scope("eu-central-1", "cognito-idp"))
            .header("x-amz-target", "AWSCognitoIdentityProviderService.CreateUserPool")
            .header("content-type", "application/x-amz-json-1.1");
        let answer = request.body(json!({ "PoolName": name }).to_string()).send().await.unwrap();
        let answer: Value = serde_json::from_str(&answer.text().await.unwrap()).unwrap();
        answer["UserPool"]["Id"].as_str().unwrap().to_owned()
    }

    /// The parts for which change sets were asked for, by whether they were to adopt what is there.
    fn proposed(&self) -> (Vec<String>, Vec<String>) {
        let done = std::mem::take(&mut self.account.cloudformation().done);
        let proposed = done.iter().filter_map(|line| line.strip_prefix("propose "));
        let (adopting, others): (Vec<&str>, Vec<&str>) =
            proposed.partition(|line| line.ends_with(" and adopt"));
        let part = |line: &&str| {
            let name = line.split(' ').nth(1).unwrap();
            name.strip_prefix("cms-staging-").unwrap().to_owned()
        };
        let parts = |lines: Vec<&str>| {
            let mut parts: Vec<String> = lines.iter().map(part).collect();
            parts.dedup();
            parts
        };
        (parts(adopting), parts(others))
    }
}

#[tokio::test]
async fn it_is_asked_for_only_when_it_is_said_and_a_stack_is_made() {
    let project = Project::new().await;
    project.deploy(&["--dry-run"]).await.done();
    let (adopting, others) = project.proposed();
    assert_eq!(adopting, [""; 0]);
    assert!(others.starts_with(&["packages".to_owned()]), "{others:?}");
    project.deploy(&["all", "--yes", "--adopt-existing"]).await.done();
    let (adopting, others) = project.proposed();
    let all = ["packages", "certificate", "identity", "edge", "edge-region", "site", "watch"];
    assert_eq!((adopting, others), (all.map(str::to_owned).to_vec(), Vec::new()));
    // A stack that is there has its resources already.
    project.change("[watch]", "[sign_in]\nself_sign_up = true\n\n[watch]");
    project.deploy(&["identity", "--yes", "--adopt-existing"]).await.done();
    assert_eq!(project.proposed(), (Vec::new(), vec!["identity".to_owned()]));
}

/// A change set with `DeploymentMode` compares with what is really there, and not with the last template alone.
#[tokio::test]
async fn what_was_changed_beside_cloudformation_is_undone_when_it_is_said() {
    let project = Project::new().await;
    project.deploy(&["--yes"]).await.done();
    project.account.cloudformation().drifted.insert("cms-staging-identity".to_owned());
    project.account.executed();
    project.deploy(&["identity", "--yes"]).await.done();
    assert_eq!(project.account.executed(), [""; 0]);
    let run = project.deploy(&["identity", "--yes", "--revert-drift"]).await.done();
    assert_eq!(run.json()["changed"], true);
    assert_eq!(project.account.executed(), ["identity"]);
    project.deploy(&["identity", "--yes", "--revert-drift"]).await.done();
    assert_eq!(project.account.executed(), [""; 0]);
}

/// What a stack in production leaves behind.
#[tokio::test]
async fn a_user_pool_that_was_kept_gets_no_second_one_beside_it() {
    let project = Project::new().await;
    let pool = project.make_pool("cms-staging-people").await;
    let refused = project.show_deploy(&["identity", "--yes"]).await;
    assert_eq!(refused.exit, Exit::Failed, "{refused:?}");
    assert!(refused.err.contains(&format!("user_pool = \"{pool}\"")), "{}", refused.err);
    assert!(!project.account.cloudformation().stacks.keys().any(|(_, name)| name == "cms-staging-identity"));
    project.change(
        "[watch]",
        &format!("[sign_in]\nuser_pool = \"{pool}\"\nhosted_ui_prefix = \"cms\"\n\n[watch]"),
    );
    project.deploy(&["identity", "--yes"]).await.done();
}

#[tokio::test]
async fn who_meets_what_is_left_is_told_of_it_and_who_cannot_have_it_why() {
    let project = Project::new().await;
    let left = ("Function".to_owned(), "cms-staging-edge-auth already exists in stack".to_owned());
    project.account.cloudformation().failing.insert("cms-staging-edge".to_owned(), left);
    let run = project.show_deploy(&["--yes"]).await;
    assert_eq!(run.exit, Exit::Failed);
    assert!(run.err.contains("take it over with parapet deploy all --adopt-existing"), "{}", run.err);
    let reason = "CloudFormation is attempting to import some resources because they already exist in your account. The \
                  resources must have the DeletionPolicy attribute set to 'Retain' or 'RetainExceptOnCreate' in the template \
                  for successful import. The affected resources are Role ({RoleName=cms-staging-edge-auth})";
    project.account.cloudformation().refusing.insert("cms-staging-edge".to_owned(), reason.to_owned());
    let refused = project.show_deploy(&["all", "--yes", "--adopt-existing"]).await;
    assert_eq!(refused.exit, Exit::Failed);
    let says = format!("refuses the changes of the stack cms-staging-edge in us-east-1: {reason}");
    assert!(refused.err.contains(&says), "{}", refused.err);
    let next = "next: delete by hand what it names and cannot be taken over, or leave out --adopt-existing";
    assert!(refused.err.contains(next), "{}", refused.err);
    // Nothing is left of the attempt.
    assert!(!project.account.cloudformation().stacks.keys().any(|(_, name)| name == "cms-staging-edge"));
    project.deploy(&["all", "--yes", "--adopt-existing"]).await.done();
}
