//! The origin-response function's place in a request, and cache tags.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use bytes::Bytes;
use http::{Method, StatusCode};
use serde_json::json;
use stack::{
    bucket::ObjectMetadata,
    cdn::{BoxFuture, ViewerRequestFunction},
    viewer_request::{
        ChangedResponse, DistributionName, Failure, OriginResponse, Outcome, ViewerRequest, Violation,
    },
};

use crate::cdn::{
    api::{invalidate, refused},
    stand::{Stand, distribution, metadata, unchanged},
};

/// Puts a page in the place of a missing object, and counts how often it is asked.
#[derive(Default)]
struct Pages {
    asked: AtomicUsize,
    breaks_a_rule: bool,
}

impl ViewerRequestFunction for Pages {
    fn call(
        &self,
        viewer: ViewerRequest,
        _: &DistributionName,
    ) -> BoxFuture<'static, Result<Outcome, Failure>> {
        Box::pin(async move { Ok(Outcome::Forward(unchanged(viewer))) })
    }

    fn call_origin_response(
        &self,
        response: OriginResponse,
        _: &DistributionName,
    ) -> BoxFuture<'static, Result<ChangedResponse, Failure>> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        let broken = Failure::of_answer(&Violation::StatusDescription, &response.request_id);
        let failed = self.breaks_a_rule;
        Box::pin(async move {
            if failed {
                return Err(broken);
            }
            if response.status != 404 {
                return Ok(response.unchanged());
            }
            let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
            let headers = vec![
                header("content-type", "text/html"),
                header("cache-control", "max-age=0, s-maxage=5"),
                header("x-amz-meta-cache-tag", &format!("of{}", response.uri.replace('/', "-"))),
            ];
            Ok(ChangedResponse { status: 404, headers, body: Some(Bytes::from_static(b"nothing here")) })
        })
    }
}

async fn stand(pages: &Arc<Pages>) -> Stand {
    let mut config = distribution();
    config["DistributionConfig"]["DefaultCacheBehavior"]["LambdaFunctionAssociations"] = json!([
        { "EventType": "viewer-request", "LambdaFunctionARN": "a:1" },
        { "EventType": "origin-response", "LambdaFunctionARN": "a:1" },
    ]);
    // The least time that CloudFront keeps an error: ten seconds, where a distribution does not say otherwise.
    config["DistributionConfig"]["CustomErrorResponses"] =
        json!([{ "ErrorCode": 404, "ErrorCachingMinTTL": 0 }]);
    config["DistributionConfig"]["CacheTagConfig"] = json!({ "HeaderName": "x-amz-meta-cache-tag" });
    let function: Arc<dyn ViewerRequestFunction> = Arc::<Pages>::clone(pages);
    Stand::with(config, |settings| settings.function = Some(function)).await
}

fn tagged(tags: &str) -> ObjectMetadata {
    let user = [("cache-tag".to_owned(), tags.to_owned())].into();
    ObjectMetadata { user, ..metadata("text/plain", "max-age=3600") }
}

#[tokio::test]
async fn it_is_asked_on_cache_misses_only_and_for_every_status() {
    let pages = Arc::new(Pages::default());
    let stand = stand(&pages).await;
    stand.bucket.put("a.txt", "a", metadata("text/plain", "max-age=3600"));
    for _ in 0..2 {
        assert_eq!(stand.get("/a.txt").await.text(), "a");
        let missing = stand.get("/nope.txt").await;
        assert_eq!((missing.status, missing.text()), (StatusCode::NOT_FOUND, "nothing here"));
        assert_eq!((missing.header("content-type"), missing.header("content-length")), ("text/html", "12"));
    }
    assert_eq!(pages.asked.load(Ordering::SeqCst), 2);
    stand.advance(4);
    stand.get("/nope.txt").await;
    assert_eq!(pages.asked.load(Ordering::SeqCst), 2, "the page is still there");
    stand.advance(2);
    stand.get("/nope.txt").await;
    assert_eq!(pages.asked.load(Ordering::SeqCst), 3, "the page was cached shortly");
    let head = stand.send(Method::HEAD, "/other.txt", &[]).await;
    assert_eq!((head.status, head.body.len()), (StatusCode::NOT_FOUND, 0));
    assert_eq!(pages.asked.load(Ordering::SeqCst), 4);
    stand.get("/api/x").await;
    assert_eq!(pages.asked.load(Ordering::SeqCst), 4, "the API's behavior asks nobody");
}

#[tokio::test]
async fn a_broken_answer_is_502() {
    let stand = stand(&Arc::new(Pages { breaks_a_rule: true, ..Pages::default() })).await;
    assert_eq!(stand.get("/a.txt").await.status, StatusCode::BAD_GATEWAY);
}

#[tokio::test]
async fn a_tag_names_every_spelling_and_variant_of_an_object() {
    let stand = stand(&Arc::new(Pages::default())).await;
    stand.bucket.put("c++.txt", "old", tagged("o-1, Site"));
    stand.bucket.put("b.txt", "old", tagged("o-2,site"));
    stand.bucket.put("untagged.txt", "old", metadata("text/plain", "max-age=3600"));
    let spellings = ["/c%2B%2B.txt", "/c%2b%2b.txt", "/%63%2B%2B.txt"];
    let all = spellings.into_iter().chain(["/b.txt", "/untagged.txt"]);
    for path in all.clone() {
        assert_eq!(stand.get(path).await.text(), "old", "{path}");
    }
    for key in ["c++.txt", "b.txt", "untagged.txt"] {
        stand.bucket.put(key, "new", tagged("o-3"));
    }
    invalidate(&stand, "1", &["#O-1"]).await;
    for path in spellings {
        assert_eq!(stand.get(path).await.text(), "new", "{path}");
    }
    assert_eq!((stand.get("/b.txt").await.text(), stand.get("/untagged.txt").await.text()), ("old", "old"));
    invalidate(&stand, "2", &["#site", "#never-seen"]).await;
    assert_eq!((stand.get("/b.txt").await.text(), stand.get("/untagged.txt").await.text()), ("new", "old"));
}

#[tokio::test]
async fn a_tag_that_the_function_gives_counts() {
    let stand = stand(&Arc::new(Pages::default())).await;
    assert_eq!(stand.get("/new.txt").await.status, StatusCode::NOT_FOUND);
    stand.bucket.put("new.txt", "here", tagged("o-9"));
    assert_eq!(stand.get("/new.txt").await.status, StatusCode::NOT_FOUND);
    invalidate(&stand, "1", &["#of-new.txt"]).await;
    assert_eq!(stand.get("/new.txt").await.text(), "here");
}

#[tokio::test]
async fn without_its_configuration_a_distribution_takes_no_tags() {
    let stand = Stand::new().await;
    assert_eq!(refused(&stand, "1", &["#a"]).await, "InvalidArgument");
}
