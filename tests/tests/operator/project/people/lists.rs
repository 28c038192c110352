//! Everybody, however many they are.

use ops::failure::Exit;
use serde_json::{Value, json};

use super::ground::Ground;

/// More than two pages.
const MANY: usize = 130;

#[tokio::test]
async fn everybody_is_listed_sorted_however_many_pages_they_are() {
    let ground = Ground::new().await;
    let empty = ground.run(&["list"]).await.done();
    assert!(empty.out.ends_with("0 people\n"), "{empty:?}");
    // From the last to the first.
    for number in (0..MANY).rev() {
        let address = format!("person-{number:03}@example.com");
        ground.in_pool("AdminCreateUser", json!({ "Username": address, "UserAttributes": [] })).await;
        if number % 2 == 0 {
            let member = json!({ "Username": address, "GroupName": "editors" });
            ground.in_pool("AdminAddUserToGroup", member).await;
        }
    }
    let all = ground.run_json(&["list"]).await.done().json();
    assert_eq!(all["in_all"], MANY);
    let addresses = addresses(&all);
    assert_eq!(addresses.len(), MANY);
    assert!(addresses.is_sorted() && addresses[0] == "person-000@example.com", "{addresses:?}");
    assert_eq!(all["people"][2]["groups"], json!(["editors"]));

    let some = ground.run_json(&["list", "--group", "editors", "--search", "PERSON-01"]).await.done().json();
    assert_eq!(self::addresses(&some).len(), 5);
    let shown = ground.run(&["list", "--group", "editors"]).await.done();
    assert!(shown.out.ends_with("65 of 130 people\n"), "{shown:?}");
}

#[tokio::test]
async fn a_line_has_address_name_status_moment_and_groups() {
    let ground = Ground::new().await;
    let invite =
        ["invite", "ada@example.com", "--name", "Ada Lovelace", "--group", "editors", "--group", "admins"];
    ground.run(&invite).await.done();
    ground.run(&["invite", "robert@example.com"]).await.done();
    ground.confirm("ada@example.com").await;
    let list = ground.run(&["list"]).await.done();
    let lines: Vec<&str> = list.out.lines().collect();
    assert!(lines[0].starts_with("ada@example.com     Ada Lovelace  confirmed  20"), "{lines:?}");
    assert!(lines[0].ends_with("Z  admins, editors"), "{lines:?}");
    assert!(lines[1].starts_with("robert@example.com  -             invited    20"), "{lines:?}");
    assert_eq!(lines[2], "2 people");
}

#[tokio::test]
async fn a_group_that_is_not_there_is_no_empty_list() {
    let ground = Ground::new().await;
    let run = ground.run_json(&["list", "--group", "editor"]).await;
    assert_eq!(run.exit, Exit::Failed);
    let error = run.json()["error"].as_str().unwrap().to_owned();
    assert_eq!(error, "there is no group editor; the user pool has admins, authors, editors");
}

fn addresses(list: &Value) -> Vec<String> {
    let people = list["people"].as_array().unwrap().iter();
    people.map(|person| person["email"].as_str().unwrap().to_owned()).collect()
}
