//! A gate that is deployed: its stacks, its function's version and its package are read from the account.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::Method;
use ops::package::Package;
use ops::sealing_keys::KeyRing;
use serde_json::{Value, json};
use tests::moto::Moto;

use super::double::{call, cognito, secret};
use super::examination::doctor;

const BUCKET: &str = "docs-production-packages";
const ROLE: &str = "arn:aws:iam::123456789012:role/gate";

/// A configuration for the client, with no secret.
fn config(pool: &str, client: &str) -> String {
    let local = include_str!("../../../../edge-auth/edge-auth.local.json");
    let mut config: Value = serde_json::from_str(local).unwrap();
    let issuer = format!("https://cognito-idp.eu-central-1.amazonaws.com/{pool}");
    config["hosts"] = json!(["docs.example.com"]);
    config["user_pool"]["issuers"] = json!([issuer]);
    config["user_pool"]["jwks_uri"] = format!("{issuer}/.well-known/jwks.json").into();
    config["user_pool"]["domain"] = "https://docs.auth.eu-central-1.amazoncognito.com".into();
    config["user_pool"]["client_id"] = client.into();
    config["cookies"]["sealing_keys"] = json!([sealing_key()]);
    config.to_string()
}

fn sealing_key() -> String {
    let bytes: Vec<u8> = (0..32_u8).map(|number| number.wrapping_mul(73).wrapping_add(151)).collect();
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
}

fn package(config: &str) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let package = Package {
        binary: write("edge-auth", "\x7fELF"),
        handler: write("index.py", "import os\n"),
        config: write("edge-auth.json", config),
    };
    let out = folder.path().join("edge-auth.zip");
    package.write(&out).unwrap();
    std::fs::read(out).unwrap()
}

/// Publishes the package as a version of the function; its ARN.
async fn publish(moto: &Moto, package: Vec<u8>) -> String {
    let role = "Action=CreateRole&Version=2010-05-08&RoleName=gate&AssumeRolePolicyDocument=%7B%22Version%22%3A%222012-10-17%22%2C%22Statement%22%3A%5B%5D%7D";
    call(moto, "iam", "us-east-1", Method::POST, "/", role.into()).await;
    let function = json!({ "FunctionName": "docs-production-edge-auth", "Runtime": "python3.13", "Role": ROLE,
        "Handler": "index.handler", "Code": { "ZipFile": STANDARD.encode(&package) }, "Publish": true });
    let path = "/2015-03-31/functions";
    let answer = call(moto, "lambda", "us-east-1", Method::POST, path, function.to_string().into()).await;
    let answer: Value = serde_json::from_str(&answer).unwrap();
    let digest = STANDARD.decode(answer["CodeSha256"].as_str().unwrap()).unwrap();
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    call(moto, "s3", "us-east-1", Method::PUT, &format!("/{BUCKET}"), Vec::new()).await;
    call(moto, "s3", "us-east-1", Method::PUT, &format!("/{BUCKET}/edge-auth/{hex}.zip"), package).await;
    let versions = format!("{path}/docs-production-edge-auth/versions");
    let versions = call(moto, "lambda", "us-east-1", Method::GET, &versions, Vec::new()).await;
    let versions: Value = serde_json::from_str(&versions).unwrap();
    let arns = versions["Versions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|version| version["FunctionArn"].as_str().unwrap());
    arns.into_iter().find(|arn| arn.ends_with(":1")).unwrap_or_else(|| panic!("{versions}")).to_owned()
}

/// A stack with these outputs.
async fn stack(moto: &Moto, name: &str, outputs: &[(&str, &str)]) {
    let outputs: serde_json::Map<String, Value> =
        outputs.iter().map(|(name, value)| ((*name).to_owned(), json!({ "Value": value }))).collect();
    let resource = json!({ "Type": "AWS::SSM::Parameter", "Properties": { "Name": format!("/{name}"), "Type": "String", "Value": "x" } });
    let template = json!({ "Resources": { "Nothing": resource }, "Outputs": outputs }).to_string();
    let form = [
        ("Action", "CreateStack"),
        ("Version", "2010-05-15"),
        ("StackName", name),
        ("TemplateBody", &template),
    ];
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    call(moto, "cloudformation", "us-east-1", Method::POST, "/", body.into()).await;
}

#[tokio::test]
async fn the_deployed_configuration_is_compared_with_the_client() {
    let moto = Moto::start().unwrap();
    let pool = cognito(&moto, "CreateUserPool", json!({ "PoolName": "docs" })).await;
    let pool = pool["UserPool"]["Id"].as_str().unwrap().to_owned();
    let request = json!({ "UserPoolId": pool, "ClientName": "site", "GenerateSecret": true });
    let client = cognito(&moto, "CreateUserPoolClient", request).await["UserPoolClient"].clone();
    let (client_id, secret) = (
        client["ClientId"].as_str().unwrap().to_owned(),
        client["ClientSecret"].as_str().unwrap().to_owned(),
    );
    let version = publish(&moto, package(&config(&pool, &client_id))).await;
    stack(&moto, "docs-production-packages", &[("PackagesBucketName", BUCKET)]).await;
    let edge = [("FunctionName", "docs-production-edge-auth"), ("FunctionVersionArn", version.as_str())];
    stack(&moto, "docs-production-edge", &edge).await;
    let folder = tempfile::tempdir().unwrap();
    let project = folder.path().join("parapet.toml");
    let text = format!(
        "name = \"docs\"\nregion = \"eu-central-1\"\n[site]\ndomains = [\"docs.example.com\"]\n[sign_in]\n\
         user_pool = \"{pool}\"\nclient = \"{client_id}\"\nhosted_ui_prefix = \"docs\"\n"
    );
    std::fs::write(&project, text).unwrap();
    let fixed = ["--project", project.to_str().unwrap(), "--endpoint-url", moto.url(), "--no-web"];
    let examination = doctor(&fixed).await;
    examination.found("client-secret", "broken", "configured without one");
    assert!(examination.fine().contains(&"sealing-keys".to_owned()), "{}", examination.out);
    assert!(!examination.out.contains(&secret), "a secret is told");
    examination.found("deployed-keys", "risky", "Parameter Store holds no sealing keys");
    keys_are_compared(&moto, &fixed).await;
}

/// The keys in Parameter Store with those in the package that is deployed; none of them is told, nor its hash.
async fn keys_are_compared(moto: &Moto, fixed: &[&str]) {
    let (old, new) = (sealing_key(), "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
    let known = KeyRing::parse(&json!([old, new]).to_string()).unwrap();
    let store = async |keys: &[&str]| {
        secret(moto, "/docs/production/sealing-keys", &json!(keys).to_string()).await;
        let examination = doctor(fixed).await;
        let told = |text: &str| examination.out.contains(text);
        assert!(!told(&old) && !told(new), "a key is told");
        assert!(!known.keys().any(|key| told(&key.fingerprint())), "a key's hash is told");
        examination
    };
    assert!(store(&[&old]).await.fine().contains(&"deployed-keys".to_owned()));
    let not_in_effect = "is not the one that the deployed gate seals with";
    store(&[new, &old]).await.found("deployed-keys", "risky", not_in_effect);
    store(&[new]).await.found("deployed-keys", "risky", "1 sealing key that Parameter Store no longer holds");
    store(&["no key"]).await.not_checked("deployed-keys").unwrap();
}
