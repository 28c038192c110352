//! What reaches the origins, and what becomes of their troubles.

use std::{
    convert::Infallible,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};

use axum::body::Body;
use bytes::Bytes;
use http::{Method, Response};
use http_body_util::BodyExt;
use hyper::body::{Body as HttpBody, Frame};
use serde_json::json;
use stack::{cdn::OriginTarget, http_server::HttpServer};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    sync::{Mutex, OwnedMutexGuard, mpsc},
};

use crate::cdn::stand::{Stand, distribution, listener, metadata, reply};

#[tokio::test]
async fn the_api_gets_everything_but_the_viewers_host() {
    let stand = Stand::new().await;
    let headers = [
        ("cookie", "a=1; b=2"),
        ("authorization", "Bearer h.eyJzdWIiOiJ1In0.s"),
        ("x-own", "1"),
        ("x-forwarded-for", "203.0.113.9"),
        ("accept-encoding", "gzip"),
        ("via", "1.0 proxy"),
        ("keep-alive", "timeout=5"),
    ];
    let seen = stand.get_with("/api/a?x=1&y", &headers).await.seen();
    assert_eq!((seen.header("host"), seen.cookie.as_deref()), (Some("api.example.com"), Some("a=1; b=2")));
    assert_eq!((seen.query.as_deref(), seen.unverified_claims), (Some("x=1&y"), Some(json!({ "sub": "u" }))));
}

#[tokio::test]
async fn cloudfronts_own_headers_are_added() {
    let stand = Stand::new().await;
    let reply = stand
        .get_with("/api/a", &[("x-forwarded-for", "203.0.113.9"), ("x-own", "1"), ("via", "1.0 p")])
        .await;
    let seen = reply.seen();
    assert_eq!(seen.header("x-forwarded-for"), Some("203.0.113.9, 127.0.0.1"));
    assert_eq!(seen.header("via"), Some("1.1 d111.cloudfront.net (CloudFront)"));
    assert_eq!(seen.header("x-amz-cf-id"), Some(reply.header("x-amz-cf-id")));
    assert_eq!((seen.header("x-own"), seen.header("x-origin-key")), (Some("1"), Some("k")));
    assert_eq!(seen.header("user-agent"), Some("Amazon CloudFront"));
    assert_eq!(seen.header("cloudfront-viewer-address"), None);
}

#[tokio::test]
async fn without_an_origin_request_policy_little_goes_on() {
    let mut config = distribution();
    let api = &mut config["DistributionConfig"]["CacheBehaviors"][0];
    api["OriginRequestPolicyId"] = json!(null);
    let stand = Stand::with(config, |_| {}).await;
    let headers =
        [("cookie", "a=1"), ("authorization", "Bearer x"), ("x-own", "1"), ("referer", "r"), ("origin", "o")];
    let seen = stand.get_with("/api/a?x=1", &headers).await.seen();
    assert_eq!(
        (seen.cookie.as_deref(), seen.query.as_deref(), seen.header("origin")),
        (None, None, Some("o"))
    );
    for gone in ["authorization", "x-own", "referer"] {
        assert_eq!(seen.header(gone), None, "{gone}");
    }
    let written = stand.send(Method::POST, "/api/a", &headers).await.seen();
    assert_eq!(written.header("authorization"), Some("Bearer x"));
}

#[tokio::test]
async fn policies_can_ask_for_what_cloudfront_knows() {
    let mut config = distribution();
    config["OriginRequestPolicies"] = json!({ "p": {
        "HeadersConfig": { "HeaderBehavior": "whitelist", "Headers": ["CloudFront-Viewer-Address", "X-Own"] },
        "CookiesConfig": { "CookieBehavior": "whitelist", "Cookies": ["b"] },
        "QueryStringsConfig": { "QueryStringBehavior": "none" } } });
    config["DistributionConfig"]["CacheBehaviors"][0]["OriginRequestPolicyId"] = json!("p");
    let stand = Stand::with(config, |_| {}).await;
    let headers = [("cloudfront-viewer-address", "forged"), ("cookie", "a=1; b=2; c=3"), ("x-own", "1")];
    let seen = stand.get_with("/api/a?x=1", &headers).await.seen();
    assert!(seen.header("cloudfront-viewer-address").unwrap().starts_with("127.0.0.1:"));
    assert_eq!((seen.cookie.as_deref(), seen.query.as_deref()), (Some("b=2"), None));
    assert_eq!(seen.header("x-own"), Some("1"));
}

#[tokio::test]
async fn a_bucket_sees_neither_authorization_nor_cookies() {
    let mut config = distribution();
    config["DistributionConfig"]["DefaultCacheBehavior"]["OriginRequestPolicyId"] =
        json!(crate::cdn::stand::ALL_VIEWER_EXCEPT_HOST);
    let stand = Stand::with(config, |_| {}).await;
    stand.bucket.put("a.txt", "hello", metadata("text/plain", "max-age=60"));
    // The bucket refuses more than 8,192 bytes of headers; these would be more.
    let token = format!("Bearer {}", "t".repeat(8_000));
    let reply = stand.get_with("/a.txt", &[("authorization", &token), ("x", &"v".repeat(500))]).await;
    assert_eq!(reply.text(), "hello");
}

