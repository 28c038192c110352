//! The viewer-request function's place in a request.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::Method;
use serde_json::json;
use stack::viewer_request::{DistributionName, Failure, GeneratedResponse, Outcome, ViewerRequest, XCache};

use crate::cdn::stand::{Function, Stand, distribution, metadata, reply, unchanged};

/// A stand whose every behavior calls `function`, the API's with the body.
async fn stand<F>(function: F) -> Stand
where
    F: Fn(ViewerRequest, &DistributionName) -> Result<Outcome, Failure> + Send + Sync + 'static,
{
    let mut config = distribution();
    let associations = |body: bool| json!([{ "EventType": "viewer-request", "LambdaFunctionARN": "a:1", "IncludeBody": body }]);
    config["DistributionConfig"]["DefaultCacheBehavior"]["LambdaFunctionAssociations"] = associations(false);
    config["DistributionConfig"]["CacheBehaviors"][0]["LambdaFunctionAssociations"] = associations(true);
    config["ResponseHeadersPolicies"] = json!({ "p": {
        "CustomHeadersConfig": { "Items": [{ "Header": "X-Policy", "Value": "yes", "Override": true }] } } });
    config["DistributionConfig"]["DefaultCacheBehavior"]["ResponseHeadersPolicyId"] = json!("p");
    Stand::with(config, |settings| settings.function = Some(Arc::new(Function(function)))).await
}

#[tokio::test]
async fn it_is_shown_the_request_as_it_came() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let calls = Arc::clone(&seen);
    let stand = stand(move |viewer, distribution| {
        assert_eq!((&*distribution.id, &*distribution.domain_name), ("E1LOCAL", "d111.cloudfront.net"));
        calls.lock().unwrap().push(viewer.clone());
        Ok(Outcome::Forward(unchanged(viewer)))
    })
    .await;
    stand.raw("/api//%7E/../a?x=%20&y").await;
    let headers =
        [("cookie", "a=1"), ("x-real-ip", "9.9.9.9"), ("x-amz-cf-id", "forged"), ("connection", "close")];
    reply(stand.http.post(stand.url("/api/a")).header("cookie", "b=2").body("x".repeat(40 * 1024 + 1))).await;
    stand.get_with("/a.txt", &headers).await;
    let seen = seen.lock().unwrap();
    assert_eq!(
        (&*seen[0].uri, &*seen[0].querystring, &*seen[0].method),
        ("/api//%7E/../a", "x=%20&y", "GET")
    );
    assert!(seen[0].client_ip.is_loopback() && seen[0].request_id != seen[1].request_id);
    let body = seen[1].body.as_ref().unwrap();
    assert_eq!((body.data().len(), body.is_truncated()), (40 * 1024, true));
    assert_eq!(seen[2].body, None);
    let named =
        |name: &str| seen[2].headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    assert_eq!((named("cookie"), named("host")), (Some("a=1"), Some(&*stand.cdn.addr().to_string())));
    for hidden in ["x-real-ip", "x-amz-cf-id", "connection"] {
        assert_eq!(named(hidden), None, "{hidden}");
    }
    assert_eq!(stand.api.seen()[1].body_length, 40 * 1024 + 1);
}

#[tokio::test]
async fn what_it_forwards_is_what_goes_on() {
    let stand = stand(|viewer, _| {
        let api = viewer.uri.starts_with("/api/");
        let mut forwarded = unchanged(viewer);
        if api {
            forwarded.headers.retain(|(name, _)| name != "cookie");
            forwarded.headers.push(("authorization".into(), "Bearer h.eyJzdWIiOiJ1In0.s".into()));
            forwarded.querystring = "by=function".into();
            forwarded.body_replaced = Some(Bytes::from_static(b"replaced"));
        } else {
            forwarded.uri = format!("{}index.html", forwarded.uri);
        }
        Ok(Outcome::Forward(forwarded))
    })
    .await;
    let request = stand.http.post(stand.url("/api/a?by=viewer")).header("cookie", "id=1").body("original");
    let seen = reply(request).await.seen();
    assert_eq!((seen.cookie.as_deref(), seen.query.as_deref()), (None, Some("by=function")));
    assert_eq!((seen.body.as_deref(), seen.header("content-length")), (Some("replaced"), Some("8")));
    assert_eq!(seen.unverified_claims, Some(json!({ "sub": "u" })));
    stand.bucket.put("guide/index.html", "guide", metadata("text/html", "max-age=60"));
    let page = stand.get("/guide/").await;
    assert_eq!((page.text(), page.x_cache(), page.header("x-policy")), ("guide", "Miss", "yes"));
    assert_eq!(stand.get("/guide/").await.x_cache(), "Hit");
    assert_eq!(stand.cdn.stats().function_calls, 3);
}

#[tokio::test]
async fn what_it_answers_is_sent_as_it_is() {
    let stand = stand(|viewer, _| {
        let cookies =
            ["a=1; Path=/", "b=2; Path=/"].map(|cookie| ("set-cookie".to_owned(), cookie.to_owned()));
        let mut headers =
            vec![("location".to_owned(), format!("https://login.example.com/?to={}", viewer.uri))];
        headers.extend(cookies);
        let body = Bytes::from("moved ".repeat(500));
        Ok(Outcome::Respond(GeneratedResponse { status: 302, headers, body }))
    })
    .await;
    let reply = stand.get_with("/a", &[("accept-encoding", "br")]).await;
    assert_eq!(
        (reply.status.as_u16(), reply.x_cache(), reply.body.len()),
        (302, "LambdaGeneratedResponse", 3_000)
    );
    let cookies: Vec<_> = reply.headers.get_all("set-cookie").iter().collect();
    assert_eq!(cookies, ["a=1; Path=/", "b=2; Path=/"]);
    assert_eq!((reply.header("x-policy"), reply.header("content-encoding")), ("", ""));
    let head = stand.send(Method::HEAD, "/a", &[]).await;
    assert_eq!((head.status.as_u16(), head.header("content-length"), head.body.len()), (302, "3000", 0));
    assert_eq!((stand.cdn.stats().origin_requests, stand.cdn.stats().cached_objects), (0, 0));
}

#[tokio::test]
async fn its_failure_is_cloudfronts_page() {
    let stand = stand(|_, _| {
        Err(Failure {
            status: 503,
            x_cache: XCache::ExecutionError,
            html: "<H1>503 ERROR</H1>".into(),
            reason: "the function exited".into(),
        })
    })
    .await;
    let reply = stand.get("/a").await;
    assert_eq!((reply.status.as_u16(), reply.x_cache()), (503, "LambdaExecutionError"));
    assert_eq!((reply.text(), reply.header("content-type")), ("<H1>503 ERROR</H1>", "text/html"));
    assert_eq!(stand.bucket.answered(), 0);
}

#[tokio::test]
async fn a_request_that_cannot_be_sent_on_is_refused() {
    for (uri, querystring) in [("/a<b", ""), ("/a", "<")] {
        let stand = stand(move |viewer, _| {
            let mut forwarded = unchanged(viewer);
            (forwarded.uri, forwarded.querystring) = (uri.into(), querystring.into());
            Ok(Outcome::Forward(forwarded))
        })
        .await;
        assert_eq!(stand.get("/x").await.status.as_u16(), 502, "{uri}?{querystring}");
        assert_eq!(stand.bucket.answered(), 0);
    }
}
