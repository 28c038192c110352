//! Case 23: what no page and no log line may hold. The fixture searches every answer of every test.

use crate::fixture::*;

/// Every answer of every test is searched for secrets; here are those that tell the most.
#[test]
fn case_23_no_page_and_no_log_line_holds_a_secret() {
    let mut config = config();
    config["user_pool"]["client_secret"] = "a-client-secret-of-some-length".into();
    let mut fixture = Fixture::of(config);
    fixture.pool.secrets.push("a-client-secret-of-some-length".to_owned());
    let mut browser = Browser::default();
    let url = browser.callback(&mut fixture, "/private?token=query-strings-may-hold-secrets");
    fixture.pool.secrets.push("query-strings-may-hold-secrets".to_owned());
    fixture.pool.secrets.push(url.split_once("state=").unwrap().1.to_owned());
    fixture.pool.secrets.push(browser.value("").to_owned());
    for answer in
        [answered(400, r#"{"error":"invalid_grant"}"#), answered(500, "<html>"), answered(200, "{}")]
    {
        let mut failing = browser.clone();
        fixture.pool.script = Some(Box::new(move |_| Some(answer.clone())));
        let answer = failing.ask(&mut fixture, Ask::page(&url).header("Accept-Language", "de"));
        answer.assert_refused();
        assert!(answer.log.is_some());
    }
    fixture.pool.script = None;
    let signed_in = browser.ask(&mut fixture, Ask::page(&url));
    assert_eq!(signed_in.reason(), "signed_in");
    assert_eq!(signed_in.log.as_ref().unwrap()["who"]["username"], "ada");
    browser.ask(&mut fixture, Ask::page(&url)).assert_status(303);
    let session = browser.ask(&mut fixture, Ask::fetch("GET", "/auth/session"));
    session.assert_status(200);
    fixture.now += LIFETIME;
    assert_eq!(browser.ask(&mut fixture, Ask::page("/private")).reason(), "renewed");
    assert_eq!(browser.ask(&mut fixture, Ask::page("/auth/sign-out")).reason(), "signed_out");
}

#[test]
fn case_23_an_event_of_another_shape_is_not_quoted() {
    let mut fixture = Fixture::new();
    for part in ["headers", "method", "uri", "querystring"] {
        let mut event = Ask::page("/private").event();
        event["Records"][0]["cf"]["request"][part] =
            serde_json::json!({ "cookie": "a-secret-that-stands-in-a-cookie" });
        let (text, log) = fixture.decide(&event.to_string());
        assert!(!text.contains("a-secret") && !log.as_deref().unwrap().contains("a-secret"), "{log:?}");
        assert!(text.contains("\"status\":\"500\""));
    }
}
