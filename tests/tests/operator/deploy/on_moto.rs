//! What moto does honestly: stacks of types that it knows are made and deleted, functions have versions. It gives no
//! outputs of a stack that was made by a change set, so that no part after the first can be reached.

use ops::aws::{Cloud, Connection};
use ops::failure::Exit;
use serde_json::{Value, json};
use tests::moto::Moto;
use tests::operator::{Run, parapet_for_people};

use super::account::scope;
use super::folder::Folder;

const PROJECT: &str = "name = \"cms\"\nstage = \"staging\"\nregion = \"eu-central-1\"\n[site]\ndomains = [\"cms.example.com\"]\n";

async fn post(moto: &Moto, path: &str, service: &str, body: String) -> String {
    let request =
        reqwest::Client::builder().no_proxy().build().unwrap().post(format!("{}{path}", moto.url()));
    let kind = if service == "iam" { "application/x-www-form-urlencoded" } else { "application/json" };
    let request = request.header("authorization", scope("us-east-1", service)).header("content-type", kind);
    let answer = request.body(body).send().await.unwrap();
    assert!(answer.status().is_success(), "{path}: {}", answer.text().await.unwrap());
    answer.text().await.unwrap()
}

#[tokio::test]
async fn the_first_stack_is_made_seen_and_destroyed() {
    let moto = Moto::start().unwrap();
    let project = Folder::of(&[("parapet.toml", PROJECT)]);
    let file = project.file("parapet.toml");
    let run = async |arguments: &[&str]| -> Run {
        let fixed = ["--endpoint-url", moto.url(), "--project", file.to_str().unwrap()];
        parapet_for_people(&[arguments, &fixed].concat()).await
    };
    let seen = run(&["deploy", "edge", "--dry-run"]).await.done();
    assert!(seen.out.contains("  + PackagesBucket  AWS::S3::Bucket"), "{}", seen.out);
    let before = run(&["status"]).await;
    assert!(before.out.contains("packages     us-east-1      not deployed"), "{}", before.out);
    let deployed = run(&["deploy", "edge", "--yes"]).await;
    assert_eq!(deployed.exit, Exit::Failed);
    assert!(deployed.out.contains("packages: deployed"), "{deployed:?}");
    let after = run(&["status"]).await;
    assert_eq!(after.exit, Exit::Findings);
    assert!(after.out.contains("packages     us-east-1      CREATE_COMPLETE"), "{}", after.out);
    let bucket = "cms-staging-packages-123456789012";
    let url = format!("{}/{bucket}", moto.url());
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    assert_eq!(client.get(&url).send().await.unwrap().status(), 200);
    run(&["destroy", "--confirm", "cms-staging"]).await.done();
    assert_eq!(client.get(&url).send().await.unwrap().status(), 404);
}

#[tokio::test]
async fn the_versions_of_a_function_are_listed_without_the_unpublished_one() {
    let moto = Moto::start().unwrap();
    let connection = Connection { endpoint_url: Some(moto.url().to_owned()), ..Connection::default() };
    let cloud = Cloud::load("us-east-1", &connection).await;
    assert_eq!(cloud.function_versions("gate").await.unwrap(), []);
    ops::web_client::WebClient::new().unwrap();
    let role = "Action=CreateRole&Version=2010-05-08&RoleName=gate&AssumeRolePolicyDocument=%7B%7D";
    post(&moto, "/", "iam", role.to_owned()).await;
    // An archive without entries is its end alone.
    let empty = "UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==";
    let function = json!({
        "FunctionName": "gate", "Runtime": "python3.13", "Handler": "index.handler", "Publish": true,
        "Role": "arn:aws:iam::123456789012:role/gate", "Code": { "ZipFile": empty },
    });
    let made = post(&moto, "/2015-03-31/functions", "lambda", function.to_string()).await;
    let made: Value = serde_json::from_str(&made).unwrap();
    let versions = cloud.function_versions("gate").await.unwrap();
    let [version] = &*versions else { panic!("{versions:?}") };
    assert_eq!((version.number, &*version.sha256), (1, made["CodeSha256"].as_str().unwrap()));
    assert!(version.arn.ends_with(":function:gate:1"), "{version:?}");
}
