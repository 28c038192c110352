//! The authorization code grant with PKCE.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::pool::browser::{Browser, authorize_path};
use crate::pool::world::{
    CALLBACK, CLIENT, SECRET, SECRET_CLIENT, VERIFIER, World, code_form, refused, text,
};

#[tokio::test]
async fn a_sign_in_ends_in_tokens_with_cognitos_claims() {
    let world = World::start().await;
    let answer = Browser::new(&world).sign_in("editor", "Editor-1234", &[("nonce", "the nonce")]).await;
    let (status, tokens) = world.redeem(&answer.code()).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!((text(&tokens, "token_type"), &tokens["expires_in"]), ("Bearer", &json!(3_600)));
    assert!(!text(&tokens, "refresh_token").is_empty());

    let (header, id) = world.verified(text(&tokens, "id_token")).await.unwrap();
    let mut members: Vec<_> = header.as_object().unwrap().keys().map(String::as_str).collect();
    members.sort();
    assert_eq!((members, &header["alg"]), (vec!["alg", "kid"], &json!("RS256")));
    assert_eq!(text(&id, "iss"), world.pool.issuer());
    assert_eq!((text(&id, "aud"), text(&id, "token_use")), (CLIENT, "id"));
    assert_eq!((text(&id, "nonce"), text(&id, "cognito:username")), ("the nonce", "editor"));
    assert_eq!((text(&id, "email"), &id["email_verified"]), ("editor@example.com", &json!(true)));
    assert_eq!((text(&id, "name"), &id["cognito:groups"]), ("Eddi Editor", &json!(["editors"])));
    assert_eq!((&id["auth_time"], &id["iat"]), (&json!(world.now()), &json!(world.now())));
    assert_eq!(id["exp"], json!(world.now() + 3_600));

    let (access_header, access) = world.verified(text(&tokens, "access_token")).await.unwrap();
    assert_ne!(access_header["kid"], header["kid"]);
    assert_eq!((text(&access, "client_id"), text(&access, "token_use")), (CLIENT, "access"));
    assert_eq!((text(&access, "scope"), text(&access, "username")), ("openid email profile", "editor"));
    assert_eq!((&access["version"], &access["aud"]), (&json!(2), &Value::Null));
    for same in ["sub", "iss", "origin_jti", "event_id", "auth_time", "cognito:groups"] {
        assert_eq!(id[same], access[same], "{same}");
    }
    assert_ne!(id["jti"], access["jti"]);
}

#[tokio::test]
async fn users_without_groups_have_no_groups_claim_and_scopes_narrow_claims() {
    let world = World::start().await;
    let answer = Browser::new(&world).sign_in("reader", "Reader-1234", &[("scope", "openid email")]).await;
    let (_, tokens) = world.redeem(&answer.code()).await;
    let (_, id) = world.verified(text(&tokens, "id_token")).await.unwrap();
    assert_eq!((id.get("cognito:groups"), id.get("name"), id.get("nonce")), (None, None, None));
    assert_eq!(text(&id, "email"), "reader@example.com");
    let (status, info) = world.user_info(text(&tokens, "access_token")).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(info["sub"], id["sub"]);
    assert_eq!((&info["email_verified"], info.get("name")), (&json!("true"), None));
}

#[tokio::test]
async fn a_code_counts_once() {
    let world = World::start().await;
    let code = Browser::new(&world).sign_in("reader", "Reader-1234", &[]).await.code();
    assert_eq!(world.redeem(&code).await.0, StatusCode::OK);
    refused(&world.redeem(&code).await, "invalid_grant");
    assert_eq!(world.pool.token_requests().authorization_code, 2);
}

#[tokio::test]
async fn a_code_lasts_five_minutes() {
    let world = World::start().await;
    let browser = Browser::new(&world);
    let in_time = browser.sign_in("reader", "Reader-1234", &[]).await.code();
    let late = browser.visit(&authorize_path(&[])).await.code();
    world.pass(299);
    assert_eq!(world.redeem(&in_time).await.0, StatusCode::OK);
    world.pass(1);
    refused(&world.redeem(&late).await, "invalid_grant");
}

#[tokio::test]
async fn verifier_redirect_uri_and_client_must_fit_the_code() {
    let world = World::start().await;
    let browser = Browser::new(&world);
    browser.sign_in("reader", "Reader-1234", &[]).await;
    let wrong = [("code_verifier", "wrong"), ("redirect_uri", "http://localhost:8080/auth/callback/")];
    for (name, value) in wrong {
        let code = browser.visit(&authorize_path(&[])).await.code();
        let form = code_form(&code).map(|(key, good)| if key == name { (key, value) } else { (key, good) });
        refused(&world.post("/oauth2/token", &form).await, "invalid_grant");
    }
    let code = browser.visit(&authorize_path(&[])).await.code();
    let form: Vec<_> = code_form(&code).into_iter().filter(|(key, _)| *key != "client_id").collect();
    let answer = world.post_as(Some((SECRET_CLIENT, SECRET)), "/oauth2/token", &form).await;
    refused(&answer, "invalid_grant");
}

