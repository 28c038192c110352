//! `parapet people`, against moto's user pools.

mod faults;
mod ground;
mod lists;
mod relay;
mod whom;

use ops::failure::Exit;
use serde_json::{Value, json};

use ground::Ground;

const ADA: &str = "ada@example.com";
const INVITE: [&str; 7] = ["invite", ADA, "--group", "editors", "--name", "Ada Lovelace", "--group=authors"];

#[tokio::test]
async fn somebody_is_invited_once_and_comes_into_the_groups_that_are_missing() {
    let ground = Ground::new().await;
    let invited = ground.run(&INVITE).await.done();
    assert!(invited.out.contains("ada@example.com is invited: Cognito sends the mail; in authors, editors"));

    let calls = ground.relay.bodies("AdminCreateUser");
    assert_eq!(calls.len(), 1);
    assert_eq!(calls[0]["DesiredDeliveryMediums"], json!(["EMAIL"]));
    let attributes = calls[0]["UserAttributes"].as_array().unwrap();
    for (name, value) in [("email", ADA), ("email_verified", "true"), ("name", "Ada Lovelace")] {
        assert!(attributes.contains(&json!({ "Name": name, "Value": value })), "{attributes:?}");
    }
    let password = calls[0]["TemporaryPassword"].as_str().unwrap();
    assert!(password.len() >= 20 && !format!("{invited:?}").contains(password), "{invited:?}");

    let again = ground.run(&["invite", ADA, "--group", "admins", "--name", "Ada King"]).await.done();
    assert!(again.out.contains("is there already (invited), in admins, authors, editors"), "{again:?}");
    assert!(again.out.contains("added: admins\n") && again.out.contains("stays as it is: Ada Lovelace"));
    let third = ground.run_json(&["invite", ADA, "--group", "admins"]).await.done().json();
    assert_eq!(
        (&third["invited"], &third["was"], &third["added"]),
        (&json!(false), &json!("invited"), &json!([]))
    );
    assert_eq!(ground.relay.bodies("AdminCreateUser").len(), 1);
}

/// moto makes another account instead of sending again, so it is not asked.
#[tokio::test]
async fn an_invitation_is_sent_again_only_to_who_waits_for_it() {
    let ground = Ground::new().await;
    let never = ground.run(&["invite", ADA, "--resend"]).await;
    assert_eq!(never.exit, Exit::Failed);
    assert!(never.err.contains("was never invited") && never.err.contains("without --resend"), "{never:?}");
    ground.run(&INVITE).await.done();

    ground.relay.answer("AdminCreateUser", 1, 200, &json!({ "User": {} }));
    let sent = ground.run(&["invite", ADA, "--resend", "--group", "admins"]).await.done();
    assert!(sent.out.contains("the invitation was sent again") && sent.out.contains("added: admins"));
    let calls = ground.relay.bodies("AdminCreateUser");
    assert_eq!(calls[1]["MessageAction"], "RESEND");
    assert_ne!(calls[0]["TemporaryPassword"], calls[1]["TemporaryPassword"]);

    ground.confirm(ADA).await;
    let late = ground.run(&["invite", ADA, "--resend"]).await;
    assert!(late.exit == Exit::Failed && late.err.contains("is confirmed"), "{late:?}");
    ground.run(&["disable", ADA]).await.done();
    let disabled = ground.run(&["invite", ADA, "--resend"]).await;
    assert!(disabled.err.contains("run parapet people enable ada@example.com first"), "{disabled:?}");
    assert_eq!(ground.relay.bodies("AdminCreateUser").len(), 2);
}

