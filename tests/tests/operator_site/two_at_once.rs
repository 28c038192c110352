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
            let reasons = ["another deploy", "by somebody else", "stand in the way"];
            assert!(reasons.iter().any(|words| run.err.contains(words)), "{}", run.err);
        }
        ground.deploy(&two, &["--adopt"]).await.done();
        assert!(is_version(&ground, 2));
    }
}

/// Deploys version 1, and version 2 as a whole while the requests from this number on are held.
async fn overtaken_at(number: usize) -> (Ground, Run) {
    let ground = Ground::new().await;
    ground.deploy(&version(0), &[]).await.done();
    let (slow, quick) = (version(1), version(2));
    let relay = Relay::to(&ground.url(), Fault::Held(number)).await;
    let overtake = async {
        relay.cut().await;
        let quick = ground.deploy(&quick, &[]).await;
        relay.release();
        quick.done()
    };
    let (slow, _) = tokio::join!(deploy_to(relay.url(), &slow, &[]), overtake);
    (ground, slow)
}

#[tokio::test]
async fn a_deploy_that_is_overtaken_before_its_journal_does_nothing() {
    // Reading the manifest, listing, the journal.
    let (ground, slow) = overtaken_at(3).await;
    assert_eq!(slow.exit, Exit::Failed);
    assert!(slow.err.contains("another deploy of this site has begun meanwhile"), "{}", slow.err);
    assert!(is_version(&ground, 2));
}

#[tokio::test]
async fn a_deploy_that_is_overtaken_before_its_uploads_replaces_nothing_newer() {
    let (ground, slow) = overtaken_at(4).await;
    assert_eq!(slow.exit, Exit::Failed);
    assert!(slow.err.contains("was changed in the bucket by somebody else"), "{}", slow.err);
    assert!(is_version(&ground, 2));
}

#[tokio::test]
async fn a_deploy_that_is_overtaken_at_its_end_does_not_forget_the_other() {
    // After the manifest, the listing, the journal and the uploads: the invalidation.
    let (ground, slow) = overtaken_at(3 + PAGES + 1).await;
    assert_eq!(slow.exit, Exit::Failed);
    assert!(slow.err.contains("another deploy of this site has begun meanwhile"), "{}", slow.err);
    assert!(is_version(&ground, 2));
}
