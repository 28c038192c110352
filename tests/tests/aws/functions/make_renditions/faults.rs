//! AWS does not do well: the function fails so that Lambda tries again, and then everything is there.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use image::ImageFormat;
use stack::bucket::BucketFault;
use stack::dynamodb::RecordsFault;

use super::setting::{Function, encoded, plain};
use crate::functions::bucket_event::created;

async fn heals(break_it: impl FnOnce(&Function), mend_it: impl FnOnce(&Function)) -> String {
    let function = Function::start().await;
    let key = function.upload("m1", "a.png", encoded(&plain(700, 350), ImageFormat::Png));
    break_it(&function);
    let problem = function.running.fails(&created(&key)).await.unwrap();
    assert_eq!(function.item("m1"), None, "nothing is called ready that is not");
    mend_it(&function);
    function.running.call(&created(&key)).await.unwrap();
    assert_eq!(function.item("m1").unwrap()["state"]["S"], "ready");
    // 700, 640 and 320 pixels, in two formats each.
    assert_eq!(function.files("m1").len(), 6);
    assert_eq!(function.running.host.counts().restarts, 0, "no process was lost");
    problem
}

#[tokio::test]
async fn uploads_that_cannot_be_read_are_read_later() {
    let problem = heals(
        |function| function.aws.bucket.set_fault(Some(BucketFault::Denied)),
        |function| function.aws.bucket.set_fault(None),
    )
    .await;
    assert!(problem.contains("uploads/m1"), "{problem}");
}

#[tokio::test]
async fn a_site_that_takes_no_more_is_written_later() {
    let problem = heals(
        |function| function.aws.site.set_fault(Some(BucketFault::Throttled)),
        |function| function.aws.site.set_fault(None),
    )
    .await;
    assert!(problem.contains("site/news/media/m1/"), "{problem}");
}

#[tokio::test]
async fn what_was_half_written_is_completed() {
    let problem = heals(
        |function| {
            let (site, put) = (function.aws.site.clone(), AtomicUsize::new(0));
            function.aws.site.on_created(move |_| {
                if put.fetch_add(1, Ordering::Relaxed) == 2 {
                    site.set_fault(Some(BucketFault::Denied));
                }
            });
        },
        |function| {
            assert_eq!(function.files("m1").len(), 3);
            function.aws.site.set_fault(None);
        },
    )
    .await;
    assert!(problem.contains("site/news/media/m1/"), "{problem}");
}

#[tokio::test]
async fn a_table_that_is_throttled_or_denied_is_written_later() {
    for fault in [RecordsFault::Throttled, RecordsFault::Denied] {
        let problem = heals(
            |function| function.aws.services.records.set_fault(Some(fault)),
            |function| function.aws.services.records.set_fault(None),
        )
        .await;
        assert!(problem.contains("m1"), "{problem}");
    }
}

/// A process that is ended in the middle leaves what it has put; the one after it puts the same again, and the rest.
#[tokio::test]
async fn what_ran_out_of_time_is_completed_by_the_next_process() {
    let function = Function::with_timeout(Duration::from_secs(5)).await;
    let key = function.upload("m1", "a.png", encoded(&plain(700, 350), ImageFormat::Png));
    let (site, put) = (function.aws.site.clone(), AtomicUsize::new(0));
    function.aws.site.on_created(move |_| {
        if put.fetch_add(1, Ordering::Relaxed) == 2 {
            site.set_fault(Some(BucketFault::Slow(Duration::from_secs(600))));
        }
    });
    function.running.runs_out_of_time(&created(&key)).await.unwrap();
    assert_eq!((function.item("m1"), function.files("m1").len()), (None, 3));
    function.aws.site.set_fault(None);
    function.running.call(&created(&key)).await.unwrap();
    assert_eq!(function.item("m1").unwrap()["state"]["S"], "ready");
    assert_eq!((function.files("m1").len(), function.running.host.counts().restarts), (6, 1));
}
