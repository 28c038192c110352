//! Preparing moto's account.

use http::Method;
use serde_json::Value;
use tests::moto::Moto;

/// Where the user pool is.
pub(super) const REGION: &str = "eu-central-1";

/// One call to a service that is told by its path or form. moto tells services apart by the scope of the signature, which
/// it does not check.
pub(super) async fn call(
    moto: &Moto,
    service: &str,
    region: &str,
    method: Method,
    path: &str,
    body: Vec<u8>,
) -> String {
    let kind = match service {
        "iam" | "cloudformation" => "application/x-www-form-urlencoded",
        _ => "application/octet-stream",
    };
    send(
        moto,
        service,
        region,
        client().request(method, format!("{}{path}", moto.url())).header("content-type", kind),
        body,
    )
    .await
}

/// One call to Cognito.
pub(super) async fn cognito(moto: &Moto, operation: &str, body: Value) -> Value {
    let request = client()
        .post(moto.url())
        .header("x-amz-target", format!("AWSCognitoIdentityProviderService.{operation}"))
        .header("content-type", "application/x-amz-json-1.1");
    let answer = send(moto, "cognito-idp", REGION, request, body.to_string().into()).await;
    serde_json::from_str(&answer).unwrap_or_default()
}

/// Orders a certificate in us-east-1; its ARN.
pub(super) async fn certificate(moto: &Moto, name: &str) -> String {
    let request = client()
        .post(moto.url())
        .header("x-amz-target", "CertificateManager.RequestCertificate")
        .header("content-type", "application/x-amz-json-1.1");
    let body = serde_json::json!({ "DomainName": name, "ValidationMethod": "DNS" }).to_string();
    let answer = send(moto, "acm", "us-east-1", request, body.into()).await;
    let answer: Value = serde_json::from_str(&answer).unwrap();
    answer["CertificateArn"].as_str().unwrap().to_owned()
}

/// Puts a secret into Parameter Store, in the place of whatever is there.
pub(super) async fn secret(moto: &Moto, name: &str, value: &str) {
    let request = client()
        .post(moto.url())
        .header("x-amz-target", "AmazonSSM.PutParameter")
        .header("content-type", "application/x-amz-json-1.1");
    let body = serde_json::json!({ "Name": name, "Type": "SecureString", "Overwrite": true, "Value": value });
    send(moto, "ssm", "us-east-1", request, body.to_string().into()).await;
}

fn client() -> reqwest::Client {
    // Gives the process a provider of TLS, without which reqwest makes no client.
    let _ = ops::web_client::WebClient::new().unwrap();
    reqwest::Client::builder().no_proxy().build().unwrap()
}

async fn send(
    moto: &Moto,
    service: &str,
    region: &str,
    request: reqwest::RequestBuilder,
    body: Vec<u8>,
) -> String {
    let scope = format!(
        "AWS4-HMAC-SHA256 Credential=parapet/20261121/{region}/{service}/aws4_request, SignedHeaders=host, \
         Signature=0"
    );
    let answer = request.header("authorization", scope).body(body).send().await.unwrap();
    let (status, text) = (answer.status(), answer.text().await.unwrap());
    assert!(status.is_success(), "{service} of {}: {text}", moto.url());
    text
}
