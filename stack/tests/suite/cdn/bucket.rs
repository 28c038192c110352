//! Deploying into the bucket through S3's REST API.

use base64::{Engine, engine::general_purpose::STANDARD};
use http::{Method, StatusCode};
use md5::{Digest, Md5};
use stack::bucket::{Bucket, BucketSettings, ObjectMetadata, RunningBucketApi};

use crate::cdn::stand::{Reply, client, listener, reply};

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
async fn conditions_are_checked_as_s3_does() {
    let store = Store::new().await;
    let put = async |headers: &[(&str, &str)]| {
        store.send(Method::PUT, "/site/a", headers, "x").await.status.as_u16()
    };
    assert_eq!(put(&[("if-match", "\"x\"")]).await, 404);
    assert_eq!(put(&[("if-none-match", "\"x\"")]).await, 501);
    assert_eq!(put(&[]).await, 200);
    let tag = store.bucket.head("a").unwrap().etag.clone();
    assert_eq!(
        (put(&[("if-match", &tag)]).await, put(&[("if-match", tag.trim_matches('"'))]).await),
        (200, 200)
    );
    let delete = async |tag: &str| {
        store.send(Method::DELETE, "/site/a", &[("if-match", tag)], "").await.status.as_u16()
    };
    assert_eq!((delete("\"y\"").await, delete(&tag).await, delete(&tag).await), (412, 204, 404));
}

#[tokio::test]
async fn checksums_are_held_to_the_body() {
    let store = Store::new().await;
    let chunked = |trailer: &str| format!("2\r\nhe\r\n3\r\nllo\r\n0\r\n{trailer}\r\n");
    let headers = [
        ("content-encoding", "aws-chunked"),
        ("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"),
        ("x-amz-decoded-content-length", "5"),
        ("x-amz-trailer", "x-amz-checksum-crc32"),
    ];
    let good =
        store.send(Method::PUT, "/site/a", &headers, &chunked("x-amz-checksum-crc32:NhCmhg==\r\n")).await;
    assert_eq!(
        (good.status.as_u16(), good.header("x-amz-checksum-crc32")),
        (200, "NhCmhg=="),
        "{}",
        good.text()
    );
    assert_eq!(store.bucket.head("a").unwrap().metadata.content_encoding, None);
    let enabled = [("x-amz-checksum-mode", "ENABLED")];
    let head = store.send(Method::HEAD, "/site/a", &enabled, "").await;
    assert_eq!(head.header("x-amz-checksum-crc32"), "NhCmhg==");
    for (body, code) in [
        (chunked("x-amz-checksum-crc32:AAAAAA==\r\n"), "BadDigest"),
        (chunked(""), "MalformedTrailerError"),
        (chunked("x-amz-checksum-crc32:NhCmhg==\r\n").replacen("llo", "ll", 1), "IncompleteBody"),
        ("5\r\nhello\r\n".into(), "IncompleteBody"),
        ("6\r\nhello!\r\n0\r\nx-amz-checksum-crc32:NhCmhg==\r\n\r\n".into(), "IncompleteBody"),
    ] {
        let refused = store.send(Method::PUT, "/site/b", &headers, &body).await;
        assert!(refused.text().contains(&format!("<Code>{code}</Code>")), "{body:?}: {}", refused.text());
    }
    assert!(store.bucket.head("b").is_none());
}

#[tokio::test]
async fn many_objects_are_deleted_at_once() {
    let store = Store::new().await;
    for key in ["a", "b&c", "d", "e"] {
        store.bucket.put(key, key, ObjectMetadata::default());
    }
    let post = async |headers: &[(&str, &str)], body: &str| {
        store.send(Method::POST, "/site/?delete", headers, body).await
    };
    let objects = "<Object><Key>a</Key></Object><Object><Key>b&amp;c</Key></Object>\
                   <Object><Key>none</Key></Object><Object><Key>d</Key><ETag>\"x\"</ETag></Object>";
    let body = format!("<Delete xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">{objects}</Delete>");
    let unchecked = post(&[], &body).await;
    assert!(unchecked.status == 400 && unchecked.text().contains("InvalidRequest"), "{}", unchecked.text());
    let md5 = |body: &str| STANDARD.encode(Md5::digest(body));
    let deleted = post(&[("content-md5", &md5(&body))], &body).await;
    assert_eq!(deleted.status, 200, "{}", deleted.text());
    for key in ["a", "b&amp;c", "none"] {
        assert!(
            deleted.text().contains(&format!("<Deleted><Key>{key}</Key></Deleted>")),
            "{}",
            deleted.text()
        );
    }
    assert!(
        deleted.text().contains("<Error><Key>d</Key><Code>PreconditionFailed</Code>"),
        "{}",
        deleted.text()
    );
    let left: Vec<_> = store.bucket.list("").iter().map(|object| object.key.clone()).collect();
    assert_eq!(left, ["d", "e"]);
    let quiet = "<Delete><Object><Key>e</Key></Object><Quiet>true</Quiet></Delete>";
    let silent = post(&[("content-md5", &md5(quiet))], quiet).await;
    assert!(silent.status == 200 && !silent.text().contains("<Deleted>") && store.bucket.head("e").is_none());
    let many = format!("<Delete>{}</Delete>", "<Object><Key>k</Key></Object>".repeat(1_001));
    for malformed in ["<Delete/>", "<Delete><Object/></Delete>", "<Delete>", &many] {
        let refused = post(&[("content-md5", &md5(malformed))], malformed).await;
        assert!(refused.text().contains("MalformedXML"), "{}", refused.text());
    }
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
