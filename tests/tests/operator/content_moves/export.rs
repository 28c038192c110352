//! Content goes out, and what went out comes in as what it was.

use serde_json::Value;
use tempfile::TempDir;

use super::setting::{Site, blog};

/// What makes an entry, without what is new wherever it comes to: ids, versions, the time of the import.
fn itself(entry: &Value) -> Value {
    let kept =
        ["path", "title", "summary", "tags", "language", "state", "search_title", "no_index", "published_at"];
    let mut itself: serde_json::Map<String, Value> =
        kept.iter().map(|name| ((*name).to_owned(), entry[*name].clone())).collect();
    let body = entry["body"].as_str().unwrap_or_default();
    let without_ids: Vec<&str> =
        body.split("media:").map(|part| part.split_once(')').map_or(part, |(_, rest)| rest)).collect();
    itself.insert("body".to_owned(), without_ids.concat().into());
    itself.into()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_went_out_comes_in_as_what_it_was() {
    let (site, other, folder) = (Site::new().await, Site::new().await, TempDir::new().unwrap());
    site.import(blog().path(), "/blog/").await;
    site.page("/blog/second/", "<picture>").await;
    let out = folder.path().join("export");
    let exported = site.export(&out).await;
    assert_eq!((exported.pictures, exported.left_out.len()), (1, 0), "{exported:?}");
    let before: Vec<Value> = site.entries().await.iter().map(itself).collect();
    assert_eq!(exported.entries, before.len());

    other.import(&out, "/").await;
    other.page("/blog/second/", "<picture>").await;
    let after: Vec<Value> = other.entries().await.iter().map(itself).collect();
    assert_eq!(after, before);
}
