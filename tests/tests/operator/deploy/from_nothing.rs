//! Everything, from nothing, and once more.

use std::io::Cursor;

use flate2::read::DeflateDecoder;
use serde_json::{Value, json};

use super::account::scope;
use super::outputs::HOST;
use super::project::Project;

const ALL: [&str; 7] = ["packages", "certificate", "identity", "edge", "edge-region", "site", "watch"];

/// The gate's configuration in a package.
fn config_in(package: Vec<u8>) -> Value {
    let mut archive = zip::ZipArchive::new(Cursor::new(package)).unwrap();
    let position = archive.index_for_name("edge-auth.json").unwrap();
    let file = archive.by_index_raw(position).unwrap();
    match file.compression() {
        zip::CompressionMethod::Stored => serde_json::from_reader(file).unwrap(),
        _ => serde_json::from_reader(DeflateDecoder::new(file)).unwrap(),
    }
}

/// Calls Cognito at moto.
async fn call(moto: &str, operation: &str, body: &Value) -> Value {
    let request = reqwest::Client::builder().no_proxy().build().unwrap().post(moto);
    let request = request
        .header("authorization", scope("eu-central-1", "cognito-idp"))
        .header("x-amz-target", format!("AWSCognitoIdentityProviderService.{operation}"))
        .header("content-type", "application/x-amz-json-1.1");
    let answer = request.body(body.to_string()).send().await.unwrap().text().await.unwrap();
    serde_json::from_str(&answer).unwrap()
}

#[tokio::test]
async fn parts_are_deployed_in_order_and_wired_together_into_the_package() {
    let project = Project::new().await;
    let run = project.deploy(&["all", "--yes"]).await.done();
    let account = &project.account;
    assert_eq!(account.executed(), ALL);
    assert_eq!(run.json()["changed"], true);
    let edge = account.stack("edge").parameters;
    assert_eq!(edge["PackagesBucketName"], account.stack("packages").outputs["PackagesBucketName"]);
    let identity = account.stack("identity").parameters;
    assert!(identity["CallbackUrls"].starts_with("https://cms.example.com/auth/callback,http://localhost:"));
    let site = account.stack("site").parameters;
    assert_eq!(site["FunctionVersionArn"], account.stack("edge").outputs["FunctionVersionArn"]);
    assert_eq!(site["CertificateArn"], account.stack("certificate").outputs["CertificateArn"]);
    assert_eq!(account.stack("watch").parameters["DistributionId"], "E1EXAMPLE");
    let regions =
        account.cloudformation().stacks.keys().filter(|(_, name)| name == "cms-staging-edge-region").count();
    assert_eq!(regions, ops::regions::LAMBDA_AT_EDGE.len());
    let files = account.keys(&account.stack("site").outputs["BucketName"]).await;
    assert!(files.contains(&"site/index.html".to_owned()), "{files:?}");
    let package = account.object(&edge["PackagesBucketName"], &edge["PackageKey"]).await;
    let config = config_in(package);
    assert_eq!(config["hosts"], json!(["cms.example.com"]));
    assert_eq!(config["user_pool"]["client_id"], "1example23456789");
    assert_eq!(config["user_pool"]["jwks"]["keys"][0]["kid"], "of-the-pool");
    assert_eq!(config["cookies"]["sealing_keys"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn the_second_time_there_is_nothing_to_do() {
    let project = Project::new().await;
    project.deploy(&["--yes"]).await.done();
    let before = project.account.cloudformation().stacks.clone();
    project.account.executed();
    let again = project.deploy(&["--yes"]).await.done();
    assert_eq!(again.json()["changed"], false, "{}", again.out);
    assert_eq!(project.account.executed(), [""; 0]);
    let cloudformation = project.account.cloudformation();
    assert_eq!(cloudformation.change_sets.len(), 0);
    assert_eq!(format!("{:?}", cloudformation.stacks), format!("{before:?}"));
}

#[tokio::test]
async fn without_a_domain_the_site_comes_first_and_is_never_open() {
    let project = Project::new().await;
    project.change("domains = [\"cms.example.com\"]", "domains = []");
    project.change("[watch]", "[sign_in]\nhosted_ui_prefix = \"cms-example\"\n\n[watch]");
    let run = project.show_deploy(&["--yes"]).await.done();
    let parts = ["packages", "site", "identity", "edge", "edge-region", "site", "watch"];
    assert_eq!(project.account.executed(), parts, "{}", run.out);
    let callback = project.account.stack("identity").parameters["CallbackUrls"].clone();
    assert!(callback.starts_with(&format!("https://{HOST}/auth/callback,http://localhost:")), "{callback}");
    assert!(project.account.stack("site").parameters["FunctionVersionArn"].ends_with(":1"));
    assert!(run.out.contains(&format!("https://{HOST}\n")), "{}", run.out);
    project.deploy(&["--yes"]).await.done();
    assert_eq!(project.account.executed(), [""; 0]);
}

#[tokio::test]
async fn a_user_pool_that_is_brought_along_is_not_deployed() {
    let project = Project::new().await;
    let moto = project.account.moto();
    let pool = call(moto, "CreateUserPool", &json!({ "PoolName": "people" })).await["UserPool"]["Id"].clone();
    let client = json!({ "UserPoolId": pool, "ClientName": "gate", "GenerateSecret": true });
    let client = call(moto, "CreateUserPoolClient", &client).await["UserPoolClient"].clone();
    let brought = format!(
        "[sign_in]\nuser_pool = {pool}\nclient = {}\nhosted_ui_prefix = \"cms-example\"\n\n[watch]",
        client["ClientId"]
    );
    project.change("[watch]", &brought);
    let hosted_ui = "https://cms-example.auth.eu-central-1.amazoncognito.com".to_owned();
    let id = client["ClientId"].as_str().unwrap().to_owned();
    project.account.cloudformation().sign_in = Some((hosted_ui, id));
    project.deploy(&["--yes"]).await.done();
    assert!(!project.account.executed().contains(&"identity".to_owned()));
    let edge = project.account.stack("edge").parameters;
    let package = project.account.object(&edge["PackagesBucketName"], &edge["PackageKey"]).await;
    let config = config_in(package);
    let user_pool = &config["user_pool"];
    assert_eq!(user_pool["client_id"], client["ClientId"]);
    assert_eq!(user_pool["client_secret"], client["ClientSecret"]);
    let issuer = format!("https://cognito-idp.eu-central-1.amazonaws.com/{}", pool.as_str().unwrap());
    assert_eq!(user_pool["issuers"][0], issuer);
    assert_eq!(user_pool["domain"], "https://cms-example.auth.eu-central-1.amazoncognito.com");
}

#[tokio::test]
async fn a_changed_project_changes_only_what_it_concerns() {
    let project = Project::new().await;
    project.deploy(&["--yes"]).await.done();
    project.account.executed();
    project.change("[watch]", "[gate]\nlog = \"debug\"\n\n[watch]");
    project.deploy(&["edge", "--yes"]).await.done();
    assert_eq!(project.account.executed(), ["edge", "site"]);
    assert!(project.account.stack("site").parameters["FunctionVersionArn"].ends_with(":2"));
}
