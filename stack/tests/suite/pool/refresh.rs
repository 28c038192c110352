//! Renewal, rotation and revocation.

use reqwest::StatusCode;
use serde_json::json;

use crate::pool::world::{CLIENT, SECRET, SECRET_CLIENT, World, refused, settings, text};

fn refresh_token(world: &World) -> String {
    world.pool.issue_tokens("editor@example.com", CLIENT, Some("n")).unwrap().refresh_token.unwrap()
}

#[tokio::test]
async fn a_refresh_keeps_the_sign_in_and_drops_the_nonce() {
    let world = World::start().await;
    let first = world.pool.issue_tokens("editor", CLIENT, Some("n")).unwrap();
    let (_, before) = world.verified(&first.id_token.unwrap()).await.unwrap();
    assert_eq!(text(&before, "nonce"), "n");
    world.pass(100);
    let (status, tokens) = world.refresh(&first.refresh_token.unwrap()).await;
    assert_eq!(status, StatusCode::OK);
    let (_, after) = world.verified(text(&tokens, "id_token")).await.unwrap();
    for same in ["sub", "auth_time", "origin_jti", "event_id", "cognito:groups"] {
        assert_eq!(before[same], after[same], "{same}");
    }
    assert_ne!(before["jti"], after["jti"]);
    assert_eq!((after.get("nonce"), &after["iat"]), (None, &json!(world.now())));
}

#[tokio::test]
async fn rotation_gives_a_new_token_and_the_old_one_works_for_the_grace() {
    let world = World::start().await;
    let old = refresh_token(&world);
    let (_, tokens) = world.refresh(&old).await;
    let new = text(&tokens, "refresh_token").to_owned();
    assert_ne!(new, old);
    world.pass(59);
    let (status, again) = world.refresh(&old).await;
    assert_eq!(status, StatusCode::OK);
    assert!(![new.as_str(), old.as_str()].contains(&text(&again, "refresh_token")));
    world.pass(1);
    refused(&world.refresh(&old).await, "invalid_grant");
    assert_eq!(world.refresh(&new).await.0, StatusCode::OK);
}

#[tokio::test]
async fn without_rotation_no_new_refresh_token_comes() {
    let mut settings = settings();
    settings.refresh_rotation = false;
    let world = World::with(settings).await;
    let token = refresh_token(&world);
    for _ in 0..2 {
        let (status, tokens) = world.refresh(&token).await;
        assert_eq!((status, tokens.get("refresh_token")), (StatusCode::OK, None));
    }
}

#[tokio::test]
async fn a_refresh_token_ends_in_time() {
    let mut settings = settings();
    settings.token_lifetimes.refresh_seconds = 100;
    let world = World::with(settings).await;
    let token = refresh_token(&world);
    world.pass(99);
    let (status, tokens) = world.refresh(&token).await;
    assert_eq!(status, StatusCode::OK);
    world.pass(1);
    refused(&world.refresh(text(&tokens, "refresh_token")).await, "invalid_grant");
}

#[tokio::test]
async fn another_client_cannot_use_it() {
    let world = World::start().await;
    let form = [("grant_type", "refresh_token"), ("refresh_token", &refresh_token(&world))];
    let answer = world.post_as(Some((SECRET_CLIENT, SECRET)), "/oauth2/token", &form).await;
    refused(&answer, "invalid_grant");
}

#[tokio::test]
async fn revocation_ends_the_family_and_its_access_tokens() {
    let world = World::start().await;
    let (_, tokens) = world.refresh(&refresh_token(&world)).await;
    let (refresh, access) = (text(&tokens, "refresh_token"), text(&tokens, "access_token"));
    assert_eq!(world.user_info(access).await.0, StatusCode::OK);
    let (status, _) = world.post("/oauth2/revoke", &[("token", refresh), ("client_id", CLIENT)]).await;
    assert_eq!(status, StatusCode::OK);
    refused(&world.refresh(refresh).await, "invalid_grant");
    assert_eq!(world.user_info(access).await.0, StatusCode::UNAUTHORIZED);
    let again = world.post("/oauth2/revoke", &[("token", refresh), ("client_id", CLIENT)]).await;
    assert_eq!(again.0, StatusCode::OK);
}

#[tokio::test]
async fn revocation_tells_its_errors() {
    let world = World::start().await;
    let tokens = world.pool.issue_tokens("reader", CLIENT, None).unwrap();
    let unknown = world.post("/oauth2/revoke", &[("token", "unknown"), ("client_id", CLIENT)]).await;
    assert_eq!(unknown.0, StatusCode::OK);
    let access = [("token", tokens.access_token.as_str()), ("client_id", CLIENT)];
    refused(&world.post("/oauth2/revoke", &access).await, "unsupported_token_type");
    refused(&world.post("/oauth2/revoke", &[("client_id", CLIENT)]).await, "invalid_request");
    let refresh = tokens.refresh_token.unwrap();
    let anonymous = world.post("/oauth2/revoke", &[("token", refresh.as_str())]).await;
    assert_eq!(anonymous, (StatusCode::UNAUTHORIZED, json!({ "error": "invalid_client" })));
    let other = world.post_as(Some((SECRET_CLIENT, SECRET)), "/oauth2/revoke", &[("token", &refresh)]).await;
    assert_eq!(other.0, StatusCode::OK);
    assert_eq!(world.refresh(&refresh).await.0, StatusCode::OK);
    assert_eq!(world.pool.revoke_requests(), 5);
}

#[tokio::test]
async fn user_info_wants_a_live_access_token() {
    let world = World::start().await;
    let tokens = world.pool.issue_tokens("reader", CLIENT, None).unwrap();
    assert_eq!(world.user_info(&tokens.id_token.unwrap()).await.0, StatusCode::UNAUTHORIZED);
    world.pass(3_600);
    assert_eq!(world.user_info(&tokens.access_token).await.0, StatusCode::UNAUTHORIZED);
}
