//! Trouble around publishing: a bucket that refuses, announcements that are late, twice, out of order, or not there.

use backend::publishing::BucketError;
use content::wire::ReleaseState;
use time::Duration;

use super::life::End;
use super::process::World;

#[tokio::test]
async fn scenario_02_what_fails_for_good_says_why_and_can_be_tried_again() {
    let world = World::new();
    world.publish("old", "/news/", &[]);
    world.settle().await;
    let before = world.cloud.site();
    let release = world.publish("new", "/news/", &[]);
    let refusal = BucketError::Lasting("AccessDenied".to_owned());
    world.process(End::Never, Some(refusal)).0.advance().await.unwrap();
    assert_eq!(world.database.state(&release), ReleaseState::Failed);
    let problem = world.database.held().releases[&release].problem.clone().unwrap();
    assert!(problem.detail.unwrap().starts_with("AccessDenied;"));
    assert_eq!(world.cloud.site(), before, "the old pages stay");
    world.database.retry(&release);
    world.settle().await;
    assert_eq!(world.database.state(&release), ReleaseState::Live);
    assert!(world.cloud.text("/news/new/").is_some());
}

#[tokio::test]
async fn passing_trouble_is_waited_out_but_not_for_ever() {
    let world = World::new();
    let release = world.publish("new", "/news/", &[]);
    let (publisher, _) = world.process(End::Never, Some(BucketError::Passing("SlowDown".to_owned())));
    publisher.advance().await.unwrap_err();
    assert_eq!(world.database.state(&release), ReleaseState::Placing);
    world.pass(Duration::minutes(11));
    publisher.advance().await.unwrap();
    assert_eq!(world.database.state(&release), ReleaseState::Failed);
    world.database.retry(&release);
    world.settle().await;
    assert_eq!(world.database.state(&release), ReleaseState::Live);
}

#[tokio::test]
async fn what_was_put_before_a_failed_announcement_is_announced_with_the_next_try() {
    let world = World::new();
    world.publish("old", "/news/", &["a"]);
    world.settle().await;
    let release = world.database.unpublish("old");
    world.advance().await.unwrap();
    let manifest = world.cloud.stored().arrived.remove(0);
    world.cloud.announce_one(&manifest, Some("AccessDenied"));
    world.advance().await.unwrap();
    assert_eq!(world.database.state(&release), ReleaseState::Failed);
    assert!(world.cloud.stale().contains(&"/news/old/".to_owned()));
    world.database.retry(&release);
    world.settle().await;
    assert_eq!(world.database.state(&release), ReleaseState::Live);
}

#[tokio::test]
async fn an_announcement_of_an_earlier_attempt_does_not_count() {
    let world = World::new();
    let release = world.publish("new", "/news/", &[]);
    // Killed after the manifest is there, before the store knows.
    let steps = {
        let other = World::new();
        other.publish("new", "/news/", &[]);
        let (publisher, life) = other.process(End::Never, None);
        publisher.advance().await.unwrap();
        life.steps()
    };
    let (publisher, _) = world.process(End::Before(steps - 4), None);
    publisher.advance().await.unwrap_err();
    assert_eq!(world.cloud.stored().arrived.len(), 1);
    assert_eq!(world.database.state(&release), ReleaseState::Placing);
    let first = world.cloud.stored().arrived.remove(0);
    world.pass(Duration::seconds(31));
    world.advance().await.unwrap();
    let second = world.cloud.stored().arrived.remove(0);
    assert_eq!((first.attempt, second.attempt), (1, 2));
    world.cloud.announce_one(&first, None);
    world.advance().await.unwrap();
    assert_eq!(world.database.state(&release), ReleaseState::Announcing);
    world.cloud.announce_one(&second, None);
    world.cloud.announce_one(&second, None);
    world.advance().await.unwrap();
    assert_eq!(world.database.state(&release), ReleaseState::Live);
}

#[tokio::test]
async fn an_event_that_was_lost_is_sent_again_and_then_given_up() {
    let world = World::new();
    let release = world.publish("new", "/news/", &[]);
    world.advance().await.unwrap();
    for attempt in 2..=4 {
        world.cloud.stored().arrived.clear();
        world.pass(Duration::minutes(6));
        world.advance().await.unwrap();
        let arrived: Vec<i64> =
            world.cloud.stored().arrived.iter().map(|manifest| manifest.attempt).collect();
        assert_eq!(arrived, [attempt]);
        assert_eq!(world.database.state(&release), ReleaseState::Announcing);
    }
    world.pass(Duration::minutes(6));
    world.advance().await.unwrap();
    assert_eq!(world.database.state(&release), ReleaseState::Failed);
    // It came after all, too late; trying again is safe.
    world.cloud.announce();
    world.database.retry(&release);
    world.settle().await;
    assert_eq!(world.database.state(&release), ReleaseState::Live);
}

#[tokio::test]
async fn announcements_may_come_in_any_order_and_a_later_one_ends_the_earlier() {
    let world = World::new();
    let first = world.publish("one", "/news/", &[]);
    world.advance().await.unwrap();
    let second = world.publish("one", "/news/", &["a"]);
    world.advance().await.unwrap();
    let arrived = std::mem::take(&mut world.cloud.stored().arrived);
    world.cloud.announce_one(&arrived[1], None);
    world.advance().await.unwrap();
    assert_eq!(world.database.state(&second), ReleaseState::Live);
    assert_eq!(world.database.state(&first), ReleaseState::Live, "overtaken");
    world.cloud.announce_one(&arrived[0], None);
    world.settle().await;
}

#[tokio::test]
async fn two_processes_at_once_place_everything_once() {
    let world = World::new();
    for number in 0..30 {
        world.publish(&format!("n{number}"), "/news/", &["a"]);
    }
    let (one, other) = (world.process(End::Never, None).0, world.process(End::Never, None).0);
    let (first, second) = tokio::join!(one.advance(), other.advance());
    first.unwrap();
    second.unwrap();
    let pages = {
        let stored = world.cloud.stored();
        let put: Vec<&String> = stored.log.iter().filter(|key| key.ends_with("/n3/index.html")).collect();
        put.len()
    };
    assert_eq!(pages, 1);
    world.settle().await;
}
