//! An operator whose project brings a user pool of moto's along.

use ops::web_client::WebClient;
use serde_json::{Value, json};
use tests::moto::Moto;
use tests::operator::Run;

use super::super::operator::Operator;
use super::relay::Relay;

pub(super) const REGION: &str = "eu-central-1";

pub(super) struct Ground {
    pub(super) relay: Relay,
    pub(super) pool: String,
    operator: Operator,
    moto: Moto,
}

impl Ground {
    /// With a pool as the identity stack makes it: people sign in by their email address.
    pub(super) async fn new() -> Ground {
        Ground::with(json!({ "UsernameAttributes": ["email"] })).await
    }

    /// With a pool like this, in which there are three groups, and an app client.
    pub(super) async fn with(mut pool: Value) -> Ground {
        // It is the operator that brings the cryptography; a client of reqwest cannot be made without any.
        WebClient::new().unwrap();
        let moto = tokio::task::spawn_blocking(Moto::start).await.unwrap().unwrap();
        let relay = Relay::to(moto.url()).await;
        let operator = Operator::with_project();
        let mut ground = Ground { relay, pool: String::new(), operator, moto };
        pool["PoolName"] = "docs".into();
        let made = ground.cognito("CreateUserPool", pool).await;
        made["UserPool"]["Id"].as_str().unwrap().clone_into(&mut ground.pool);
        for group in ["editors", "authors", "admins"] {
            ground.in_pool("CreateGroup", json!({ "GroupName": group })).await;
        }
        let units = json!({ "IdToken": "minutes", "AccessToken": "minutes" });
        let client = json!({
            "ClientName": "gate", "IdTokenValidity": 15, "AccessTokenValidity": 20, "TokenValidityUnits": units,
        });
        let client = ground.in_pool("CreateUserPoolClient", client).await;
        ground.write_project(client["UserPoolClient"]["ClientId"].as_str().unwrap());
        ground
    }

    fn write_project(&self, client: &str) {
        let pool = &self.pool;
        self.operator.write(
            "parapet.toml",
            &format!(
                "name = \"docs\"\nregion = \"{REGION}\"\n[site]\ndomains = [\"docs.example.com\"]\n[sign_in]\n\
                 user_pool = \"{pool}\"\nclient = \"{client}\"\nhosted_ui_prefix = \"docs\"\n"
            ),
        );
    }

    /// The operator's project file becomes this.
    pub(super) fn rewrite_project(&self, text: &str) {
        self.operator.write("parapet.toml", text);
    }

    pub(super) async fn run(&self, arguments: &[&str]) -> Run {
        self.operator.run(&self.command(arguments)).await
    }

    pub(super) async fn run_json(&self, arguments: &[&str]) -> Run {
        self.operator.run_json(&self.command(arguments)).await
    }

    fn command<'a>(&'a self, arguments: &[&'a str]) -> Vec<&'a str> {
        [&["people"], arguments, &["--endpoint-url", self.relay.url()]].concat()
    }

    /// The status of whom the list has by this address.
    pub(super) async fn status(&self, email: &str) -> String {
        let json = self.run_json(&["list", "--search", email]).await.done().json();
        json["people"][0]["status"].as_str().unwrap_or("nobody").to_owned()
    }

    /// Somebody signs in for the first time and sets a password.
    pub(super) async fn confirm(&self, email: &str) {
        let password = json!({ "Username": email, "Password": "Correct-horse-1", "Permanent": true });
        self.in_pool("AdminSetUserPassword", password).await;
    }

    /// Asks moto itself about the pool.
    pub(super) async fn in_pool(&self, action: &str, mut body: Value) -> Value {
        body["UserPoolId"] = self.pool.as_str().into();
        self.cognito(action, body).await
    }

    async fn cognito(&self, action: &str, body: Value) -> Value {
        let scope = format!(
            "AWS4-HMAC-SHA256 Credential=parapet/20261121/{REGION}/cognito-idp/aws4_request, SignedHeaders=host, \
             Signature=0"
        );
        let request = reqwest::Client::builder().no_proxy().build().unwrap().post(self.moto.url());
        let answer = request
            .header("authorization", scope)
            .header("content-type", "application/x-amz-json-1.1")
            .header("x-amz-target", format!("AWSCognitoIdentityProviderService.{action}"))
            .body(body.to_string())
            .send()
            .await
            .unwrap();
        let (status, text) = (answer.status(), answer.text().await.unwrap());
        assert!(status.is_success(), "{action}: {text}");
        serde_json::from_str(&text).unwrap_or_default()
    }
}
