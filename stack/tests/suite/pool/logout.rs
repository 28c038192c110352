//! Signing out of the hosted UI.

use reqwest::StatusCode;

use crate::pool::browser::{Browser, authorize_path};
use crate::pool::world::{CLIENT, World};

async fn signed_in(world: &World) -> Browser {
    let browser = Browser::new(world);
    browser.sign_in("reader", "Reader-1234", &[]).await;
    browser
}

#[tokio::test]
async fn a_registered_uri_is_gone_to_without_a_session() {
    let world = World::start().await;
    let browser = signed_in(&world).await;
    let landing = "http://localhost:8080/auth/signed-out";
    let answer = browser.get(&format!("/logout?client_id={CLIENT}&logout_uri={landing}")).await;
    assert_eq!((answer.status, answer.location().as_deref()), (StatusCode::FOUND, Some(landing)));
    assert_eq!(browser.visit(&authorize_path(&[])).await.url.path(), "/login");
}

#[tokio::test]
async fn an_unregistered_uri_is_refused_and_nobody_is_signed_out() {
    let world = World::start().await;
    let browser = signed_in(&world).await;
    for query in [
        format!("client_id={CLIENT}&logout_uri=http://evil.example/"),
        format!("client_id={CLIENT}&logout_uri=http://localhost:8080/auth/signed-out/"),
        "client_id=unknown&logout_uri=http://localhost:8080/auth/signed-out".to_owned(),
        format!("client_id={CLIENT}"),
        String::new(),
    ] {
        let answer = browser.get(&format!("/logout?{query}")).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::BAD_REQUEST, None), "{query}");
    }
    assert!(browser.visit(&authorize_path(&[])).await.returned("code").is_some());
}

#[tokio::test]
async fn with_a_redirect_uri_one_signs_in_again() {
    let world = World::start().await;
    let browser = signed_in(&world).await;
    let logout = authorize_path(&[("state", "s")]).replace("/oauth2/authorize", "/logout");
    let page = browser.visit(&logout).await;
    assert_eq!(page.url.path(), "/login");
    let answer = browser.submit(&page, "/login", &[("username", "admin"), ("password", "Admin-1234")]).await;
    assert_eq!(answer.returned("state").as_deref(), Some("s"));
}
