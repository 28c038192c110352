//! An answer that got lost costs no second invalidation; a second run that is meant is one.

use ops::failure::Exit;
use tests::operator::Run;

use super::ground::Ground;
use super::paths::invalidate;
use super::relay::{Fault, Relay};

fn created(run: &Run) -> String {
    run.json()["invalidations"][0].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn each_run_is_an_invalidation_of_its_own() {
    let ground = Ground::new().await;
    let one = invalidate(&ground.url(), &["/a"]).await.done();
    let two = invalidate(&ground.url(), &["/a"]).await.done();
    assert_ne!(created(&one), created(&two));
}

#[tokio::test]
async fn under_a_name_the_same_paths_are_invalidated_once() {
    let ground = Ground::new().await;
    let named = async |paths: &[&str]| {
        let arguments = [paths, &["--reference", "build-7"]].concat();
        created(&invalidate(&ground.url(), &arguments).await.done())
    };
    let one = named(&["/a", "/b"]).await;
    assert_eq!(named(&["/b", "/a", "/a"]).await, one);
    assert_ne!(named(&["/a"]).await, one);
    let wrong = invalidate(&ground.url(), &["/a", "--reference", "build 7"]).await;
    assert_eq!(wrong.exit, Exit::Usage);
}

#[tokio::test]
async fn a_run_that_failed_names_the_reference_that_repeats_it() {
    let ground = Ground::new().await;
    let relay = Relay::to(&ground.url(), Fault::Fails(1)).await;
    let failed = invalidate(relay.url(), &["/a", "--patience", "2"]).await;
    assert_eq!(failed.exit, Exit::Failed);
    assert!(relay.requests() > 1, "the SDK tries again");
    let (_, after) = failed.err.split_once("--reference ").unwrap_or_else(|| panic!("{}", failed.err));
    let reference = after.split(',').next().unwrap();
    let once = invalidate(&ground.url(), &["/a", "--reference", reference]).await.done();
    let twice = invalidate(&ground.url(), &["/a", "--reference", reference]).await.done();
    assert_eq!(created(&once), created(&twice));
}
