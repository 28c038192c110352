//! An account, doubled by moto: a user pool that somebody made by hand.

use ops::failure::Exit;
use serde_json::{Value, json};
use tests::moto::Moto;

use super::double::{REGION, certificate, cognito};
use super::examination::{Examination, doctor};

/// A pool with a client like this; their ids.
async fn pool(moto: &Moto, client: Value) -> (String, String) {
    let pool = cognito(moto, "CreateUserPool", json!({ "PoolName": "docs" })).await;
    let pool = pool["UserPool"]["Id"].as_str().unwrap().to_owned();
    cognito(moto, "CreateUserPoolDomain", json!({ "UserPoolId": pool, "Domain": "docs" })).await;
    cognito(moto, "CreateGroup", json!({ "UserPoolId": pool, "GroupName": "editors" })).await;
    let mut request = json!({
        "UserPoolId": pool,
        "ClientName": "site",
        "CallbackURLs": ["https://docs.example.com/auth/callback"],
        "LogoutURLs": ["https://docs.example.com/auth/signed-out"],
        "AllowedOAuthFlowsUserPoolClient": true,
        "AllowedOAuthFlows": ["code"],
        "AllowedOAuthScopes": ["openid", "email", "profile"],
        "SupportedIdentityProviders": ["COGNITO"],
        "EnableTokenRevocation": true,
        "PreventUserExistenceErrors": "ENABLED",
        "RefreshTokenValidity": 30,
        "IdTokenValidity": 60,
        "TokenValidityUnits": { "IdToken": "minutes", "RefreshToken": "days" },
        "RefreshTokenRotation": { "Feature": "ENABLED", "RetryGracePeriodSeconds": 60 },
    });
    for (member, value) in client.as_object().unwrap() {
        request[member] = value.clone();
    }
    let client = cognito(moto, "CreateUserPoolClient", request).await;
    (pool, client["UserPoolClient"]["ClientId"].as_str().unwrap().to_owned())
}

/// Examines a project that brings this pool and client along.
async fn examine(moto: &Moto, pool: &str, client: &str) -> Examination {
    examine_site(moto, pool, client, "").await
}

/// The same, with more to say about the site.
async fn examine_site(moto: &Moto, pool: &str, client: &str, site: &str) -> Examination {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("parapet.toml");
    let text = format!(
        "name = \"docs\"\nregion = \"{REGION}\"\n\n[site]\ndomains = \
         [\"docs.example.com\"]\n{site}\n[sign_in]\n\
         user_pool = \"{pool}\"\nclient = \"{client}\"\nhosted_ui_prefix = \"docs\"\n\n\
         [[routes]]\npath = \"/desk/*\"\nkind = \"site\"\naccess = {{ groups = [\"editors\"] }}\n\n\
         [[routes]]\npath = \"/*\"\nkind = \"site\"\naccess = \"signed-in\"\n"
    );
    std::fs::write(&file, text).unwrap();
    let fixed = ["--project", file.to_str().unwrap(), "--endpoint-url", moto.url(), "--no-web"];
    doctor(&fixed).await
}

#[tokio::test]
async fn a_client_that_is_right_is_told_to_be_so() {
    let moto = Moto::start().unwrap();
    let (pool, client) = pool(&moto, json!({})).await;
    let examination = examine(&moto, &pool, &client).await;
    assert_eq!(examination.exit, Exit::Done, "{}", examination.out);
    for check in [
        "callback-urls",
        "logout-urls",
        "oauth-flows",
        "scopes",
        "groups",
        "session-life",
        "token-revocation",
    ] {
        assert!(examination.fine().contains(&check.to_owned()), "{check}: {}", examination.out);
    }
    // Nothing is deployed, and nothing on the web was asked.
    for check in ["function-version", "signing-keys", "sign-in", "client-secret"] {
        assert!(examination.not_checked(check).is_some(), "{check}: {}", examination.out);
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_client_is_found() {
    let moto = Moto::start().unwrap();
    let wrong = json!({
        "CallbackURLs": ["https://docs.example.com/auth/callback/", "https://docs.example.com/parseauth"],
        "LogoutURLs": ["http://docs.example.com/auth/signed-out"],
        "AllowedOAuthFlows": ["code", "implicit"],
        "AllowedOAuthScopes": ["openid"],
        "EnableTokenRevocation": false,
        "RefreshTokenValidity": 60,
    });
    let (pool, client) = pool(&moto, wrong).await;
    let examination = examine(&moto, &pool, &client).await;
    assert_eq!(examination.exit, Exit::Findings, "{}", examination.out);
    examination.found("callback-urls", "broken", "differs by a slash at its end");
    examination.found("logout-urls", "broken", "differs by http instead of https");
    examination.found("oauth-flows", "risky", "implicit");
    examination.found("scopes", "broken", "email profile is refused");
    examination.found("token-revocation", "risky", "does not revoke");
    examination.found("session-life", "hint", "60.0 days");
    examination.found("cookie-layout", "hint", "/parseauth");
}

#[tokio::test]
async fn a_certificate_for_another_host_is_found() {
    let moto = Moto::start().unwrap();
    let (pool, client) = pool(&moto, json!({})).await;
    for (name, is_right) in [("other.example", false), ("*.example.com", true)] {
        let arn = certificate(&moto, name).await;
        let site = format!("certificate = \"{arn}\"\n");
        let examination = examine_site(&moto, &pool, &client, &site).await;
        let says_so = |(_, problem): &(String, String)| problem.contains("not for docs.example.com");
        assert_eq!(examination.of("certificate").iter().any(says_so), !is_right, "{}", examination.out);
    }
}

#[tokio::test]
async fn a_pool_that_is_not_there_is_not_passed() {
    let moto = Moto::start().unwrap();
    let examination = examine(&moto, "eu-central-1_NOTTHERE", "1nobody").await;
    let why = examination.not_checked("callback-urls").unwrap();
    assert!(why.contains("ResourceNotFoundException"), "{why}");
    assert!(!examination.fine().contains(&"callback-urls".to_owned()));
}
