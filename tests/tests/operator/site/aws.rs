//! What moto needs before a deploy: a bucket and a distribution.

use http::Method;
use tests::moto::Moto;

use super::viewer::{self, Answer};

/// moto tells services apart by the scope of the signature, which it does not check.
fn scope(service: &str) -> String {
    format!(
        "AWS4-HMAC-SHA256 Credential=parapet/20261121/us-east-1/{service}/aws4_request, SignedHeaders=host, Signature=0"
    )
}

async fn send(moto: &Moto, method: Method, path: &str, service: &str, body: String) -> Answer {
    viewer::send(method, &format!("{}{path}", moto.url()), Some(&scope(service)), body).await
}

pub(super) async fn make_bucket(moto: &Moto, name: &str) {
    let answer = send(moto, Method::PUT, &format!("/{name}"), "s3", String::new()).await;
    assert_eq!(answer.status, 200, "{answer:?}");
}

/// Makes a distribution; its id.
pub(super) async fn make_distribution(moto: &Moto, bucket: &str) -> String {
    let config = format!(
        "<DistributionConfig><CallerReference>r</CallerReference><Comment>c</Comment><Enabled>true</Enabled><Origins>\
         <Quantity>1</Quantity><Items><Origin><Id>site</Id><DomainName>{bucket}.s3.amazonaws.com</DomainName>\
         <S3OriginConfig><OriginAccessIdentity/></S3OriginConfig></Origin></Items></Origins><DefaultCacheBehavior>\
         <TargetOriginId>site</TargetOriginId><ViewerProtocolPolicy>redirect-to-https</ViewerProtocolPolicy>\
         </DefaultCacheBehavior></DistributionConfig>"
    );
    let answer = send(moto, Method::POST, "/2020-05-31/distribution", "cloudfront", config).await;
    let (_, rest) = answer.body.split_once("<Id>").unwrap_or_else(|| panic!("{answer:?}"));
    rest.split_once("</Id>").unwrap().0.to_owned()
}

/// The bytes of an object; none if it is not there.
pub(super) async fn object(moto: &Moto, bucket: &str, key: &str) -> Option<String> {
    let answer = send(moto, Method::GET, &format!("/{bucket}/{key}"), "s3", String::new()).await;
    (answer.status == 200).then_some(answer.body)
}
