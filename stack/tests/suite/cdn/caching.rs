//! What stays in the cache, for how long, and what a viewer gets of it.

use std::{io::Read, sync::Arc};

use axum::body::Body;
use bytes::Bytes;
use http::{Method, Response};
use stack::{cdn::OriginTarget, http_server::HttpServer};
use tokio::sync::Semaphore;

use crate::cdn::stand::{Stand, distribution, listener, metadata};

#[tokio::test]
async fn a_hit_follows_a_miss() {
    let stand = Stand::new().await;
    stand.bucket.put("a.txt", "hello", metadata("text/plain", "max-age=60"));
    let miss = stand.get("/a.txt?ignored=1").await;
    assert_eq!((miss.status.as_u16(), miss.x_cache(), miss.text()), (200, "Miss", "hello"));
    assert!(!miss.headers.contains_key("age"));
    stand.advance(7);
    let hit = stand.get("/a.txt?ignored=2").await;
    assert_eq!((hit.x_cache(), hit.text(), hit.header("age")), ("Hit", "hello", "7"));
    assert_eq!((hit.header("etag"), hit.header("server")), (miss.header("etag"), "AmazonS3"));
    assert!(hit.header("via").ends_with("d111.cloudfront.net (CloudFront)"), "{}", hit.header("via"));
    assert_ne!(hit.header("x-amz-cf-id"), miss.header("x-amz-cf-id"));
    assert_eq!(stand.bucket.answered(), 1);
    let stats = stand.cdn.stats();
    assert_eq!((stats.requests, stats.hits, stats.misses, stats.cached_objects), (2, 1, 1, 1));
}

#[tokio::test]
async fn what_expired_is_revalidated() {
    let stand = Stand::new().await;
    stand.bucket.put("a.txt", "old", metadata("text/plain", "max-age=60"));
    stand.get("/a.txt").await;
    stand.advance(60);
    let refreshed = stand.get("/a.txt").await;
    assert_eq!((refreshed.x_cache(), refreshed.text(), stand.bucket.answered()), ("RefreshHit", "old", 2));
    assert_eq!(stand.get("/a.txt").await.x_cache(), "Hit");
    stand.bucket.put("a.txt", "new", metadata("text/plain", "max-age=60"));
    stand.advance(60);
    let changed = stand.get("/a.txt").await;
    assert_eq!((changed.x_cache(), changed.text()), ("Miss", "new"));
}

#[tokio::test]
async fn no_cache_lasts_the_managed_policys_one_second() {
    let stand = Stand::new().await;
    stand.bucket.put("a.html", "page", metadata("text/html", "no-cache"));
    stand.get("/a.html").await;
    assert_eq!(stand.get("/a.html").await.x_cache(), "Hit");
    stand.advance(1);
    assert_eq!(stand.get("/a.html").await.x_cache(), "RefreshHit");
}

#[tokio::test]
async fn text_is_compressed_and_its_tag_weakened() {
    let stand = Stand::new().await;
    let page = "<p>Parapet</p>".repeat(500);
    stand.bucket.put("a.html", page.clone(), metadata("text/html", "max-age=60"));
    let br = stand.get_with("/a.html", &[("accept-encoding", "gzip, deflate, br")]).await;
    let gzip = stand.get_with("/a.html", &[("accept-encoding", "gzip")]).await;
    let plain = stand.get("/a.html").await;
    assert_eq!((br.header("content-encoding"), gzip.header("content-encoding")), ("br", "gzip"));
    assert!(!plain.headers.contains_key("content-encoding") && plain.body == page.as_bytes());
    assert_eq!(br.header("etag"), format!("W/{}", plain.header("etag")));
    assert_eq!(br.header("etag"), gzip.header("etag"));
    assert_eq!(
        (br.header("vary"), br.header("content-length")),
        ("Accept-Encoding", &*br.body.len().to_string())
    );
    assert!(br.body.len() < 200);
    let mut decoded = String::new();
    brotli::Decompressor::new(&br.body[..], 4096).read_to_string(&mut decoded).unwrap();
    assert_eq!(decoded, page);
    decoded.clear();
    flate2::read::GzDecoder::new(&gzip.body[..]).read_to_string(&mut decoded).unwrap();
    assert_eq!(decoded, page);
    assert_eq!(stand.get_with("/a.html", &[("accept-encoding", "br, gzip")]).await.x_cache(), "Hit");
    stand.advance(60);
    let refreshed = stand.get_with("/a.html", &[("accept-encoding", "br, gzip")]).await;
    assert_eq!((refreshed.x_cache(), &refreshed.body), ("RefreshHit", &br.body));
}

