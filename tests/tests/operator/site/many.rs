//! Ten thousand files, of which ten have changed.

use ops::site::{LocalFile, scan};
use serde_json::{Map, Value, json};
use stack::bucket::ObjectMetadata;

use super::folder::Folder;
use super::ground::{Ground, deploy_to};
use super::relay::{Fault, Relay};

const FILES: usize = 10_000;

/// Puts the files and the manifest where a deploy would have, which would take a minute. That the next deploy finds
/// nothing to do proves that this is how it would have been.
fn put_as_deployed(ground: &Ground, files: &[LocalFile]) {
    let mut objects = Map::new();
    for file in files {
        let metadata = ObjectMetadata {
            content_type: Some(file.headers.content_type.clone()),
            cache_control: Some(file.headers.cache_control.clone()),
            ..ObjectMetadata::default()
        };
        let body = std::fs::read(&file.path).unwrap();
        let object = ground.bucket.put(format!("site/{}", file.key), body, metadata);
        let etag = object.etag.trim_matches('"');
        let remembered = json!({ "sha256": file.sha256, "etag": etag, "headers": 0, "encoding": "plain" });
        objects.insert(file.key.clone(), remembered);
    }
    let headers: Value = serde_json::to_value([&files[0].headers]).unwrap();
    let manifest =
        json!({ "format": 1, "prefix": "site", "headers": headers, "objects": objects, "history": [] });
    ground.bucket.put(".parapet/site.json", manifest.to_string(), ObjectMetadata::default());
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_changes_among_ten_thousand_files_are_ten_uploads() {
    let (ground, site) = (Ground::new().await, Folder::of(&[]));
    for number in 0..FILES {
        site.write(&format!("{:02}/{number}.html", number % 100), &format!("page {number}"));
    }
    put_as_deployed(&ground, &scan(site.path(), true, &[]).await.unwrap().files);
    let unchanged = Relay::to(&ground.url(), Fault::None).await;
    let run = deploy_to(unchanged.url(), &site, &[]).await.done();
    assert_eq!((run.json()["deploy"].clone(), run.json()["kept"].clone()), (Value::Null, FILES.into()));
    assert_eq!(unchanged.requests(), FILES.div_ceil(1_000) + 1);

    for number in 0..10 {
        site.write(&format!("{:02}/{number}.html", number % 100), "changed");
    }
    let relay = Relay::to(&ground.url(), Fault::None).await;
    let run = deploy_to(relay.url(), &site, &["--no-wait"]).await.done();
    let expected: Vec<String> = (0..10).map(|number| format!("/{number:02}/{number}.html")).collect();
    assert_eq!((run.json()["uploaded"].clone(), run.paths()), (10.into(), expected));
    assert_eq!(relay.listings(), FILES.div_ceil(1_000));
    // Ten objects, the journal, the manifest; beside the puts reading the manifest and the invalidation.
    assert_eq!((relay.puts(), relay.requests()), (12, 12 + FILES.div_ceil(1_000) + 2));
    println!("seconds: {}", run.json()["seconds"]);
}
