//! Deploying into the bucket through S3's REST API.

use http::{Method, StatusCode};
use stack::bucket::{Bucket, BucketSettings, RunningBucketApi};

use crate::stand::{Reply, client, listener, reply};

struct Store {
    api: RunningBucketApi,
    bucket: Bucket,
    http: reqwest::Client,
}

impl Store {
    async fn new() -> Self {
        let bucket =
            Bucket::with_settings(BucketSettings { name: "site".into(), ..BucketSettings::default() });
        let api = RunningBucketApi::start(bucket.clone(), listener().await).unwrap();
        Self { api, bucket, http: client(reqwest::Client::builder()) }
    }

    async fn send(&self, method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
        let mut request =
            self.http.request(method, format!("http://{}{path}", self.api.addr())).body(body.to_owned());
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        reply(request).await
    }
}

#[tokio::test]
async fn what_is_put_is_listed_read_and_deleted() {
    let store = Store::new().await;
    let headers = [
        ("content-type", "text/html"),
        ("cache-control", "no-cache"),
        ("x-amz-meta-cache-tag", "guide"),
        ("content-md5", "XUFAKrxLKna5cZ2REBfFkg=="),
    ];
    let put = store.send(Method::PUT, "/site/a%20b/index.html?x-id=PutObject", &headers, "hello").await;
    assert_eq!((put.status, put.header("etag")), (StatusCode::OK, "\"5d41402abc4b2a76b9719d911017c592\""));
    let list = store.send(Method::GET, "/site/?list-type=2&prefix=a", &[], "").await;
    assert!(list.text().contains("<Key>a b/index.html</Key>"), "{}", list.text());
    let read = store.send(Method::GET, "/site/a%20b/index.html", &[], "").await;
    assert_eq!((read.text(), read.header("cache-control")), ("hello", "no-cache"));
    assert_eq!(read.header("x-amz-meta-cache-tag"), "guide");
    for _ in 0..2 {
        let deleted = store.send(Method::DELETE, "/site/a%20b/index.html", &[], "").await;
        assert_eq!(deleted.status, StatusCode::NO_CONTENT);
    }
    let missing = store.send(Method::GET, "/site/a%20b/index.html", &[], "").await;
    assert!(missing.status == 404 && missing.text().contains("NoSuchKey"));
    assert!(store.bucket.list("").is_empty());
}

#[tokio::test]
async fn writes_can_be_conditional_and_chunked() {
    let store = Store::new().await;
    let create = [("if-none-match", "*")];
    assert_eq!(store.send(Method::PUT, "/site/a", &create, "one").await.status, 200);
    assert_eq!(store.send(Method::PUT, "/site/a", &create, "two").await.status, 412);
    assert_eq!(store.send(Method::PUT, "/site/a", &[("if-match", "\"x\"")], "two").await.status, 412);
    let chunked = [("content-encoding", "aws-chunked,gzip"), ("x-amz-content-sha256", "STREAMING-UNSIGNED")];
    assert_eq!(store.send(Method::PUT, "/site/a", &chunked, "3\r\ntwo\r\n0\r\n\r\n").await.status, 200);
    let object = store.bucket.head("a").unwrap();
    assert_eq!((&object.body[..], object.metadata.content_encoding.as_deref()), (&b"two"[..], Some("gzip")));
}

#[tokio::test]
async fn what_is_not_here_is_refused() {
    let store = Store::new().await;
    for (method, path, status, code) in [
        (Method::PUT, "/other/a", 404, "NoSuchBucket"),
        (Method::POST, "/site/a?uploads", 501, "NotImplemented"),
        (Method::PUT, "/site/a?partNumber=1&uploadId=x", 501, "NotImplemented"),
        (Method::GET, "/site/?list-type=2&max-keys=x", 400, "InvalidArgument"),
        (Method::PUT, "/site/%ff", 400, "InvalidURI"),
    ] {
        let refused = store.send(method, path, &[], "x").await;
        assert_eq!(refused.status.as_u16(), status, "{path}");
        assert!(refused.text().contains(&format!("<Code>{code}</Code>")), "{}", refused.text());
    }
    let wrong = store.send(Method::PUT, "/site/a", &[("content-md5", "AAAA")], "x").await;
    assert!(wrong.text().contains("BadDigest"));
    assert_eq!(store.send(Method::HEAD, "/site/", &[], "").await.status, 200);
}
