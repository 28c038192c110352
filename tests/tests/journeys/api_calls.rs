//! What reaches the API when a page calls it, whoever's page that is.

use serde_json::json;
use tests::hosted_ui::EDITOR;
use tests::other_site::OtherSite;
use tests::{Journey, SignInAt};

use crate::stage::{signed_in, wherever_people_sign_in};

wherever_people_sign_in!(a_call_from_the_page_brings_the_bearer_token_and_no_cookie,);

async fn a_call_from_the_page_brings_the_bearer_token_and_no_cookie(at: SignInAt) -> Journey {
    let (cloud, browser) = signed_in(at, EDITOR, "/admin/", "Your desk").await?;
    browser.press("Ask the API").await?;
    browser.sees("none came, as it should be").await?;
    let own = json!({ "headers": { "X-Own": "kept", "X-Auth-User": "admin" } });
    assert_eq!(browser.fetch("/api/whoami?again=1", own).await?.status, 200);

    let reached = cloud.reached_api("/api/whoami");
    assert_eq!(reached.len(), 2);
    for request in &reached {
        assert!(request.header("authorization").unwrap().starts_with("Bearer eyJ"));
        let claims = request.unverified_claims.as_ref().unwrap();
        assert_eq!((&claims["token_use"], &claims["username"]), (&json!("access"), &json!("editor")));
        assert_eq!(request.cookie, None, "a cookie of the session reached the origin");
    }
    assert_eq!(reached[1].header("x-own"), Some("kept"));
    assert_eq!(reached[1].header("x-auth-user"), None, "a viewer's own word must not pass for the gate's");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn another_site_cannot_post_in_the_editors_name() -> Journey {
    let (cloud, browser) = signed_in(SignInAt::UserPool, EDITOR, "/admin/", "Your desk").await?;
    let target = cloud.page("/api/echo");
    let html = format!("<!doctype html><title>Prizes</title><h1>Prizes</h1>
        <form method=post action='{target}' enctype='text/plain'><input name=note value=forged><button>Win</button></form>");
    let other = OtherSite::start(html).await?;
    // Under the site's own name and another port it even gets the site's cookies.
    for (turn, host) in ["127.0.0.1", "localhost"].into_iter().enumerate() {
        browser.open(&other.address(host)).await?;
        let blind =
            json!({ "method": "POST", "mode": "no-cors", "credentials": "include", "body": "forged" });
        browser.fetch(&target, blind).await?;
        browser.press("Win").await?;
        browser.sees("This was asked by another site").await?;
        assert_eq!(crate::stage::status(&browser).await?, 403);
        assert_eq!(cloud.reached_api("/api/echo"), [], "a forged call from {host} reached the API");
        let refused = || cloud.events("refusal").iter().filter(|line| line["reason"] == "cross_site").count();
        assert_eq!(refused(), 2 * (turn + 1));
    }
    Ok(())
}
