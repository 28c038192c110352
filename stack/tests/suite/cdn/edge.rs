//! What CloudFront does before it looks into its cache: limits, hosts, behaviors, methods, protocols.

use http::{Method, Version};
use serde_json::json;
use stack::cdn::{CdnError, CdnSettings, RunningCdn};

use crate::cdn::stand::{DISABLED, OPTIMIZED, Stand, client, distribution, listener, metadata, reply};

#[tokio::test]
async fn the_first_matching_behavior_wins() {
    let mut config = distribution();
    let behaviors = config["DistributionConfig"]["CacheBehaviors"].as_array_mut().unwrap();
    behaviors.insert(
        0,
        json!({ "PathPattern": "/api/docs/*", "TargetOriginId": "site", "CachePolicyId": OPTIMIZED }),
    );
    let stand = Stand::with(config, |_| {}).await;
    stand.bucket.put("api/docs/a.txt", "docs", metadata("text/plain", "max-age=60"));
    assert_eq!(stand.get("/api/docs/a.txt").await.text(), "docs");
    assert_eq!(stand.get("/api/other").await.seen().path, "/api/other");
}

#[tokio::test]
async fn matching_is_on_the_normalised_path_and_the_raw_path_goes_on() {
    let stand = Stand::new().await;
    for target in ["/api//a", "//api/./a", "/x/../api/a", "/public/%2e%2e/api/a"] {
        let answer = stand.raw(target).await;
        assert!(answer.starts_with("HTTP/1.1 200"), "{target}: {answer}");
        assert_eq!(stand.api.seen().last().unwrap().path, target);
    }
    let away = stand.raw("/api/../a").await;
    assert!(away.contains("NoSuchKey") && away.contains("<Resource>/api/../a</Resource>"), "{away}");
}

#[tokio::test]
async fn a_method_that_is_not_allowed_is_refused() {
    let stand = Stand::new().await;
    let refused = stand.send(Method::POST, "/a.txt", &[]).await;
    assert_eq!((refused.status.as_u16(), refused.x_cache()), (403, "Error"));
    assert!(refused.text().contains("supports only cachable requests"), "{}", refused.text());
    assert_eq!(stand.send(Method::DELETE, "/api/a", &[]).await.seen().method, "DELETE");
    let odd = stand.send(Method::from_bytes(b"PROPFIND").unwrap(), "/api/a", &[]).await;
    assert_eq!(odd.status.as_u16(), 403);
    assert!(!odd.text().contains("cachable"));
}

#[tokio::test]
async fn urls_and_headers_have_their_limits() {
    let stand = Stand::new().await;
    let fits = stand.get(&format!("/api/{}", "a".repeat(8_192 - 5))).await;
    assert_eq!(fits.status.as_u16(), 200);
    let long = stand.get(&format!("/api/{}", "a".repeat(8_192 - 4))).await;
    assert_eq!(long.status.as_u16(), 414);
    let large = "v".repeat(20_000);
    assert_eq!(stand.get_with("/api/a", &[("x-large", &large)]).await.status.as_u16(), 200);
    let huge = "v".repeat(20_480);
    let refused = stand.get_with("/api/a", &[("x-large", &huge)]).await;
    assert_eq!((refused.status.as_u16(), refused.x_cache()), (494, "Error"));
    let body = reply(stand.http.get(stand.url("/api/a")).body("body")).await;
    assert_eq!(body.status.as_u16(), 403);
}

#[tokio::test]
async fn http_2_with_prior_knowledge_works_like_http_1() {
    let stand = Stand::new().await;
    stand.bucket.put("a.txt", "hello", metadata("text/plain", "max-age=60"));
    let http2 = client(reqwest::Client::builder().http2_prior_knowledge());
    let response = http2.get(stand.url("/a.txt")).send().await.unwrap();
    assert_eq!((response.version(), response.text().await.unwrap()), (Version::HTTP_2, "hello".to_owned()));
    let seen = reply(http2.post(stand.url("/api/a?b=c")).header("cookie", "x=1").body("posted")).await.seen();
    assert_eq!((seen.body.as_deref(), seen.query.as_deref()), (Some("posted"), Some("b=c")));
    assert_eq!((seen.header("host"), seen.cookie.as_deref()), (Some("api.example.com"), Some("x=1")));
    assert!(seen.header("via").unwrap().starts_with("2.0 d111.cloudfront.net"));
    let large = "v".repeat(20_480);
    let refused = reply(http2.get(stand.url("/api/a")).header("x-large", large)).await;
    assert_eq!(refused.status.as_u16(), 494);
}

