//! AWS does not do well: no sign-in fails, and no record is lost without a word.

use std::time::Duration;

use serde_json::{Value, json};
use stack::bucket::BucketFault;
use stack::dynamodb::RecordsFault;

use super::setting::{Function, sign_in};

/// The record that was put aside in the bucket.
fn aside(function: &Function) -> Value {
    let objects = function.objects("sign-ins/pending/user-1/");
    assert_eq!(objects.len(), 1, "one record put aside");
    serde_json::from_slice(&objects[0].body).unwrap()
}

async fn put_aside_while(fault: RecordsFault) {
    let function = Function::start().await;
    function.aws.services.records.set_fault(Some(fault));
    function.tell_in_time(&sign_in("1", "web")).await;
    let aside = aside(&function);
    assert_eq!(
        (&aside["record"]["pk"], &aside["record"]["email"]),
        (&json!("USER#1"), &json!("1@example.com"))
    );
    assert!(
        aside["problems"]
            .as_array()
            .unwrap()
            .iter()
            .any(|problem| problem.as_str().unwrap().starts_with("item:"))
    );
    assert_eq!(function.objects("sign-ins/user-1/").len(), 1, "the object is written all the same");
    let line = function.line(|line| line["SignIns"] == 1).await;
    assert_eq!(line["SignInsNotRecorded"], 1);
}

#[tokio::test]
async fn a_table_that_is_denied_has_its_record_put_aside() {
    put_aside_while(RecordsFault::Denied).await;
}

#[tokio::test]
async fn a_table_that_is_throttled_has_its_record_put_aside() {
    put_aside_while(RecordsFault::Throttled).await;
}

#[tokio::test]
async fn a_table_that_hangs_has_its_record_put_aside() {
    put_aside_while(RecordsFault::Slow(Duration::from_secs(30))).await;
}

#[tokio::test]
async fn a_bucket_that_is_denied_leaves_the_item_and_the_whole_record_in_the_log() {
    let function = Function::start().await;
    function.aws.bucket.set_fault(Some(BucketFault::Denied));
    function.tell_in_time(&sign_in("1", "web")).await;
    assert_eq!(function.items().len(), 1);
    let line = function.line(|line| line["fields"]["record"].is_string()).await;
    let record: Value = serde_json::from_str(line["fields"]["record"].as_str().unwrap()).unwrap();
    assert_eq!((&record["pk"], &record["username"]), (&json!("USER#1"), &json!("user-1")));
}

#[tokio::test]
async fn everything_that_hangs_at_once_still_lets_the_person_in() {
    let function = Function::start().await;
    function.aws.bucket.set_fault(Some(BucketFault::Slow(Duration::from_secs(30))));
    function.aws.services.records.set_fault(Some(RecordsFault::Slow(Duration::from_secs(30))));
    function.aws.services.parameters.set_denied(true);
    function.tell_in_time(&sign_in("1", "web")).await;
    let line = function.line(|line| line["fields"]["record"].is_string()).await;
    assert!(line["fields"]["problem"].as_str().unwrap().contains("no answer"), "{line}");
    assert_eq!(line["level"], "ERROR");
}
