//! Invalidations through CloudFront's own API.

use std::time::Duration;

use http::StatusCode;

use crate::cdn::stand::{Reply, Stand, distribution, metadata, reply};

const NAMESPACE: &str = "http://cloudfront.amazonaws.com/doc/2020-05-31/";

fn batch(reference: &str, paths: &[&str]) -> String {
    let items: String = paths.iter().map(|path| format!("<Path>{path}</Path>")).collect();
    let quantity = paths.len();
    format!(
        "<InvalidationBatch xmlns=\"{NAMESPACE}\"><Paths><Quantity>{quantity}</Quantity><Items>{items}</Items></Paths>\
         <CallerReference>{reference}</CallerReference></InvalidationBatch>"
    )
}

fn endpoint(stand: &Stand, rest: &str) -> String {
    format!("http://{}/2020-05-31/distribution/{rest}", stand.cdn.admin_addr())
}

async fn post(stand: &Stand, body: String) -> Reply {
    reply(stand.http.post(endpoint(stand, "E1LOCAL/invalidation")).body(body)).await
}

async fn get(stand: &Stand, rest: &str) -> Reply {
    reply(stand.http.get(endpoint(stand, rest))).await
}

fn element<'a>(xml: &'a str, name: &str) -> &'a str {
    let (_, rest) = xml.split_once(&format!("<{name}>")).unwrap_or_else(|| panic!("no {name} in {xml}"));
    rest.split_once(&format!("</{name}>")).unwrap().0
}

/// Invalidates, and waits until that is completed.
pub(crate) async fn invalidate(stand: &Stand, reference: &str, paths: &[&str]) -> String {
    let created = post(stand, batch(reference, paths)).await;
    assert_eq!(created.status, StatusCode::CREATED, "{}", created.text());
    let id = element(created.text(), "Id").to_owned();
    while element(get(stand, &format!("E1LOCAL/invalidation/{id}")).await.text(), "Status") != "Completed" {
        tokio::task::yield_now().await;
    }
    id
}

/// The code with which an invalidation is refused.
pub(crate) async fn refused(stand: &Stand, reference: &str, paths: &[&str]) -> String {
    let refused = post(stand, batch(reference, paths)).await;
    assert!(refused.status.is_client_error(), "{}", refused.text());
    element(refused.text(), "Code").to_owned()
}

async fn filled() -> Stand {
    let stand = Stand::new().await;
    for key in ["a.txt", "b/1.txt", "b/2.txt", "c.txt"] {
        stand.bucket.put(key, "old", metadata("text/plain", "max-age=3600"));
        stand.get(&format!("/{key}")).await;
        stand.bucket.put(key, "new", metadata("text/plain", "max-age=3600"));
    }
    stand
}

async fn bodies(stand: &Stand) -> Vec<String> {
    let mut bodies = Vec::new();
    for path in ["/a.txt", "/b/1.txt", "/b/2.txt", "/c.txt"] {
        bodies.push(stand.get(path).await.text().to_owned());
    }
    bodies
}

#[tokio::test]
async fn exactly_what_is_named_is_gone() {
    let stand = filled().await;
    assert_eq!(bodies(&stand).await, ["old", "old", "old", "old"]);
    invalidate(&stand, "1", &["/a.txt", "/b/"]).await;
    assert_eq!(bodies(&stand).await, ["new", "old", "old", "old"]);
    invalidate(&stand, "2", &["/b/*"]).await;
    assert_eq!(bodies(&stand).await, ["new", "new", "new", "old"]);
    assert_eq!(stand.get("/c.txt").await.x_cache(), "Hit");
}

#[tokio::test]
async fn every_variant_of_a_path_is_gone() {
    let stand = Stand::new().await;
    let put =
        |text: &str| stand.bucket.put("a.html", text.repeat(2_000), metadata("text/html", "max-age=3600"));
    put("a");
    for encoding in ["br", "gzip", "identity"] {
        stand.get_with("/a.html", &[("accept-encoding", encoding)]).await;
    }
    assert_eq!(stand.cdn.stats().cached_objects, 3);
    put("b");
    invalidate(&stand, "1", &["/a.html"]).await;
    assert_eq!(stand.cdn.stats().cached_objects, 0);
    for encoding in ["br", "gzip", "identity"] {
        assert_eq!(stand.get_with("/a.html", &[("accept-encoding", encoding)]).await.x_cache(), "Miss");
    }
}

