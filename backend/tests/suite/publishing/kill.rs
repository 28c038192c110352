//! A process is killed before and after each of its steps; whoever comes next brings about the same end.

use backend::publishing::key;
use content::wire::ReleaseState;
use delivery::ObjectHeaders;
use time::Duration;

use super::held::Content;
use super::life::End;
use super::process::World;

const PICTURE: &str = "/news/media/1/old-320.webp";

/// A site with something to rename, to remove, to shift and to list.
async fn world() -> World {
    let world = World::new();
    for number in 0..8 {
        world.publish(&format!("n{number}"), "/news/", &["a"]);
    }
    let linking = Content {
        id: "linking",
        section: "/",
        slug: "linking",
        title: "Links",
        body: "[one](entry:n2) [other](entry:n5)",
        tags: &["b"],
    };
    world.database.publish(&linking);
    world.settle().await;
    let picture = (bytes::Bytes::from_static(b"old"), ObjectHeaders::new("image/png", "immutable"));
    world.cloud.stored().objects.insert(key(PICTURE), picture);
    world
}

/// Five releases: one new, one renamed and moved between tags, one gone, one changed, and a picture that is discarded.
fn change(world: &World) {
    world.publish("new", "/news/", &["a", "c"]);
    let renamed = Content {
        id: "n2",
        section: "/news/",
        slug: "renamed",
        title: "Renamed",
        body: "Now.",
        tags: &["d"],
    };
    world.database.publish(&renamed);
    world.database.unpublish("n4");
    let changed =
        Content { id: "n5", section: "/news/", slug: "n5", title: "Five", body: "Else.", tags: &["a"] };
    world.database.publish(&changed);
    world.database.discard(&[PICTURE]);
}

async fn undisturbed() -> (World, i64) {
    let world = world().await;
    change(&world);
    let (publisher, life) = world.process(End::Never, None);
    publisher.advance().await.unwrap();
    let steps = life.steps();
    world.cloud.announce();
    world.settle().await;
    assert!(!world.cloud.stored().objects.contains_key(&key(PICTURE)), "what was discarded is gone");
    assert!(world.database.held().discarded.is_empty());
    (world, steps)
}

#[tokio::test]
async fn scenario_04_a_kill_between_any_two_steps_gives_the_same_end() {
    let (expected, steps) = undisturbed().await;
    assert!(steps > 30, "{steps} steps are counted");
    for step in 0..steps {
        for end in [End::Before(step), End::After(step)] {
            let world = world().await;
            change(&world);
            let (publisher, life) = world.process(end, None);
            publisher.advance().await.unwrap_err();
            assert!(life.is_over(), "{end:?}");
            // Another process cannot go on before the lease of the killed one has ended.
            world.cloud.announce();
            world.pass(Duration::seconds(31));
            world.settle().await;
            assert_eq!(world.cloud.site(), expected.cloud.site(), "{end:?}");
            let held = world.database.held();
            let all_live = held.releases.values().all(|release| release.state == ReleaseState::Live);
            assert!(all_live, "{end:?}: {:?}", held.releases);
            assert_eq!(fingerprints(&held), fingerprints(&expected.database.held()), "{end:?}");
        }
    }
}

/// What is killed may have put something that is no longer wanted when somebody else goes on.
#[tokio::test]
async fn what_was_put_and_is_no_longer_wanted_does_not_stay() {
    let old = Content {
        id: "n5",
        section: "/news/",
        slug: "n5",
        title: "Title of n5",
        body: "Text.",
        tags: &["a"],
    };
    let expected = world().await;
    change(&expected);
    expected.database.publish(&old);
    expected.settle().await;
    let (_, steps) = undisturbed().await;
    for step in 0..steps {
        let world = world().await;
        change(&world);
        let (publisher, _) = world.process(End::After(step), None);
        publisher.advance().await.unwrap_err();
        // The old text comes back while nobody is there to publish.
        world.database.publish(&old);
        world.pass(Duration::seconds(31));
        world.settle().await;
        assert_eq!(texts(&world), texts(&expected), "after step {step}");
    }
}

fn texts(world: &World) -> Vec<(String, bytes::Bytes)> {
    world.cloud.site().into_iter().map(|(key, (bytes, _))| (key, bytes)).collect()
}

fn fingerprints(held: &super::held::Held) -> Vec<(String, String)> {
    held.ledger.iter().map(|(key, (fingerprint, _))| (key.clone(), fingerprint.clone())).collect()
}
