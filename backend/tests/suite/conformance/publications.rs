//! Publications as transactions.

use backend::store::{EntryFilter, EntrySort, Expected, StoreError};
use content::wire::{ChangedEntry, EntryState, NewEntry, ReleaseAction, ReleaseState, Schedule, Timestamp};

use crate::conformance::fixture::{Fixture, ada, ben, body};

pub(crate) async fn publishing_freezes_a_revision_and_queues_a_release(f: Fixture) {
    let id = f.titled("x").await.summary.id;
    f.save(&id, body("one")).await;
    f.later(1000);
    let release = f.store.publish_entry(&ada(), &id, &Expected::version(2)).await.unwrap();
    assert_eq!(
        (release.action, release.state, release.revision),
        (ReleaseAction::Publish, ReleaseState::Queued, Some(2))
    );
    let entry = f.read(&id).await.summary;
    assert_eq!(entry.release.as_ref(), Some(&release));
    assert_eq!(f.store.release(&release.id).await.unwrap(), Some(release.clone()));
    assert_eq!((entry.state, entry.version, entry.published_revision), (EntryState::Published, 3, Some(2)));
    assert_eq!(entry.published_at.as_ref(), Some(&release.steps[0].at));
    let first = entry.published_at;
    f.save(&id, body("two")).await;
    let published = f.store.published(std::slice::from_ref(&id)).await.unwrap().remove(0);
    assert_eq!((published.body.as_str(), published.revision), ("one", 2));
    f.publish(&id).await;
    let entry = f.read(&id).await.summary;
    assert_eq!((entry.published_at, entry.published_revision), (first, Some(3)));
    let again = entry.release.unwrap();
    assert!(again.id > release.id, "later releases sort after earlier ones");
    let published = f.store.published_at(&["/x/".to_owned()]).await.unwrap().remove(0);
    assert_eq!((published.body.as_str(), published.release.as_str()), ("two", again.id.as_str()));
}

pub(crate) async fn unpublishing_takes_everything_away(f: Fixture) {
    let new = NewEntry { title: "x".into(), tags: Some(vec!["t".into()]), ..NewEntry::default() };
    let id = f.create(new).await.summary.id;
    let refused = f.store.unpublish_entry(&ada(), &id, &Expected::Any).await;
    assert!(matches!(refused, Err(StoreError::Conflict(_))));
    f.publish(&id).await;
    let release = f.store.unpublish_entry(&ada(), &id, &Expected::Any).await.unwrap();
    assert_eq!((release.action, release.revision), (ReleaseAction::Unpublish, None));
    let entry = f.read(&id).await.summary;
    assert_eq!(
        (entry.state, entry.published_revision, entry.release),
        (EntryState::Archived, None, Some(release))
    );
    assert!(f.store.published(std::slice::from_ref(&id)).await.unwrap().is_empty());
    f.publish(&id).await;
    assert_eq!(f.read(&id).await.summary.state, EntryState::Published);
}

pub(crate) async fn two_entries_cannot_be_published_at_one_address(f: Fixture) {
    let first = f.titled("Harbour").await.summary.id;
    f.publish(&first).await;
    // The first moves away in its working copy only; the second takes its place there.
    f.save(&first, ChangedEntry { slug: Some("port".into()), ..ChangedEntry::default() }).await;
    let second = f.titled("Harbour").await.summary;
    assert_eq!(second.path, "/harbour/");
    let refused = f.store.publish_entry(&ada(), &second.id, &Expected::Any).await;
    assert!(matches!(refused, Err(StoreError::PathTaken { by: Some(by), .. }) if by == first));
    f.publish(&first).await;
    f.publish(&second.id).await;
    let paths = f.store.paths_of(&[first.clone(), second.id.clone()]).await.unwrap();
    assert_eq!(paths.len(), 2);
}

pub(crate) async fn scenario_09_times_that_have_come_are_due(f: Fixture) {
    let id = f.titled("x").await.summary.id;
    let at = |seconds: u32| Some(Timestamp(format!("2026-11-26T12:00:{seconds:02}.000Z")));
    let plan = Schedule { publish_at: at(10), unpublish_at: at(20) };
    f.store.schedule_entry(&ben(), &id, &plan, &Expected::Any).await.unwrap();
    assert!(f.store.due(10).await.unwrap().is_empty());
    f.later(9_998);
    assert!(f.store.due(10).await.unwrap().is_empty(), "just too early");
    f.later(1);
    let due = f.store.due(10).await.unwrap().remove(0);
    assert_eq!((&due.entry, due.publish_at, due.unpublish_at, due.by), (&id, at(10), None, ben()));
    f.store.publish_entry(&ben(), &id, &Expected::version(due.version)).await.unwrap();
    let entry = f.read(&id).await.summary;
    assert_eq!((entry.state, entry.publish_at, entry.unpublish_at), (EntryState::Published, None, at(20)));
    f.later(10_000);
    let due = f.store.due(10).await.unwrap();
    assert_eq!((due.len(), due[0].unpublish_at.clone()), (1, at(20)));
    f.store.unpublish_entry(&ben(), &id, &Expected::Any).await.unwrap();
    assert!(f.store.due(10).await.unwrap().is_empty());
    assert_eq!(f.read(&id).await.summary.state, EntryState::Archived);
}

pub(crate) async fn the_trash_takes_off_the_site(f: Fixture) {
    let id = f.titled("x").await.summary.id;
    f.publish(&id).await;
    let trashed = f.store.trash_entry(&ada(), &id, &Expected::Any).await.unwrap();
    assert_eq!(trashed.summary.release.as_ref().unwrap().action, ReleaseAction::Unpublish);
    assert!(f.store.published(std::slice::from_ref(&id)).await.unwrap().is_empty());
    let again = f.store.trash_entry(&ada(), &id, &Expected::Any).await.unwrap();
    assert_eq!(again.summary.version, trashed.summary.version);
    let filter = EntryFilter { state: Some(EntryState::Trashed), ..EntryFilter::default() };
    assert_eq!(f.all(&filter, EntrySort::Updated, 10).await.len(), 1);
    assert!(f.all(&EntryFilter::default(), EntrySort::Updated, 10).await.is_empty());
}
