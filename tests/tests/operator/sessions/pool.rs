//! The user pool behind the identity stack: one of moto's, which goes by the ids that the stack tells.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::header;
use axum::response::Response;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::account::{Account, scope};
use super::outputs::{CLIENT, POOL};

/// A relay in front of the account that translates the ids.
pub(crate) struct Pool {
    url: String,
    server: JoinHandle<()>,
}

struct Shared {
    to: String,
    client: Client<HttpConnector, Body>,
    /// The ids that the stack tells, and moto's.
    ids: [(&'static str, String); 2],
}

impl Pool {
    /// Makes the pool with its groups and its client. It has not the name of the stack's own, which would be refused as one that
    /// an earlier stack has left behind.
    pub(crate) async fn in_front_of(account: &Account) -> Pool {
        let by_email = json!({ "PoolName": "people", "UsernameAttributes": ["email"] });
        let pool = call(account, "CreateUserPool", by_email).await["UserPool"]["Id"].clone();
        for group in ["authors", "editors"] {
            call(account, "CreateGroup", json!({ "UserPoolId": pool, "GroupName": group })).await;
        }
        let host = "https://cms.example.com/auth";
        let units = json!({ "IdToken": "minutes", "AccessToken": "minutes", "RefreshToken": "days" });
        let client = json!({
            "UserPoolId": pool,
            "ClientName": "cms-production-gate",
            "CallbackURLs": [format!("{host}/callback")],
            "LogoutURLs": [format!("{host}/signed-out")],
            "AllowedOAuthFlowsUserPoolClient": true,
            "AllowedOAuthFlows": ["code"],
            "AllowedOAuthScopes": ["openid", "email", "profile"],
            "SupportedIdentityProviders": ["COGNITO"],
            "EnableTokenRevocation": true,
            "PreventUserExistenceErrors": "ENABLED",
            "IdTokenValidity": 60,
            "AccessTokenValidity": 60,
            "RefreshTokenValidity": 30,
            "TokenValidityUnits": units,
            "RefreshTokenRotation": { "Feature": "ENABLED", "RetryGracePeriodSeconds": 60 },
        });
        let client =
            call(account, "CreateUserPoolClient", client).await["UserPoolClient"]["ClientId"].clone();
        let id = |value: Value| value.as_str().unwrap().to_owned();
        let shared = Arc::new(Shared {
            to: account.url().to_owned(),
            client: Client::builder(TokioExecutor::new()).build_http(),
            ids: [(POOL, id(pool)), (CLIENT, id(client))],
        });
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let router = Router::new().fallback(relay).with_state(shared);
        let server = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Pool { url, server }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        self.server.abort();
    }
}

async fn call(account: &Account, action: &str, body: Value) -> Value {
    let request = reqwest::Client::new()
        .post(account.moto())
        .header("authorization", scope("eu-central-1", "cognito-idp"))
        .header("content-type", "application/x-amz-json-1.1")
        .header("x-amz-target", format!("AWSCognitoIdentityProviderService.{action}"))
        .body(body.to_string());
    let answer = request.send().await.unwrap();
    let (status, text) = (answer.status(), answer.text().await.unwrap());
    assert!(status.is_success(), "{action}: {text}");
    serde_json::from_str(&text).unwrap()
}

async fn relay(State(shared): State<Arc<Shared>>, mut request: Request) -> Response {
    let target = request.headers().get("x-amz-target").and_then(|target| target.to_str().ok());
    let is_of_cognito = target.is_some_and(|target| target.starts_with("AWSCognitoIdentityProvider"));
    let path = request.uri().path_and_query().unwrap().as_str();
    *request.uri_mut() = format!("{}{path}", shared.to).parse().unwrap();
    if !is_of_cognito {
        return shared.client.request(request).await.unwrap().map(Body::new);
    }
    let (mut head, body) = request.into_parts();
    head.headers.remove(header::CONTENT_LENGTH);
    let body =
        translated(body, |text| shared.ids.iter().fold(text, |text, (told, real)| text.replace(told, real)));
    let request = Request::from_parts(head, Body::from(body.await));
    let (mut head, body) = shared.client.request(request).await.unwrap().into_parts();
    head.headers.remove(header::CONTENT_LENGTH);
    let body = translated(Body::new(body), |text| {
        shared.ids.iter().fold(text, |text, (told, real)| text.replace(real, told))
    });
    Response::from_parts(head, Body::from(body.await))
}

async fn translated(body: Body, translate: impl FnOnce(String) -> String) -> Bytes {
    let bytes = to_bytes(body, usize::MAX).await.unwrap();
    Bytes::from(translate(String::from_utf8(bytes.to_vec()).unwrap()))
}
