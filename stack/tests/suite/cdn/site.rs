//! The template that is deployed is what the local stack serves: change it, and the CDN does something else.

use http::{Method, StatusCode};
use serde_json::Value;
use stack::{
    bucket::ObjectMetadata,
    local::Site,
    template::{Inputs, Template},
};

use crate::cdn::stand::{Stand, metadata, reply};

const PAGE: &str = "public, max-age=60";

/// The inputs of the local stack, with other parameters.
pub(crate) fn with(parameters: &[(&str, &str)]) -> Inputs {
    let mut inputs = Site::inputs();
    for (name, value) in parameters {
        inputs.parameters.insert((*name).to_owned(), (*value).to_owned());
    }
    inputs
}

/// A copy of the template in which a text stands for another.
pub(crate) fn changed(from: &str, to: &str) -> String {
    assert!(Site::TEMPLATE.contains(from), "the template has no {from:?}");
    Site::TEMPLATE.replace(from, to)
}

async fn serve(template: &str, inputs: &Inputs) -> Stand {
    let stand = Stand::of_site(&Site::read(template, inputs).unwrap()).await;
    stand.bucket.put("site/a.html", "page", metadata("text/html", PAGE));
    stand.bucket.put("site/admin/index.html", "app", metadata("text/html", PAGE));
    stand.bucket.put(".parapet/deploys/1", "secret", ObjectMetadata::default());
    stand
}

#[tokio::test]
async fn pages_app_and_api_each_have_their_behavior() {
    let stand = serve(Site::TEMPLATE, &Site::inputs()).await;
    let (page, app) = (stand.get("/a.html").await, stand.get("/admin/index.html").await);
    assert_eq!((page.text(), app.text()), ("page", "app"));
    let policies = [page.header("content-security-policy"), app.header("content-security-policy")];
    assert!(
        !policies[0].contains("wasm-unsafe-eval")
            && policies[1].contains("script-src 'self' 'wasm-unsafe-eval'")
    );
    for reply in [&page, &app] {
        assert_eq!(reply.header("strict-transport-security"), "max-age=31536000");
        assert_eq!(
            (reply.header("x-frame-options"), reply.header("referrer-policy")),
            ("DENY", "same-origin")
        );
    }
    assert_eq!(stand.get("/a.html").await.x_cache(), "Hit");
    for _ in 0..2 {
        let seen = stand.get_with("/api/x?y=1", &[("cookie", "a=b")]).await;
        assert_eq!(seen.x_cache(), "Miss");
        let request = seen.seen();
        let named =
            |name: &str| request.headers.iter().find(|(known, _)| known == name).map(|(_, value)| &**value);
        assert_eq!((named("authorization"), named("cookie")), (Some("Bearer of-the-gate"), Some("a=b")));
        assert_eq!((named("host"), request.query.as_deref()), (Some("api.example.com"), Some("y=1")));
    }
    let posted = reply(stand.http.post(stand.url("/api/x")).body("b")).await;
    assert_eq!(posted.seen().method, "POST");
    // One for each of the six requests, and one for each of the bucket's two answers; the API's go unasked.
    assert_eq!(stand.cdn.stats().function_calls, 6 + 2);
}

#[tokio::test]
async fn what_lies_beside_the_site_cannot_be_reached() {
    let stand = serve(Site::TEMPLATE, &Site::inputs()).await;
    assert_eq!(stand.get("/none.html").await.status, StatusCode::NOT_FOUND);
    for target in [
        "/.parapet/deploys/1",
        "/../.parapet/deploys/1",
        "/%2e%2e/.parapet/deploys/1",
        "//../.parapet/deploys/1",
    ] {
        let answer = stand.raw(target).await;
        assert!(!answer.contains("secret") && !answer.starts_with("HTTP/1.1 200"), "{target}: {answer}");
    }
    // The policy holds by itself, were the origin path ever lost.
    let site = Site::read(Site::TEMPLATE, &Site::inputs()).unwrap();
    assert!(
        site.grant.covers("site/a") && !site.grant.covers(".parapet/a") && site.grant.list && site.versioned
    );
    let elsewhere = Site::read(Site::TEMPLATE, &with(&[("SitePrefix", "/docs/v1")])).unwrap();
    assert_eq!((elsewhere.prefix.as_str(), elsewhere.grant.covers("docs/v1/a")), ("docs/v1/", true));
    assert!(!elsewhere.grant.covers("site/a"));
}