#[tokio::test]
async fn bodies_stream_to_the_api() {
    let stand = Stand::new().await;
    let large = vec![b'x'; 5 * 1024 * 1024];
    let seen = reply(stand.http.put(stand.url("/api/a")).body(large)).await.seen();
    assert_eq!((seen.body_length, seen.body), (5 * 1024 * 1024, None));
    assert_eq!(seen.headers.iter().find(|(name, _)| name == "content-length").unwrap().1, "5242880");
}

#[tokio::test]
async fn a_body_reaches_the_origin_while_it_is_still_being_sent() {
    let (arrived, mut arrivals) = mpsc::unbounded_channel();
    let origin = HttpServer::start(listener().await, move |request, _| {
        let arrived = arrived.clone();
        async move {
            let mut body = request.into_body();
            while let Some(Ok(frame)) = body.frame().await {
                arrived.send(frame.into_data().unwrap()).unwrap();
            }
            Response::new(Body::from("done"))
        }
    })
    .unwrap();
    let uri = format!("http://{}", origin.addr()).parse().unwrap();
    let stand = Stand::with(distribution(), |settings| {
        settings.origins.insert("api".into(), OriginTarget::Http(uri));
    })
    .await;
    let mut stream = TcpStream::connect(stand.cdn.addr()).await.unwrap();
    let head = "POST /api/a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n";
    stream.write_all(head.as_bytes()).await.unwrap();
    for part in ["one", "two"] {
        stream.write_all(format!("3\r\n{part}\r\n").as_bytes()).await.unwrap();
        assert_eq!(arrivals.recv().await.unwrap(), part);
    }
    stream.write_all(b"0\r\n\r\n").await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("done"), "{answer}");
}

#[tokio::test]
async fn an_answer_reaches_the_viewer_while_it_is_still_being_sent() {
    let (sender, receiver) = mpsc::unbounded_channel::<&'static str>();
    let receiver = Arc::new(Mutex::new(receiver));
    let origin = HttpServer::start(listener().await, move |_, _| {
        let receiver = Arc::clone(&receiver);
        async move { Response::new(Body::new(Frames(receiver.lock_owned().await))) }
    })
    .unwrap();
    let uri = format!("http://{}", origin.addr()).parse().unwrap();
    let stand = Stand::with(distribution(), |settings| {
        settings.origins.insert("api".into(), OriginTarget::Http(uri));
    })
    .await;
    let mut response = stand.http.get(stand.url("/api/events")).send().await.unwrap();
    for event in ["one", "two"] {
        sender.send(event).unwrap();
        assert_eq!(response.chunk().await.unwrap().unwrap(), event);
    }
    drop(sender);
    assert_eq!(response.chunk().await.unwrap(), None);
}

/// A body whose frames come when they are sent.
struct Frames(OwnedMutexGuard<mpsc::UnboundedReceiver<&'static str>>);

impl HttpBody for Frames {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.0.poll_recv(cx).map(|sent| sent.map(|text| Ok(Frame::data(Bytes::from_static(text.as_bytes())))))
    }
}

#[tokio::test]
async fn an_origin_that_is_down_is_502_for_ten_seconds() {
    let stand = Stand::with(distribution(), |settings| {
        settings.origins.insert("api".into(), OriginTarget::Http("http://127.0.0.1:9".parse().unwrap()));
    })
    .await;
    let down = stand.get("/api/a").await;
    assert_eq!((down.status.as_u16(), down.x_cache(), down.header("server")), (502, "Error", "CloudFront"));
    assert!(
        down.text().contains("<H1>502 ERROR</H1>") && !down.text().contains("127.0.0.1"),
        "{}",
        down.text()
    );
    stand.get("/api/a").await;
    assert_eq!(stand.cdn.stats().origin_requests, 1);
    stand.advance(10);
    stand.get("/api/a").await;
    assert_eq!(stand.cdn.stats().origin_requests, 2);
    let posted = stand.send(Method::POST, "/api/a", &[]).await;
    assert_eq!((posted.status.as_u16(), posted.x_cache()), (502, "Error"));
}

#[tokio::test]
async fn an_origin_that_does_not_answer_is_504() {
    let silent = listener().await;
    let uri = format!("http://{}", silent.local_addr().unwrap()).parse().unwrap();
    let stand = Stand::with(distribution(), |settings| {
        settings.origins.insert("api".into(), OriginTarget::Http(uri));
        settings.response_timeout = Duration::from_millis(50);
    })
    .await;
    let reply = stand.send(Method::POST, "/api/a", &[]).await;
    assert_eq!((reply.status.as_u16(), reply.x_cache()), (504, "Error"));
}

#[tokio::test]
async fn cookies_of_an_origin_that_gets_none_are_not_handed_out() {
    let origin = HttpServer::start(listener().await, |_, _| async {
        Response::builder()
            .header("set-cookie", "a=1")
            .header("cache-control", "max-age=9")
            .body(Body::from("x"))
            .unwrap()
    })
    .unwrap();
    let uri: http::Uri = format!("http://{}", origin.addr()).parse().unwrap();
    let stand = Stand::with(distribution(), |settings| {
        settings.origins.insert("api".into(), OriginTarget::Http(uri.clone()));
        settings.origins.insert("site".into(), OriginTarget::Http(uri));
    })
    .await;
    assert_eq!(stand.get("/a").await.header("set-cookie"), "");
    assert_eq!(stand.get("/api/a").await.header("set-cookie"), "a=1");
}
