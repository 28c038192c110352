//! What is announced, and what is recorded of it.

use stack::bucket::ObjectMetadata;

use super::setting::Function;
use crate::functions::bucket_event::{created, test_event, together};

#[tokio::test]
async fn a_manifest_is_announced_once_however_often_it_is_told_of() {
    let function = Function::start().await;
    let key = function.manifest("0199-a", 1);
    function.running.call(&created(&key)).await.unwrap();
    let record = function.record("0199-a").unwrap();
    assert_eq!((&record["attempt"]["N"], &record["sk"]["S"]), (&"1".into(), &"ANNOUNCED".into()));
    assert!(record["completed_at"]["S"].as_str().unwrap().starts_with("20"), "{record}");
    assert!(!record["invalidation_id"]["S"].as_str().unwrap().is_empty(), "{record}");
    function.running.call(&together([created(&key), created(&key)])).await.unwrap();
    assert_eq!(function.record("0199-a").unwrap(), record);
}

#[tokio::test]
async fn an_earlier_attempt_that_comes_late_changes_nothing() {
    let function = Function::start().await;
    let key = function.manifest("0199-a", 2);
    function.running.call(&created(&key)).await.unwrap();
    let later = function.record("0199-a").unwrap();
    function.manifest("0199-a", 1);
    function.running.call(&created(&key)).await.unwrap();
    assert_eq!(function.record("0199-a").unwrap(), later);
    // A later one is another announcement.
    function.manifest("0199-a", 3);
    function.running.call(&created(&key)).await.unwrap();
    let newest = function.record("0199-a").unwrap();
    assert_eq!(newest["attempt"]["N"], "3");
    assert_ne!(newest["invalidation_id"], later["invalidation_id"]);
}

#[tokio::test]
async fn what_is_no_manifest_is_left_alone() {
    let function = Function::start().await;
    function.running.call(&test_event()).await.unwrap();
    function.running.call(&created("releases/gone.json")).await.unwrap();
    for (key, text) in
        [("site/index.html", "<p>"), ("releases/broken.json", "{"), ("releases/odd.json", "{}")]
    {
        function.aws.site.put(key, text, ObjectMetadata::default());
        function.running.call(&created(key)).await.unwrap();
    }
    function
        .running
        .line(|line| line["fields"]["key"] == "releases/odd.json" && line["level"] == "ERROR")
        .await
        .unwrap();
    assert!(function.aws.services.records.items(tests::local_aws::TABLE).is_empty());
}