#[tokio::test]
async fn an_error_is_not_kept() {
    let stand = serve(Site::TEMPLATE, &Site::inputs()).await;
    assert_eq!(stand.get("/late.html").await.status, StatusCode::NOT_FOUND);
    stand.bucket.put("site/late.html", "here", metadata("text/html", PAGE));
    assert_eq!(stand.get("/late.html").await.text(), "here");
    let kept = serve(
        &changed("          - ErrorCode: 404\n            ErrorCachingMinTTL: 0\n", ""),
        &Site::inputs(),
    )
    .await;
    assert_eq!(kept.get("/late.html").await.status, StatusCode::NOT_FOUND);
    kept.bucket.put("site/late.html", "here", metadata("text/html", PAGE));
    assert_eq!(kept.get("/late.html").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn another_policy_in_the_template_is_another_header() {
    let strict = serve(Site::TEMPLATE, &with(&[("PagesContentSecurityPolicy", "default-src 'none'")])).await;
    assert_eq!(strict.get("/a.html").await.header("content-security-policy"), "default-src 'none'");
    let framed = serve(&changed("FrameOption: DENY", "FrameOption: SAMEORIGIN"), &Site::inputs()).await;
    assert_eq!(framed.get("/a.html").await.header("x-frame-options"), "SAMEORIGIN");
}

#[tokio::test]
async fn a_behavior_that_is_dropped_is_gone() {
    let stand = serve(Site::TEMPLATE, &with(&[("ApiDomainName", ""), ("AppPath", "")])).await;
    assert_eq!(stand.get("/api/x").await.status, StatusCode::NOT_FOUND);
    assert!(stand.api.seen().is_empty());
    let app = stand.get("/admin/index.html").await;
    assert_eq!(
        app.header("content-security-policy"),
        stand.get("/a.html").await.header("content-security-policy")
    );
    let moved = serve(Site::TEMPLATE, &with(&[("AppPath", "/desk/*")])).await;
    assert!(
        !moved.get("/admin/index.html").await.header("content-security-policy").contains("wasm-unsafe-eval")
    );
    let renamed = serve(&changed("PathPattern: /api/*", "PathPattern: /data/*"), &Site::inputs()).await;
    assert_eq!(renamed.get("/api/x").await.status, StatusCode::NOT_FOUND);
    assert_eq!(renamed.get("/data/x").await.seen().path, "/data/x");
}

#[tokio::test]
async fn without_the_gate_nothing_is_served() {
    let closed = serve(Site::TEMPLATE, &with(&[("FunctionVersionArn", "")])).await;
    for path in ["/a.html", "/admin/index.html", "/api/x", "/"] {
        assert_eq!(closed.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!((closed.cdn.stats().function_calls, closed.api.seen().len()), (0, 0));
    // A template that forgets the function in a behavior is open there.
    let function = |condition: &str| format!("            - {condition}\n            - - EventType");
    let forgotten = changed(&function("HasGate"), &function("HasCertificate"));
    let open = serve(&forgotten, &Site::inputs()).await;
    open.get("/a.html").await;
    assert_eq!(open.cdn.stats().function_calls, 0);
    open.get("/admin/index.html").await;
    assert_eq!(open.cdn.stats().function_calls, 2, "of the request, and of the bucket's answer");
    open.get("/admin/index.html").await;
    assert_eq!(open.cdn.stats().function_calls, 3, "of the request alone");
}

#[tokio::test]
async fn methods_and_hosts_are_the_templates() {
    let stand =
        serve(&changed("[GET, HEAD, OPTIONS, PUT, PATCH, POST, DELETE]", "[GET, HEAD]"), &Site::inputs())
            .await;
    assert_eq!(stand.send(Method::POST, "/api/x", &[]).await.status, StatusCode::FORBIDDEN);
    let certificate = "arn:aws:acm:us-east-1:000000000000:certificate/x";
    let named = with(&[("DomainNames", "cms.example.com"), ("CertificateArn", certificate)]);
    let stand = serve(Site::TEMPLATE, &named).await;
    assert_eq!(stand.get("/a.html").await.status, StatusCode::FORBIDDEN);
    assert_eq!(stand.get_with("/a.html", &[("host", "cms.example.com")]).await.text(), "page");
}

/// What CloudFront's API tells of the running distribution is what the template says, behavior by behavior.
#[tokio::test]
async fn the_running_distribution_has_every_behavior_of_the_template() {
    let evaluated = Template::parse(Site::TEMPLATE).unwrap().evaluate(&Site::inputs()).unwrap();
    let config = &evaluated.resources["Distribution"].properties["DistributionConfig"];
    let stand = serve(Site::TEMPLATE, &Site::inputs()).await;
    let url = format!("http://{}/2020-05-31/distribution/E1LOCALPARAPET/config", stand.cdn.admin_addr());
    let told = reply(stand.http.get(url)).await;
    assert_eq!(told.header("etag"), "E1LOCAL");
    let behaviors: Vec<&Value> = std::iter::once(&config["DefaultCacheBehavior"])
        .chain(config["CacheBehaviors"].as_array().unwrap())
        .collect();
    assert_eq!(behaviors.len(), 3);
    let mut rest = told.text();
    for behavior in behaviors {
        let (_, after) = rest.split_once("<TargetOriginId>").unwrap();
        let (one, _) = after.split_once("</ResponseHeadersPolicyId>").unwrap_or((after, ""));
        assert!(one.starts_with(behavior["TargetOriginId"].as_str().unwrap()), "{one}");
        for property in ["CachePolicyId", "OriginRequestPolicyId", "ResponseHeadersPolicyId"] {
            if let Some(id) = behavior[property].as_str() {
                assert!(after.contains(&format!("<{property}>{id}")), "{property} of {behavior}");
            }
        }
        let function = &behavior["LambdaFunctionAssociations"][0]["LambdaFunctionARN"];
        assert!(
            one.contains(&format!("<LambdaFunctionARN>{}</LambdaFunctionARN>", function.as_str().unwrap()))
        );
        rest = after;
    }
    for pattern in ["/api/*", "/admin/*"] {
        assert!(told.text().contains(&format!("<PathPattern>{pattern}</PathPattern>")), "{}", told.text());
    }
}
