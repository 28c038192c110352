//! AWS does not do well: what may pass is tried again, what will not is recorded with its reason.

use std::time::Duration;

use stack::bucket::BucketFault;
use stack::dynamodb::RecordsFault;

use super::setting::Function;
use crate::functions::aws_stand_in::{Scripted, StandIn};
use crate::functions::bucket_event::created;

/// CloudFront's error, as its API words it.
fn error(status: u16, code: &str) -> Scripted {
    Scripted {
        status,
        headers: vec![("content-type", "text/xml")],
        body: format!(
            "<ErrorResponse xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\"><Error><Type>Sender</Type>\
             <Code>{code}</Code><Message>no</Message></Error><RequestId>1</RequestId></ErrorResponse>"
        ),
    }
}

fn invalidation(status: u16, state: &str) -> Scripted {
    Scripted {
        status,
        headers: vec![("content-type", "text/xml")],
        body: format!(
            "<Invalidation xmlns=\"http://cloudfront.amazonaws.com/doc/2020-05-31/\"><Id>I1</Id><Status>{state}</Status>\
             <CreateTime>2026-11-27T00:00:00Z</CreateTime><InvalidationBatch><Paths><Quantity>0</Quantity></Paths>\
             <CallerReference>x</CallerReference></InvalidationBatch></Invalidation>"
        ),
    }
}

#[tokio::test]
async fn a_cloudfront_that_throttles_is_asked_again_until_the_caches_have_forgotten() {
    let (cloudfront, url) = StandIn::start([
        error(503, "Throttling"),
        error(400, "TooManyInvalidationsInProgress"),
        invalidation(201, "InProgress"),
        error(503, "Throttling"),
        invalidation(200, "InProgress"),
        invalidation(200, "Completed"),
    ])
    .await;
    let function = Function::with_cloudfront_at(Some(&url)).await;
    let key = function.manifest("0199-a", 1);
    function.running.call(&created(&key)).await.unwrap();
    let record = function.record("0199-a").unwrap();
    assert_eq!(record["invalidation_id"]["S"], "I1");
    assert!(record["completed_at"]["S"].is_string(), "{record}");
    let created: Vec<_> = cloudfront.asked().into_iter().filter(|(method, ..)| method == "POST").collect();
    assert_eq!(created.len(), 3, "created anew only where CloudFront did not take it");
    assert!(created.windows(2).all(|two| two[0].2 == two[1].2), "with the same caller reference");
}

#[tokio::test]
async fn what_cloudfront_refuses_for_good_is_recorded_with_its_reason() {
    let (_, url) = StandIn::start([error(404, "NoSuchDistribution")]).await;
    let function = Function::with_cloudfront_at(Some(&url)).await;
    let key = function.manifest("0199-a", 1);
    function.running.call(&created(&key)).await.unwrap();
    let record = function.record("0199-a").unwrap();
    assert_eq!(record.get("completed_at"), None);
    assert!(record["problem"]["S"].as_str().unwrap().contains("NoSuchDistribution"), "{record}");
}

#[tokio::test]
async fn a_bucket_or_table_that_is_out_of_order_leaves_the_announcement_to_the_next_try() {
    let function = Function::start().await;
    let key = function.manifest("0199-a", 1);
    function.aws.site.set_fault(Some(BucketFault::Denied));
    assert!(function.running.fails(&created(&key)).await.unwrap().contains("releases/0199-a.json"));
    function.aws.site.set_fault(None);
    for fault in [RecordsFault::Throttled, RecordsFault::Denied] {
        function.aws.services.records.set_fault(Some(fault));
        assert!(function.running.fails(&created(&key)).await.unwrap().contains("0199-a"));
    }
    function.aws.services.records.set_fault(None);
    assert_eq!(function.record("0199-a"), None);
    function.running.call(&created(&key)).await.unwrap();
    assert!(function.record("0199-a").unwrap()["completed_at"]["S"].is_string());
    assert_eq!(function.running.host.counts().restarts, 0, "no process was lost");
}

/// The process is ended after CloudFront took the invalidation. The next one asks for the same, which CloudFront knows by
/// its caller reference.
#[tokio::test]
async fn an_announcement_that_ran_out_of_time_is_completed_by_the_next_process() {
    let (cloudfront, url) = StandIn::start([
        invalidation(201, "InProgress"),
        Scripted::silence(),
        invalidation(201, "InProgress"),
        invalidation(200, "Completed"),
    ])
    .await;
    let function = Function::with_timeout(Some(&url), Duration::from_secs(5)).await;
    let key = function.manifest("0199-a", 1);
    function.running.runs_out_of_time(&created(&key)).await.unwrap();
    assert_eq!(function.record("0199-a"), None);
    function.running.call(&created(&key)).await.unwrap();
    assert!(function.record("0199-a").unwrap()["completed_at"]["S"].is_string());
    let created: Vec<_> = cloudfront.asked().into_iter().filter(|(method, ..)| method == "POST").collect();
    assert_eq!((created.len(), &created[0].2), (2, &created[1].2), "the same caller reference");
}
