//! Uploads by an address that was signed beforehand, as a browser sends them.

use std::time::Duration;

use aws_sdk_s3::presigning::PresigningConfig;
use reqwest::{Method, StatusCode};
use tests::local_aws::ORIGIN;

use super::ground::{BUCKET, Ground, at_both};

at_both!(an_upload_arrives_as_it_was_promised);

/// The address of an upload of four bytes of text.
async fn address(ground: &Ground, seconds: u64) -> String {
    let put = ground.s3.put_object().bucket(BUCKET).key("uploads/7/a b.txt").content_type("text/plain");
    let config = PresigningConfig::expires_in(Duration::from_secs(seconds)).unwrap();
    put.content_length(4).presigned(config).await.unwrap().uri().to_owned()
}

async fn put(url: &str, kind: &str, body: &'static str) -> StatusCode {
    let request =
        reqwest::Client::new().put(url).header("content-type", kind).header("origin", ORIGIN).body(body);
    request.send().await.unwrap().status()
}

async fn an_upload_arrives_as_it_was_promised(ground: &Ground) {
    let url = address(ground, 60).await;
    assert_eq!(put(&url, "text/plain", "abcd").await, StatusCode::OK);
    let read = ground.s3.get_object().bucket(BUCKET).key("uploads/7/a b.txt").send().await.unwrap();
    assert_eq!((read.content_type(), read.content_length()), (Some("text/plain"), Some(4)));
    assert_eq!(read.body.collect().await.unwrap().to_vec(), b"abcd");
}

/// moto looks at no signature.
#[tokio::test]
async fn anything_else_than_was_promised_is_refused() {
    let ground = Ground::local().await;
    let url = address(&ground, 60).await;
    assert_eq!(put(&url, "text/plain", "abcde").await, StatusCode::FORBIDDEN, "longer");
    assert_eq!(put(&url, "text/html", "abcd").await, StatusCode::FORBIDDEN, "another type");
    let other = url.replace("/uploads/7/", "/uploads/8/");
    assert_eq!(put(&other, "text/plain", "abcd").await, StatusCode::FORBIDDEN, "another key");
    let longer = url.replace("X-Amz-Expires=60", "X-Amz-Expires=600");
    assert_eq!(put(&longer, "text/plain", "abcd").await, StatusCode::FORBIDDEN, "for longer");
    let bare = url.split('?').next().unwrap();
    assert_eq!(put(bare, "text/plain", "abcd").await, StatusCode::FORBIDDEN, "unsigned");
    assert!(ground.s3.list_objects_v2().bucket(BUCKET).send().await.unwrap().contents().is_empty());
}

#[tokio::test]
async fn only_the_site_s_own_pages_may_upload() {
    let ground = Ground::local().await;
    let url = address(&ground, 60).await;
    let ask = async |origin: &str, method: &str| {
        let request = reqwest::Client::new().request(Method::OPTIONS, &url).header("origin", origin);
        let request = request.header("access-control-request-method", method);
        request.header("access-control-request-headers", "content-type").send().await.unwrap()
    };
    let allowed = ask(ORIGIN, "PUT").await;
    assert_eq!(
        (allowed.status(), &allowed.headers()["access-control-allow-origin"]),
        (StatusCode::OK, &ORIGIN.parse().unwrap())
    );
    assert_eq!(ask("http://elsewhere.example", "PUT").await.status(), StatusCode::FORBIDDEN);
    assert_eq!(ask(ORIGIN, "DELETE").await.status(), StatusCode::FORBIDDEN);
}
