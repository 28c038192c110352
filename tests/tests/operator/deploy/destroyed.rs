//! Taking everything down.

use ops::failure::Exit;

use super::project::Project;

async fn deployed() -> Project {
    let project = Project::new().await;
    project.deploy(&["--yes"]).await.done();
    project.account.cloudformation().done.clear();
    project
}

#[tokio::test]
async fn nothing_goes_before_its_name_was_said_or_while_a_bucket_is_not_empty() {
    let project = deployed().await;
    let count = project.account.cloudformation().stacks.len();
    let refused = project.show(&["destroy", "--yes", "--empty-buckets"]).await;
    assert_eq!(refused.exit, Exit::Unconfirmed, "{refused:?}");
    assert!(refused.err.contains("--confirm cms-staging"), "{}", refused.err);
    let other = project.show(&["destroy", "--empty-buckets", "--confirm", "cms-production"]).await;
    assert_eq!(other.exit, Exit::Unconfirmed, "{other:?}");
    let seen = project.show(&["destroy", "--dry-run", "--confirm", "cms-staging"]).await.done();
    assert!(seen.out.contains("    lost: AWS::Cognito::UserPool "), "{}", seen.out);
    assert!(seen.out.contains("    stays: AWS::Lambda::Function "), "{}", seen.out);
    assert_eq!(project.account.cloudformation().stacks.len(), count);
    let full = project.show(&["destroy", "--confirm", "cms-staging"]).await;
    assert_eq!(full.exit, Exit::Failed);
    assert!(full.err.contains("cms-staging-site-123456789012"), "{}", full.err);
    assert!(full.err.contains("--empty-buckets"), "{}", full.err);
    assert_eq!(project.account.cloudformation().done, [""; 0]);
}

#[tokio::test]
async fn stacks_go_in_the_reverse_order() {
    let project = deployed().await;
    let run = project.show(&["destroy", "--confirm", "cms-staging", "--empty-buckets"]).await.done();
    let done = {
        let mut cloudformation = project.account.cloudformation();
        assert!(cloudformation.stacks.is_empty());
        std::mem::take(&mut cloudformation.done)
    };
    let mut deleted: Vec<_> =
        done.iter().map(|line| line.rsplit_once("cms-staging-").unwrap().1.to_owned()).collect();
    deleted.dedup();
    let order = ["watch", "site", "edge-region", "edge", "identity", "certificate", "packages"];
    assert_eq!(deleted, order);
    assert_eq!(project.account.keys("cms-staging-packages-123456789012").await, [""; 0]);
    assert!(run.out.contains("aws lambda delete-function --region us-east-1"), "{}", run.out);
    let again = project.run(&["destroy", "--confirm", "cms-staging"]).await.done();
    assert_eq!(again.json()["destroyed"], serde_json::json!([]));
}