#[tokio::test]
async fn ranges_and_conditions_are_answered_from_the_cache() {
    let stand = Stand::new().await;
    stand.bucket.put("a.bin", "0123456789", metadata("application/octet-stream", "max-age=60"));
    let part = stand.get_with("/a.bin", &[("range", "bytes=2-4")]).await;
    assert_eq!(
        (part.status.as_u16(), part.text(), part.header("content-range")),
        (206, "234", "bytes 2-4/10")
    );
    let whole = stand.get("/a.bin").await;
    assert_eq!((whole.x_cache(), whole.text()), ("Hit", "0123456789"));
    let past = stand.get_with("/a.bin", &[("range", "bytes=10-")]).await;
    assert_eq!((past.status.as_u16(), past.header("content-range")), (416, "bytes */10"));
    let etag = whole.header("etag");
    let same = stand.get_with("/a.bin", &[("if-none-match", etag)]).await;
    assert_eq!((same.status.as_u16(), same.body.len(), same.header("etag")), (304, 0, etag));
    let other = stand.get_with("/a.bin", &[("if-match", "\"other\"")]).await;
    assert_eq!(other.status.as_u16(), 412);
    assert_eq!(stand.bucket.answered(), 1);
}

#[tokio::test]
async fn head_is_answered_from_a_cached_get() {
    let stand = Stand::new().await;
    stand.bucket.put("a.txt", "hello", metadata("text/plain", "max-age=60"));
    let first = stand.send(Method::HEAD, "/a.txt", &[]).await;
    assert_eq!((first.x_cache(), first.header("content-length")), ("Miss", "5"));
    stand.get("/a.txt").await;
    let head = stand.send(Method::HEAD, "/a.txt", &[]).await;
    assert_eq!((head.x_cache(), head.header("content-length"), head.body.len()), ("Hit", "5", 0));
}

#[tokio::test]
async fn a_missing_page_is_remembered_for_ten_seconds() {
    let stand = Stand::new().await;
    let missing = stand.get("/new.txt").await;
    assert_eq!((missing.status.as_u16(), missing.x_cache()), (404, "Error"));
    assert!(missing.text().contains("<Code>NoSuchKey</Code>"));
    stand.bucket.put("new.txt", "here", metadata("text/plain", "max-age=60"));
    stand.advance(9);
    assert_eq!(stand.get("/new.txt").await.status.as_u16(), 404);
    stand.advance(1);
    assert_eq!(stand.get("/new.txt").await.text(), "here");
}

#[tokio::test]
async fn caching_disabled_asks_every_time() {
    let stand = Stand::new().await;
    for _ in 0..2 {
        assert_eq!(stand.get("/api/a").await.x_cache(), "Miss");
    }
    assert_eq!(stand.api.seen().len(), 2);
}

/// An origin that answers only when it is let.
struct SlowOrigin {
    server: HttpServer,
    asked: Arc<Semaphore>,
    allowed: Arc<Semaphore>,
}

impl SlowOrigin {
    async fn start(cache_control: &'static str) -> Self {
        let (asked, allowed) = (Arc::new(Semaphore::new(0)), Arc::new(Semaphore::new(0)));
        let (arrivals, permits) = (Arc::clone(&asked), Arc::clone(&allowed));
        let server = HttpServer::start(listener().await, move |request, _| {
            let (arrivals, permits) = (Arc::clone(&arrivals), Arc::clone(&permits));
            async move {
                arrivals.add_permits(1);
                permits.acquire().await.unwrap().forget();
                let path = request.uri().path().to_owned();
                Response::builder().header("cache-control", cache_control).body(Body::from(path)).unwrap()
            }
        });
        Self { server: server.unwrap(), asked, allowed }
    }

