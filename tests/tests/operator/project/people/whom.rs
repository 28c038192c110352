//! Whom a command is about.

use ops::failure::Exit;
use serde_json::{Value, json};

use super::ground::Ground;

#[tokio::test]
async fn an_address_in_any_case_a_user_name_and_a_sub_are_somebody() {
    let ground = Ground::new().await;
    ground.run(&["invite", "ada@example.com"]).await.done();
    let json = ground.run_json(&["groups", "ADA@Example.com"]).await.done().json();
    assert_eq!(json["email"], "ada@example.com");
    let username = json["username"].as_str().unwrap();
    assert_eq!(ground.run_json(&["groups", username]).await.done().json()["email"], "ada@example.com");

    let nobody = ground.run(&["disable", "ada@exmaple.com"]).await;
    assert_eq!(nobody.exit, Exit::Failed);
    assert!(nobody.err.contains("did you mean ada@example.com?"), "{nobody:?}");
    let stranger = ground.run(&["disable", "grace hopper"]).await;
    assert!(!stranger.err.contains("did you mean") && stranger.err.contains("parapet people list"));
    assert_eq!(ground.run(&["disable", ""]).await.exit, Exit::Usage);
}

/// A pool with user names, in which an address may be several people's.
#[tokio::test]
async fn several_with_one_address_are_told_by_their_user_names() {
    let ground = Ground::with(json!({})).await;
    for username in ["ada", "lovelace", "grace"] {
        let address = if username == "grace" { "grace@example.com" } else { "ada@example.com" };
        let attributes = json!([{ "Name": "email", "Value": address }]);
        let user = json!({ "Username": username, "UserAttributes": attributes });
        ground.in_pool("AdminCreateUser", user).await;
    }
    let several = ground.run(&["disable", "ada@example.com"]).await;
    assert_eq!(several.exit, Exit::Failed);
    assert!(several.err.contains("user names ada, lovelace\n"), "{several:?}");
    ground.run(&["disable", "lovelace"]).await.done();
    assert_eq!(ground.status("lovelace").await, "disabled");
    ground.run(&["disable", "GRACE@example.com"]).await.done();

    let there = ground.run_json(&["invite", "grace@example.com", "--group", "editors"]).await.done().json();
    assert_eq!((&there["username"], &there["invited"]), (&json!("grace"), &json!(false)));
    let new = ground.run_json(&["invite", "bob@example.com"]).await.done().json();
    assert_eq!((&new["username"], &new["invited"]), (&json!("bob@example.com"), &Value::Bool(true)));
}

#[tokio::test]
async fn a_user_name_is_wanted_where_an_address_only_stands_for_one() {
    let ground = Ground::with(json!({ "AliasAttributes": ["email"] })).await;
    let nameless = ground.run(&["invite", "ada@example.com"]).await;
    assert_eq!(nameless.exit, Exit::Usage);
    assert!(nameless.err.contains("choose one with --user-name"), "{nameless:?}");
    let named = ground.run_json(&["invite", "ada@example.com", "--user-name", "ada"]).await.done().json();
    assert_eq!((&named["username"], &named["email"]), (&json!("ada"), &json!("ada@example.com")));

    let ground = Ground::new().await;
    let useless = ground.run(&["invite", "ada@example.com", "--user-name", "ada"]).await;
    assert!(useless.exit == Exit::Usage && useless.err.contains("leave --user-name out"), "{useless:?}");
    let no_address = ground.run(&["invite", "Ada <ada@example.com>"]).await;
    assert!(no_address.exit == Exit::Usage && no_address.err.contains("no email address"), "{no_address:?}");
}