#[tokio::test]
async fn an_invalidation_is_in_progress_until_it_is_done() {
    let stand = Stand::with(distribution(), |s| s.invalidation_delay = Duration::from_secs(3_600)).await;
    stand.bucket.put("a.txt", "a", metadata("text/plain", "max-age=3600"));
    stand.get("/a.txt").await;
    let created = post(&stand, batch("r&amp;1", &["/a.txt", "/b?x=1&amp;y=2"])).await;
    let id = element(created.text(), "Id");
    assert_eq!(element(created.text(), "Status"), "InProgress");
    assert!(created.header("location").ends_with(&format!("/distribution/E1LOCAL/invalidation/{id}")));
    assert_eq!(element(created.text(), "CallerReference"), "r&amp;1");
    assert_eq!(element(created.text(), "CreateTime"), "2027-01-15T08:00:00Z");
    assert!(created.text().contains(&format!("<Invalidation xmlns=\"{NAMESPACE}\">")), "{}", created.text());
    assert!(
        created
            .text()
            .contains("<Quantity>2</Quantity><Items><Path>/a.txt</Path><Path>/b?x=1&amp;y=2</Path>")
    );
    assert_eq!(stand.get("/a.txt").await.x_cache(), "Hit");
    let again = post(&stand, batch("r&amp;1", &["/a.txt", "/b?x=1&amp;y=2"])).await;
    assert_eq!(element(again.text(), "Id"), id);
    let seen = get(&stand, "E1LOCAL").await;
    assert_eq!(element(seen.text(), "InProgressInvalidationBatches"), "1");
    assert_eq!((element(seen.text(), "DomainName"), seen.header("etag")), ("d111.cloudfront.net", "E1LOCAL"));
}

#[tokio::test]
async fn the_list_comes_in_pages() {
    let stand = Stand::new().await;
    let empty = get(&stand, "E1LOCAL/invalidation").await;
    assert_eq!((element(empty.text(), "Quantity"), empty.text().contains("<Items")), ("0", false));
    let mut ids = Vec::new();
    for reference in ["1", "2", "3"] {
        ids.push(invalidate(&stand, reference, &["/a"]).await);
    }
    let first = get(&stand, "E1LOCAL/invalidation?MaxItems=2").await;
    assert_eq!(
        (element(first.text(), "IsTruncated"), element(first.text(), "NextMarker")),
        ("true", ids[1].as_str())
    );
    let rest = get(&stand, &format!("E1LOCAL/invalidation?MaxItems=2&Marker={}", ids[1])).await;
    assert_eq!((element(rest.text(), "IsTruncated"), element(rest.text(), "Id")), ("false", ids[0].as_str()));
    assert!(!rest.text().contains("NextMarker"));
    assert_eq!(get(&stand, "E1LOCAL/invalidation?MaxItems=0").await.status.as_u16(), 400);
}

#[tokio::test]
async fn refusals_have_cloudfronts_codes() {
    let stand = Stand::with(distribution(), |s| s.invalidation_delay = Duration::from_secs(3_600)).await;
    let many: Vec<String> = (0..3_001).map(|number| format!("/{number}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let stars = [
        "/0*", "/1*", "/2*", "/3*", "/4*", "/5*", "/6*", "/7*", "/8*", "/9*", "/a*", "/b*", "/c*", "/d*",
        "/e*",
    ];
    assert_eq!(post(&stand, batch("stars", &stars)).await.status, StatusCode::CREATED);
    for (body, status, code) in [
        (String::new(), 400, "MissingBody"),
        ("<InvalidationBatch>".into(), 400, "MalformedXML"),
        (batch("r", &["a"]), 400, "InvalidArgument"),
        (batch("r", &["/a*b"]), 400, "InvalidArgument"),
        (batch("r", &[]), 400, "InvalidArgument"),
        (batch("", &["/a"]), 400, "InvalidArgument"),
        (batch("r", &["/a"]).replace("<Quantity>1", "<Quantity>2"), 400, "InconsistentQuantities"),
        (batch("r", &many), 413, "BatchTooLarge"),
        (batch("r", &["/f*"]), 400, "TooManyInvalidationsInProgress"),
        (batch("stars", &["/a"]), 409, "InvalidationBatchAlreadyExists"),
    ] {
        let refused = post(&stand, body).await;
        assert_eq!(
            (refused.status.as_u16(), element(refused.text(), "Code")),
            (status, code),
            "{}",
            refused.text()
        );
        assert!(refused.text().contains("<ErrorResponse xmlns=") && refused.text().contains("<RequestId>"));
    }
    assert_eq!(element(get(&stand, "E2/invalidation").await.text(), "Code"), "NoSuchDistribution");
    assert_eq!(element(get(&stand, "E1LOCAL/invalidation/I1").await.text(), "Code"), "NoSuchInvalidation");
}
