//! Two deploys at once: whoever is overtaken is told, and no site is a mixture of two.

use ops::failure::Exit;
use tests::operator::Run;

use super::folder::Folder;
use super::ground::{Ground, deploy_to};
use super::relay::{Fault, Relay};

const PAGES: usize = 12;

fn version(number: u32) -> Folder {
    let site = Folder::of(&[]);
    for page in 0..PAGES {
        site.write(&format!("{page}/index.html"), &text(page, number));
    }
    site
}

fn text(page: usize, version: u32) -> String {
    format!("page {page} of version {version}")
}

fn is_version(ground: &Ground, number: u32) -> bool {
    (0..PAGES).all(|page| ground.object(&format!("site/{page}/index.html")).body == text(page, number))
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_wins_has_deployed_the_whole_site() {
    for is_first in [true, false] {
        let ground = Ground::new().await;
        if !is_first {
            ground.deploy(&version(0), &[]).await.done();
        }
        let (one, two) = (version(1), version(2));
        let (a, b) = tokio::join!(ground.deploy(&one, &[]), ground.deploy(&two, &[]));
        match (a.exit, b.exit) {
            (Exit::Done, Exit::Done) => assert!(is_version(&ground, 1) || is_version(&ground, 2)),
            (Exit::Done, _) => assert!(is_version(&ground, 1), "{b:?}"),
            (_, Exit::Done) => assert!(is_version(&ground, 2), "{a:?}"),
            _ => {}
        }
        for run in [a, b].iter().filter(|run| run.exit != Exit::Done) {
            let reasons = ["another deploy", "is at work", "by somebody else", "stand in the way"];
            assert!(reasons.iter().any(|words| run.err.contains(words)), "{}", run.err);
        }
        ground.deploy(&two, &["--adopt"]).await.done();
        assert!(is_version(&ground, 2));
    }
}

/// Deploys version 1, and version 2 as a whole while the requests from this number on are held.
async fn overtaken_at(number: usize) -> (Ground, Run, Run) {
    let ground = Ground::new().await;
    ground.deploy(&version(0), &[]).await.done();
    let (slow, quick) = (version(1), version(2));
    let relay = Relay::to(&ground.url(), Fault::Held(number)).await;
    let overtake = async {
        relay.cut().await;
        let quick = ground.deploy(&quick, &[]).await;
        relay.release();
        quick
    };
    let (slow, quick) = tokio::join!(deploy_to(relay.url(), &slow, &[]), overtake);
    (ground, slow, quick)
}

#[tokio::test]
async fn a_deploy_that_is_overtaken_before_its_journal_does_nothing() {
    // Reading the manifest, listing, the journal.
    let (ground, slow, quick) = overtaken_at(3).await;
    quick.done();
    assert_eq!(slow.exit, Exit::Failed);
    assert!(slow.err.contains("another deploy of this site has begun meanwhile"), "{}", slow.err);
    assert!(is_version(&ground, 2));
}

#[tokio::test]
async fn a_deploy_that_is_at_work_is_not_taken_for_an_interrupted_one() {
    // After the journal: before the uploads, and at the invalidation.
    for held in [4, 3 + PAGES + 1] {
        let (ground, slow, quick) = overtaken_at(held).await;
        assert_eq!(quick.exit, Exit::Failed);
        assert!(
            quick.err.contains("of this site is at work") && quick.err.contains("next: wait"),
            "{}",
            quick.err
        );
        slow.done();
        assert!(is_version(&ground, 1));
        ground.deploy(&version(2), &[]).await.done();
        assert!(is_version(&ground, 2));
    }
}
