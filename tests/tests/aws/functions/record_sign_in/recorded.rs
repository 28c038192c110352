//! What is kept of a sign-in.

use serde_json::{Value, json};

use super::setting::{Function, sign_in};

#[tokio::test]
async fn a_sign_in_is_an_item_an_object_and_a_line() {
    let function = Function::start().await;
    function.tell(&sign_in("1", "web")).await;
    let items = function.items();
    assert_eq!(items.len(), 1);
    let item = &items[0];
    let text = |name: &str| item[name]["S"].as_str().unwrap_or_default().to_owned();
    assert_eq!(
        (text("pk"), text("username"), text("email")),
        ("USER#1".into(), "user-1".into(), "1@example.com".into())
    );
    assert_eq!(
        (text("sk").split('#').next().unwrap(), text("at").get(..10).unwrap()),
        (text("at").as_str(), text("day").as_str())
    );
    let kept: i64 = item["expires_at"]["N"].as_str().unwrap().parse().unwrap();
    assert!(kept > 1_795_000_000, "{kept}");

    let latest = function.latest("1").unwrap();
    assert_eq!((&latest["at"], &latest["greeting"]["S"]), (&item["at"], &json!("Hello.")));

    let objects = function.objects("sign-ins/");
    assert_eq!(objects.len(), 1);
    let date = text("at").replace(':', "-");
    assert!(objects[0].key.starts_with(&format!("sign-ins/user-1/{date}-")), "{}", objects[0].key);
    let content: Value = serde_json::from_slice(&objects[0].body).unwrap();
    assert_eq!((&content["username"], &content["at"]), (&json!("user-1"), &json!(text("at"))));

    let line = function.line(|line| line["SignIns"] == 1).await;
    assert_eq!((&line["SignInsNotRecorded"], &line["sub"]), (&json!(0), &json!("1")));
    assert_eq!(line["_aws"]["CloudWatchMetrics"][0]["Namespace"], "Parapet/test");
}

/// It has neither a subject nor a client of its own.
#[tokio::test]
async fn awss_recorded_event_is_recorded() {
    let function = Function::start().await;
    let event: Value = serde_json::from_str(include_str!("recorded.json")).unwrap();
    function.tell(&event).await;
    assert_eq!(function.items()[0]["pk"]["S"], "USER#<userName>");
    assert_eq!(function.objects("sign-ins/%3CuserName%3E/").len(), 1);
}

#[tokio::test]
async fn what_is_no_sign_in_goes_back_as_it_came() {
    let function = Function::start().await;
    let mut other = sign_in("1", "web");
    other["triggerSource"] = json!("PostConfirmation_ConfirmSignUp");
    for event in [other, json!({}), json!([1, "x"]), json!("text"), Value::Null] {
        function.tell(&event).await;
    }
    assert!(function.items().is_empty() && function.objects("").is_empty());
    assert_eq!(function.counted(), 0);
}

#[tokio::test]
async fn a_greeting_that_is_changed_is_told_after_a_minute_at_most_and_a_missing_one_not_at_all() {
    let function = Function::start().await;
    function.aws.services.parameters.set_denied(true);
    function.tell(&sign_in("1", "web")).await;
    assert_eq!(function.latest("1").unwrap().get("greeting"), None);
    function.aws.services.parameters.set_denied(false);
    function.tell(&sign_in("2", "web")).await;
    assert_eq!(function.latest("2").unwrap()["greeting"]["S"], "Hello.");
}
