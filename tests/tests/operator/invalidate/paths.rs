//! Which paths are invalidated, how many at a time, and what that costs.

use std::time::Duration;

use ops::failure::Exit;
use stack::bucket::ObjectMetadata;
use tests::operator::{Run, parapet, parapet_for_people};

use super::folder::Folder;
use super::ground::Ground;

pub(super) async fn invalidate(url: &str, arguments: &[&str]) -> Run {
    let fixed = ["invalidate", "--distribution", "E1LOCALPARAPET", "--endpoint-url", url];
    parapet(&[&fixed[..], arguments].concat()).await
}

#[tokio::test]
async fn a_path_is_encoded_and_gone_when_the_command_ends() {
    let ground = Ground::new().await;
    let metadata =
        || ObjectMetadata { cache_control: Some("max-age=3600".into()), ..ObjectMetadata::default() };
    for key in ["site/a b/ö.txt", "site/other.txt"] {
        ground.bucket.put(key, "old", metadata());
    }
    for path in ["/a%20b/%C3%B6.txt", "/other.txt"] {
        ground.view(path).await;
    }
    for key in ["site/a b/ö.txt", "site/other.txt"] {
        ground.bucket.put(key, "new", metadata());
    }
    let run = invalidate(&ground.url(), &["/a b/ö.txt"]).await.done();
    assert_eq!(run.json()["paths"], serde_json::json!(["/a%20b/%C3%B6.txt"]));
    assert_eq!(ground.view("/a%20b/%C3%B6.txt").await.1, "new");
    assert_eq!(ground.view("/other.txt").await, (200, "old".into(), true));
    invalidate(&ground.url(), &["/oth*"]).await.done();
    assert_eq!(ground.view("/other.txt").await.1, "new");
}

#[tokio::test]
async fn every_wrong_path_is_told_and_nothing_is_invalidated() {
    let ground = Ground::new().await;
    let run = invalidate(&ground.url(), &["/good", "bad", "/a*b", "https://example.com/x", "/100%"]).await;
    assert_eq!(run.exit, Exit::Usage);
    for expected in [
        "\"bad\": expected a slash",
        "/a*b: expected * as the last",
        "without scheme",
        "a percent sign in a name is %25",
    ] {
        assert!(run.err.contains(expected), "{expected} in {}", run.err);
    }
    assert!(run.err.contains("nothing has been invalidated"));
}

#[tokio::test]
async fn duplicates_are_dropped_and_the_cost_is_shown() {
    let ground = Ground::new().await;
    let url = ground.url();
    let fixed = ["invalidate", "--distribution", "E1LOCALPARAPET", "--endpoint-url", &url];
    let run = parapet_for_people(&[&fixed[..], &["/a", "/a", "/b/*", "/b/c"]].concat()).await.done();
    assert!(run.out.contains("2 left out: named twice, or by a wildcard anyway"), "{}", run.out);
    assert!(
        run.out.contains("2 paths: free within the first 1000 of a month, 0.010 USD beyond"),
        "{}",
        run.out
    );
    let dry = invalidate(&url, &["/a", "/b", "--dry-run"]).await.done();
    assert_eq!(
        (dry.json()["invalidations"].clone(), dry.json()["at_most_usd"].clone()),
        (serde_json::json!([]), 0.01.into())
    );
}

#[tokio::test]
async fn more_than_the_limits_go_in_batches_that_wait_for_room() {
    let ground = Ground::with_invalidations_taking(Duration::from_millis(50)).await;
    let wildcards: Vec<String> = (10..42).map(|number| format!("/{number}/*")).collect();
    let paths: Vec<&str> = wildcards.iter().map(String::as_str).collect();
    let run = invalidate(&ground.url(), &paths).await.done();
    assert_eq!(run.json()["invalidations"].as_array().unwrap().len(), 3);
    let many: Vec<String> = (0..3_100).map(|number| format!("/{number}")).collect();
    let paths: Vec<&str> = many.iter().map(String::as_str).collect();
    let run = invalidate(&ground.url(), &paths).await.done();
    assert_eq!(run.json()["invalidations"].as_array().unwrap().len(), 2);
    assert_eq!(run.json()["paths"].as_array().unwrap().len(), 3_100);
}

#[tokio::test]
async fn what_deploys_have_changed_can_be_invalidated_again() {
    let ground = Ground::new().await;
    let site = Folder::of(&[("index.html", "1"), ("a.txt", "1"), ("b.txt", "1")]);
    let deployed =
        async || ground.deploy(&site, &[]).await.done().json()["deploy"].as_str().unwrap().to_owned();
    deployed().await;
    site.write("a.txt", "2");
    let second = deployed().await;
    site.write("index.html", "2");
    let third = deployed().await;
    let since = async |deploy: &str| {
        invalidate(&ground.url(), &["--since", deploy, "--bucket", "parapet-site"]).await
    };
    let paths = async |deploy: &str| since(deploy).await.done().json()["paths"].clone();
    assert_eq!(paths(&second).await, serde_json::json!(["/", "/a.txt", "/index.html"]));
    assert_eq!(paths(&third).await, serde_json::json!(["/", "/index.html"]));
    let unknown = since("yesterday").await;
    assert_eq!(unknown.exit, Exit::Usage);
    assert!(unknown.err.contains("no deploy yesterday") && unknown.err.contains(&second), "{}", unknown.err);
}