#[tokio::test]
async fn groups_are_shown_and_changed_and_what_that_means_is_said() {
    let ground = Ground::new().await;
    ground.run(&INVITE).await.done();
    let shown = ground.run(&["groups", ADA]).await.done();
    assert_eq!(shown.out, "ada@example.com is in authors, editors\n");

    let change = ["groups", ADA, "--add", "admins", "--remove", "authors"];
    let changed = ground.run(&change).await.done();
    for line in [
        "ada@example.com is in admins, editors\n",
        "  added: admins\n",
        "  removed: authors\n",
        // The client's tokens live for 15 and 20 minutes.
        "has the groups of before until it ends, at most 20 minutes;",
        "parapet people sign-out ada@example.com\n",
    ] {
        assert!(changed.out.contains(line), "{line}: {changed:?}");
    }
    let again = ground.run(&change).await.done();
    assert!(again.out.contains("nothing changes"), "{again:?}");
    let json = ground.run_json(&["groups", ADA, "--remove", "admins"]).await.done().json();
    assert_eq!(json["groups"], json!(["editors"]));
    assert_eq!((&json["removed"], &json["token_seconds"]), (&json!(["admins"]), &json!(1_200)));
    let both = ground.run(&["groups", ADA, "--add", "admins", "--remove", "admins"]).await;
    assert_eq!(both.exit, Exit::Usage, "{both:?}");
}

#[tokio::test]
async fn somebody_is_disabled_enabled_and_signed_out() {
    let ground = Ground::new().await;
    ground.run(&INVITE).await.done();
    ground.confirm(ADA).await;
    let disabled = ground.run(&["disable", ADA]).await.done();
    assert!(disabled.out.contains("ada@example.com is disabled: nobody signs in as them"), "{disabled:?}");
    assert!(disabled.out.contains("is good until it ends, at most 20 minutes\n"), "{disabled:?}");
    assert_eq!(ground.status(ADA).await, "disabled");
    let again = ground.run_json(&["disable", ADA]).await.done().json();
    assert_eq!((&again["changed"], &again["was"]), (&json!(false), &json!("disabled")));
    assert_eq!(ground.relay.bodies("AdminDisableUser").len(), 1);

    ground.run(&["enable", ADA]).await.done();
    assert_eq!(ground.status(ADA).await, "confirmed");
    let again = ground.run(&["enable", ADA]).await.done();
    assert!(again.out.contains("is not disabled (confirmed)"), "{again:?}");

    let out = ground.run(&["sign-out", ADA]).await.done();
    assert!(out.out.contains("is signed out everywhere") && out.out.contains("parapet people disable"));
    assert_eq!(ground.relay.bodies("AdminUserGlobalSignOut").len(), 1);
}

#[tokio::test]
async fn somebody_is_removed_when_that_is_confirmed() {
    let ground = Ground::new().await;
    ground.run(&INVITE).await.done();
    let unconfirmed = ground.run(&["remove", ADA]).await;
    assert_eq!(unconfirmed.exit, Exit::Unconfirmed);
    assert!(unconfirmed.err.contains("Type ada@example.com") && unconfirmed.err.contains("--yes"));
    assert_eq!(ground.status(ADA).await, "invited");
    let removed = ground.run_json(&["remove", ADA, "--yes"]).await.done().json();
    assert_eq!((&removed["email"], &removed["groups"]), (&json!(ADA), &json!(["authors", "editors"])));
    let gone = ground.run(&["remove", ADA, "--yes"]).await;
    assert!(gone.exit == Exit::Failed && gone.err.contains("parapet people list"), "{gone:?}");
}

#[tokio::test]
async fn a_dry_run_says_what_would_be_done_and_does_nothing() {
    let ground = Ground::new().await;
    let invite = ground.run(&[&INVITE[..], &["--dry-run"]].concat()).await.done();
    assert!(invite.out.contains("would be invited; in authors, editors"), "{invite:?}");
    ground.run(&INVITE).await.done();
    ground.run(&["invite", "bob@example.com"]).await.done();
    ground.run(&["disable", "bob@example.com"]).await.done();
    let before = ground.relay.changes();
    for command in [
        &["invite", ADA, "--group", "admins", "--resend"][..],
        &["groups", ADA, "--add", "admins", "--remove", "editors"],
        &["disable", ADA],
        &["enable", "bob@example.com"],
        &["sign-out", ADA],
        &["remove", ADA],
    ] {
        let run = ground.run(&[command, &["--dry-run"]].concat()).await.done();
        assert!(run.out.contains("would be") && run.out.ends_with("this was a dry run\n"), "{run:?}");
        let json: Value = ground.run_json(&[command, &["--dry-run"]].concat()).await.done().json();
        assert_eq!(json["dry_run"], true, "{command:?}");
    }
    assert_eq!(ground.relay.changes(), before);
}