#[tokio::test]
async fn aliases_name_the_only_hosts() {
    let mut config = distribution();
    config["DistributionConfig"]["Aliases"] = json!(["cms.example.com"]);
    let stand = Stand::with(config, |_| {}).await;
    for (host, status) in [
        ("cms.example.com", 200),
        ("CMS.example.com:8080", 200),
        ("d111.cloudfront.net", 200),
        ("evil.example", 403),
    ] {
        assert_eq!(stand.get_with("/api/a", &[("host", host)]).await.status.as_u16(), status, "{host}");
    }
}

#[tokio::test]
async fn the_default_root_object_stands_for_the_root() {
    let mut config = distribution();
    config["DistributionConfig"]["DefaultRootObject"] = json!("index.html");
    let stand = Stand::with(config, |_| {}).await;
    stand.bucket.put("index.html", "home", metadata("text/html", "max-age=60"));
    assert_eq!(stand.get("/").await.text(), "home");
    assert_eq!(stand.get("/index.html").await.x_cache(), "Hit");
}

#[tokio::test]
async fn response_headers_policies_apply_to_what_origins_answer() {
    let mut config = distribution();
    config["ResponseHeadersPolicies"] = json!({ "p": {
        "CustomHeadersConfig": { "Items": [{ "Header": "X-Frame", "Value": "DENY", "Override": true }] },
        "RemoveHeadersConfig": { "Items": [{ "Header": "Server" }] } } });
    config["DistributionConfig"]["DefaultCacheBehavior"]["ResponseHeadersPolicyId"] = json!("p");
    let stand = Stand::with(config, |_| {}).await;
    stand.bucket.put("a.txt", "hello", metadata("text/plain", "max-age=60"));
    for x_cache in ["Miss", "Hit"] {
        let reply = stand.get("/a.txt").await;
        assert_eq!((reply.x_cache(), reply.header("x-frame"), reply.header("server")), (x_cache, "DENY", ""));
    }
    assert_eq!(stand.get("/api/a").await.header("x-frame"), "");
}

#[tokio::test]
async fn every_problem_of_a_distribution_is_told_at_once() {
    let mut config = distribution();
    config["DistributionConfig"]["DefaultCacheBehavior"]["TargetOriginId"] = json!("none");
    config["DistributionConfig"]["DefaultCacheBehavior"]["CachePolicyId"] = json!("unknown");
    config["DistributionConfig"]["CacheBehaviors"][0]["LambdaFunctionAssociations"] =
        json!([{ "EventType": "origin-request" }]);
    config["DistributionConfig"]["CustomErrorResponses"] =
        json!([{ "ErrorCode": 404, "ResponsePagePath": "/index.html", "ResponseCode": 200 }]);
    let settings = CdnSettings::new(serde_json::from_value(config).unwrap(), Default::default());
    let error = RunningCdn::start(settings, listener().await, listener().await).unwrap_err();
    let CdnError::Distribution(problems) = &error else { panic!("{error}") };
    assert_eq!(problems.len(), 6, "{error}");
    for part in ["\"none\"", "\"unknown\"", "origin-request", "404", "origin \"site\": nothing says"] {
        assert!(error.to_string().contains(part), "{part}: {error}");
    }
}

#[tokio::test]
async fn a_function_that_is_associated_must_be_there() {
    let mut config = distribution();
    config["DistributionConfig"]["CacheBehaviors"] = json!([]);
    config["DistributionConfig"]["Origins"] = json!([{ "Id": "api", "DomainName": "a" }]);
    config["DistributionConfig"]["DefaultCacheBehavior"] = json!({ "TargetOriginId": "api", "CachePolicyId": DISABLED,
        "LambdaFunctionAssociations": [{ "EventType": "viewer-request", "LambdaFunctionARN": "arn:x:1" }] });
    let origin = stack::cdn::OriginTarget::Http("http://127.0.0.1:9".parse().unwrap());
    let settings =
        CdnSettings::new(serde_json::from_value(config).unwrap(), [("api".to_owned(), origin)].into());
    let error = RunningCdn::start(settings, listener().await, listener().await).unwrap_err();
    assert!(matches!(error, CdnError::NoFunction), "{error}");
}
