//! What does not work is told with what to do next, and goes on when the command is run again.

use ops::failure::Exit;

use super::ground::{Ground, REGION};

const ADA: &str = "ada@example.com";

#[tokio::test]
async fn a_group_that_is_not_there_is_told_before_anybody_is_invited() {
    let ground = Ground::new().await;
    let run = ground.run(&["invite", ADA, "--group", "editors", "--group", "admin"]).await;
    assert_eq!(run.exit, Exit::Failed);
    assert!(run.err.contains("no group admin; the user pool has admins, authors, editors\n"), "{run:?}");
    assert!(run.err.contains("groups under [sign_in]"), "{run:?}");
    assert_eq!(ground.relay.changes(), 0);
    ground.run(&["invite", ADA]).await.done();
    let before = ground.relay.changes();
    let run = ground.run(&["groups", ADA, "--add", "editors", "--remove", "nobody"]).await;
    assert!(run.exit == Exit::Failed && run.err.contains("no group nobody"), "{run:?}");
    assert_eq!(ground.relay.changes(), before);
}

#[tokio::test]
async fn a_pool_that_is_missing_is_told_with_how_to_make_one() {
    let ground = Ground::new().await;
    let project = |sign_in: &str| {
        format!(
            "name = \"docs\"\nregion = \"{REGION}\"\n[site]\ndomains = [\"docs.example.com\"]\n[sign_in]\n{sign_in}"
        )
    };
    let gone = format!("user_pool = \"{REGION}_GONE\"\nclient = \"1example\"\nhosted_ui_prefix = \"docs\"\n");
    ground.rewrite_project(&project(&gone));
    for command in [&["list"][..], &["invite", ADA], &["groups", ADA], &["remove", ADA, "--yes"]] {
        let run = ground.run(command).await;
        assert_eq!(run.exit, Exit::Failed, "{run:?}");
        let said = format!("the user pool {REGION}_GONE does not exist\n");
        assert!(run.err.contains(&said) && run.err.contains("parapet deploy identity"), "{run:?}");
    }
    ground.rewrite_project(&project(""));
    let run = ground.run(&["list"]).await;
    let said = "the user pool is not known yet: the stack docs-production-identity in eu-central-1";
    assert!(run.err.contains(said) && run.err.contains("deploy it with parapet deploy identity"), "{run:?}");
}

#[tokio::test]
async fn throttling_is_waited_out_for_as_long_as_there_is_patience() {
    let ground = Ground::new().await;
    ground.relay.refuse("ListUsers", 2, "TooManyRequestsException");
    ground.run(&["list", "--patience", "0"]).await.done();
    ground.relay.refuse("ListUsers", 9, "TooManyRequestsException");
    let run = ground.run(&["list", "--patience", "0"]).await;
    assert_eq!(run.exit, Exit::Failed);
    assert!(run.err.contains("listing the people of") && run.err.contains("wait a minute"), "{run:?}");
}

#[tokio::test]
async fn what_is_denied_is_told_with_the_policy_that_allows_it() {
    let ground = Ground::new().await;
    ground.relay.refuse("AdminGetUser", 1, "AccessDeniedException");
    let run = ground.run(&["disable", ADA]).await;
    assert_eq!(run.exit, Exit::Failed);
    assert!(run.err.contains("looking for ada@example.com in") && run.err.contains("operator-policy.json"));
    // How long a token lives is worth a word, and no reason to fail when everything is done.
    ground.run(&["invite", ADA]).await.done();
    ground.relay.refuse("DescribeUserPoolClient", 1, "AccessDeniedException");
    let run = ground.run(&["sign-out", ADA]).await.done();
    assert!(run.out.contains("is good until it ends\n"), "{run:?}");
}

#[tokio::test]
async fn whoever_was_invited_before_a_group_failed_comes_into_it_the_next_time() {
    let ground = Ground::new().await;
    let invite = ["invite", ADA, "--group", "admins", "--group", "editors"];
    ground.relay.refuse("AdminAddUserToGroup", 1, "InternalErrorException");
    let run = ground.run(&invite).await;
    assert_eq!(run.exit, Exit::Failed);
    assert!(run.err.contains("into admins failed"), "{run:?}");
    let again = ground.run(&invite).await.done();
    assert!(again.out.contains("added: admins, editors"), "{again:?}");
    assert_eq!(ground.relay.bodies("AdminCreateUser").len(), 1);
}

#[tokio::test]
async fn a_mail_that_was_not_sent_is_told_with_how_it_will_be() {
    let ground = Ground::new().await;
    // Tomorrow's mails are not waited for.
    for code in ["LimitExceededException", "CodeDeliveryFailureException"] {
        ground.relay.refuse("AdminCreateUser", 1, code);
        let run = ground.run(&["invite", ADA]).await;
        assert_eq!(run.exit, Exit::Failed);
        assert!(run.err.contains("the invitation of ada@example.com was not sent: "), "{run:?}");
        assert!(run.err.contains(code) && run.err.contains("[sign_in.email]"), "{run:?}");
    }
    ground.relay.refuse("AdminCreateUser", 1, "UsernameExistsException");
    let run = ground.run(&["invite", ADA]).await;
    assert!(run.err.contains("by somebody else meanwhile") && run.err.contains("again"), "{run:?}");
}