    async fn stand(&self) -> Stand {
        let uri = format!("http://{}", self.server.addr()).parse().unwrap();
        Stand::with(distribution(), |settings| {
            settings.origins.insert("site".into(), OriginTarget::Http(uri));
        })
        .await
    }
}

#[tokio::test]
async fn concurrent_misses_ask_the_origin_once() {
    let origin = SlowOrigin::start("max-age=60").await;
    let stand = Arc::new(origin.stand().await);
    let requests: Vec<_> = (0..20)
        .map(|_| {
            let stand = Arc::clone(&stand);
            tokio::spawn(async move { stand.get("/a").await })
        })
        .collect();
    origin.asked.acquire().await.unwrap().forget();
    while stand.cdn.stats().requests < 20 {
        tokio::task::yield_now().await;
    }
    origin.allowed.add_permits(1);
    for request in requests {
        assert_eq!(request.await.unwrap().text(), "/a");
    }
    assert_eq!(stand.cdn.stats().origin_requests, 1);
}

#[tokio::test]
async fn a_viewer_who_leaves_takes_nothing_from_the_others() {
    let origin = SlowOrigin::start("max-age=60").await;
    let stand = Arc::new(origin.stand().await);
    let leaver = Arc::clone(&stand);
    let leaving = tokio::spawn(async move { leaver.get("/a").await });
    origin.asked.acquire().await.unwrap().forget();
    leaving.abort();
    let stayer = Arc::clone(&stand);
    let staying = tokio::spawn(async move { stayer.get("/a").await });
    origin.allowed.add_permits(1);
    assert_eq!(staying.await.unwrap().text(), "/a");
    assert_eq!(stand.cdn.stats().origin_requests, 1);
}

#[tokio::test]
async fn what_expired_is_served_while_the_origin_is_down() {
    let origin = SlowOrigin::start("max-age=60").await;
    let stand = origin.stand().await;
    origin.allowed.add_permits(1);
    assert_eq!(stand.get("/a").await.text(), "/a");
    origin.server.stop().await;
    stand.advance(3_600);
    let stale = stand.get("/a").await;
    assert_eq!((stale.status.as_u16(), stale.x_cache(), stale.header("age")), (200, "Hit", "3600"));
    let down = stand.get("/b").await;
    assert_eq!((down.status.as_u16(), down.x_cache()), (502, "Error"));
    assert!(down.text().contains("<H1>502 ERROR</H1>"), "{}", down.text());
}

#[tokio::test]
async fn an_invalidation_overtakes_an_answer_on_its_way() {
    let origin = SlowOrigin::start("max-age=60").await;
    let stand = Arc::new(origin.stand().await);
    let early = Arc::clone(&stand);
    let early = tokio::spawn(async move { early.get("/a").await });
    origin.asked.acquire().await.unwrap().forget();
    crate::cdn::api::invalidate(&stand, "r", &["/a"]).await;
    let late = Arc::clone(&stand);
    let late = tokio::spawn(async move { late.get("/a").await });
    origin.asked.acquire().await.unwrap().forget();
    origin.allowed.add_permits(2);
    assert_eq!((early.await.unwrap().x_cache(), late.await.unwrap().x_cache()), ("Miss", "Miss"));
    assert_eq!(stand.cdn.stats().origin_requests, 2);
    assert_eq!(stand.get("/a").await.x_cache(), "Hit");
}

#[tokio::test]
async fn a_large_object_streams_past_the_cache() {
    let stand = Stand::new().await;
    let large = Bytes::from(vec![7; 33 * 1024 * 1024]);
    stand.bucket.put("large.bin", large.clone(), metadata("application/octet-stream", "max-age=60"));
    for _ in 0..2 {
        let reply = stand.get("/large.bin").await;
        assert_eq!((reply.x_cache(), reply.body.len()), ("Miss", large.len()));
    }
    assert_eq!(stand.cdn.stats().cached_objects, 0);
}