#[tokio::test]
async fn malformed_token_requests_have_their_own_errors() {
    let world = World::start().await;
    refused(&world.post("/oauth2/token", &[]).await, "invalid_request");
    let unknown = [("grant_type", "refresh_token"), ("client_id", "unknown"), ("refresh_token", "x")];
    refused(&world.post("/oauth2/token", &unknown).await, "invalid_client");
    let other = [("grant_type", "password"), ("client_id", CLIENT)];
    refused(&world.post("/oauth2/token", &other).await, "unsupported_grant_type");
    let lacking = [("grant_type", "authorization_code"), ("client_id", CLIENT), ("code", "x")];
    refused(&world.post("/oauth2/token", &lacking).await, "invalid_request");
    let requests = world.pool.token_requests();
    assert_eq!((requests.authorization_code, requests.refresh_token, requests.other), (1, 1, 2));
}

#[tokio::test]
async fn a_client_with_a_secret_must_give_it() {
    let world = World::start().await;
    let browser = Browser::new(&world);
    browser.sign_in("reader", "Reader-1234", &[]).await;
    let authorize = authorize_path(&[]).replace(CLIENT, SECRET_CLIENT);
    let code = browser.visit(&authorize).await.code();
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", SECRET_CLIENT),
        ("code", code.as_str()),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
    ];
    refused(&world.post("/oauth2/token", &form).await, "invalid_client");
    refused(&world.post_as(Some((SECRET_CLIENT, "no")), "/oauth2/token", &form).await, "invalid_client");
    let (status, tokens) = world.post_as(Some((SECRET_CLIENT, SECRET)), "/oauth2/token", &form).await;
    assert_eq!(status, StatusCode::OK);
    let (_, id) = world.verified(text(&tokens, "id_token")).await.unwrap();
    assert_eq!(text(&id, "aud"), SECRET_CLIENT);
}

#[tokio::test]
async fn state_comes_back_as_it_was() {
    let world = World::start().await;
    let browser = Browser::new(&world);
    browser.sign_in("reader", "Reader-1234", &[]).await;
    for state in ["a b+c", "&=?#%", "\"<'>", "\u{e4}\u{1f600}", "{\"a\":1}", "%2B%00", "x;y,z\\"] {
        let answer = browser.visit(&authorize_path(&[("state", state)])).await;
        assert_eq!(answer.returned("state").as_deref(), Some(state));
        browser.forget_cookies();
        let answer = browser.sign_in("reader", "Reader-1234", &[("state", state)]).await;
        assert_eq!(answer.returned("state").as_deref(), Some(state), "through the form");
    }
}

#[tokio::test]
async fn errors_go_to_a_trusted_redirect_uri_with_the_state() {
    let world = World::start().await;
    let answer = Browser::new(&world).visit(&authorize_path(&[("state", "s"), ("scope", "other")])).await;
    assert_eq!(answer.status, StatusCode::FOUND);
    assert_eq!(answer.returned("error").as_deref(), Some("invalid_scope"));
    assert_eq!(answer.returned("state").as_deref(), Some("s"));
    assert!(answer.returned("error_description").is_some());
}

#[tokio::test]
async fn an_untrusted_redirect_uri_gets_a_page_and_no_redirect() {
    let world = World::start().await;
    let browser = Browser::new(&world);
    for path in [
        authorize_path(&[]).replace("callback", "elsewhere"),
        authorize_path(&[]).replace(CLIENT, "<script>alert(1)</script>"),
        authorize_path(&[]).replace("/oauth2/authorize", "/login").replace("callback", "elsewhere"),
    ] {
        let answer = browser.get(&path).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::BAD_REQUEST, None));
        assert!(!answer.body.contains("<script"));
        answer.shows("role=\"alert\"");
    }
}

#[tokio::test]
async fn prompt_none_never_asks_and_prompt_login_always_does() {
    let world = World::start().await;
    let browser = Browser::new(&world);
    let none = authorize_path(&[("prompt", "none"), ("state", "s")]);
    let answer = browser.visit(&none).await;
    assert_eq!(answer.returned("error").as_deref(), Some("login_required"));
    assert_eq!(answer.returned("state").as_deref(), Some("s"));

    browser.sign_in("reader", "Reader-1234", &[]).await;
    assert!(browser.visit(&none).await.returned("code").is_some());
    let answer = browser.sign_in("reader", "Reader-1234", &[("prompt", "login")]).await;
    assert!(answer.returned("code").is_some());
}

#[tokio::test]
async fn the_hosted_session_lasts_an_hour_and_keeps_its_auth_time() {
    let world = World::start().await;
    let browser = Browser::new(&world);
    browser.sign_in("reader", "Reader-1234", &[]).await;
    let signed_in_at = world.now();
    world.pass(3_599);
    let (_, tokens) = world.redeem(&browser.visit(&authorize_path(&[])).await.code()).await;
    let (_, id) = world.verified(text(&tokens, "id_token")).await.unwrap();
    assert_eq!(id["auth_time"], json!(signed_in_at));
    world.pass(1);
    assert_eq!(browser.visit(&authorize_path(&[])).await.url.path(), "/login");
}
