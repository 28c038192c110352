//! Entries: made, kept, put into the trash.

use backend::store::{EntryFilter, EntrySort, Expected, Imported, Missing, StoreError};
use content::wire::{ChangedEntry, EntryState, NewEntry, Schedule, Timestamp};

use crate::conformance::fixture::{Fixture, ada, body};

pub(crate) async fn a_title_is_enough(f: Fixture) {
    let root = f.titled("Über uns").await.summary;
    assert_eq!((root.section.as_str(), root.path.as_str()), ("/", "/uber-uns/"));
    f.section("/news/").await;
    let first = f.titled("Hello, World!").await;
    assert_eq!(first.summary.path, "/news/hello-world/");
    assert_eq!(first.summary.author.name, "ada");
    assert_eq!((first.summary.version, first.summary.state), (1, EntryState::Draft));
    assert_eq!(first.summary.created_at.as_str(), "2026-11-26T12:00:00.002Z");
    let second = f.titled("Hello World").await;
    let third = f.titled("hello world").await;
    assert_eq!([second.summary.slug, third.summary.slug], ["hello-world-2", "hello-world-3"]);
    assert_eq!(f.read(&first.summary.id).await, first);
    assert_eq!(f.store.entry(&"none".into()).await.unwrap(), None);
}

pub(crate) async fn a_slug_that_was_named_is_refused_where_it_is_taken(f: Fixture) {
    f.section("/news/").await;
    let entry = f.titled("Taken").await.summary;
    let new = NewEntry { title: "Other".into(), slug: Some("taken".into()), ..NewEntry::default() };
    let refused = f.store.create_entry(&ada(), &new, &Imported::default()).await;
    assert!(matches!(refused, Err(StoreError::PathTaken { by: Some(by), .. }) if by == entry.id));
    let other = f.titled("Other").await.summary;
    let changed = ChangedEntry { slug: Some("taken".into()), ..ChangedEntry::default() };
    let save =
        f.store.save_entry(&ada(), &other.id, &changed, backend::store::SaveKind::Save, &Expected::Any).await;
    assert!(matches!(save, Err(StoreError::PathTaken { path, .. }) if path == "/news/taken/"));
    // The front page of another section is no entry's address.
    let new = NewEntry {
        title: "x".into(),
        section: Some("/".into()),
        slug: Some("news".into()),
        ..NewEntry::default()
    };
    let refused = f.store.create_entry(&ada(), &new, &Imported::default()).await;
    assert!(matches!(refused, Err(StoreError::PathTaken { by: None, .. })));
    let front = NewEntry {
        title: "x".into(),
        section: Some("/news/".into()),
        slug: Some("".into()),
        ..NewEntry::default()
    };
    assert_eq!(f.create(front).await.summary.path, "/news/");
}

pub(crate) async fn wrong_sections_and_slugs_are_told(f: Fixture) {
    let new = NewEntry { title: "x".into(), section: Some("/none/".into()), ..NewEntry::default() };
    let refused = f.store.create_entry(&ada(), &new, &Imported::default()).await;
    assert!(matches!(refused, Err(StoreError::NotFound(Missing::SectionPath))));
    for slug in ["a b", "api", "..", &"a".repeat(201)] {
        let new = NewEntry { title: "x".into(), slug: Some(slug.to_owned()), ..NewEntry::default() };
        let refused = f.store.create_entry(&ada(), &new, &Imported::default()).await;
        assert!(matches!(refused, Err(StoreError::Slug { .. })), "{slug}");
    }
}

pub(crate) async fn states_follow_from_what_was_done(f: Fixture) {
    let id = f.titled("x").await.summary.id;
    let state = async || f.read(&id).await.summary.state;
    let plan = |at: &str| Schedule { publish_at: Some(Timestamp::from(at)), unpublish_at: None };
    let any = Expected::Any;
    f.store.schedule_entry(&ada(), &id, &plan("2027-01-01T00:00:00.000Z"), &any).await.unwrap();
    assert_eq!(state().await, EntryState::Scheduled);
    f.save(&id, body("an edit keeps the plan")).await;
    assert_eq!(state().await, EntryState::Scheduled);
    f.store.schedule_entry(&ada(), &id, &Schedule::default(), &any).await.unwrap();
    assert_eq!(state().await, EntryState::Draft);
    f.publish(&id).await;
    assert_eq!(state().await, EntryState::Published);
    f.save(&id, body("ahead")).await;
    assert_eq!(state().await, EntryState::Changed);
    f.save(&id, body("an edit keeps the plan")).await;
    assert_eq!(state().await, EntryState::Published);
    f.store.unpublish_entry(&ada(), &id, &any).await.unwrap();
    assert_eq!(state().await, EntryState::Archived);
    f.store.trash_entry(&ada(), &id, &any).await.unwrap();
    assert_eq!(state().await, EntryState::Trashed);
    assert!(matches!(f.store.publish_entry(&ada(), &id, &any).await, Err(StoreError::Conflict(_))));
    f.store.restore_entry(&ada(), &id, &any).await.unwrap();
    assert_eq!(state().await, EntryState::Archived);
    for (state, total) in [(EntryState::Archived, 1), (EntryState::Trashed, 0), (EntryState::Changed, 0)] {
        let filter = EntryFilter { state: Some(state), ..EntryFilter::default() };
        let list = f.store.entries(&filter, EntrySort::Updated, None, 10).await.unwrap();
        assert_eq!((list.items.len() as u64, list.total), (total, Some(total)), "{state:?}");
    }
}

pub(crate) async fn imported_entries_keep_their_dates_and_are_there_once(f: Fixture) {
    let imported = Imported {
        source: Some("blog:1".into()),
        published_at: Some("2014-09-15T00:00:00.000Z".into()),
        created_at: Some("2014-09-14T00:00:00.000Z".into()),
    };
    let new = NewEntry { title: "Old".into(), ..NewEntry::default() };
    let id = f.store.create_entry(&ada(), &new, &imported).await.unwrap().summary.id;
    assert_eq!(f.read(&id).await.summary.created_at.as_str(), "2014-09-14T00:00:00.000Z");
    assert_eq!(f.read(&id).await.summary.published_at, None);
    f.publish(&id).await;
    assert_eq!(f.read(&id).await.summary.published_at, imported.published_at);
    let again = f.store.create_entry(&ada(), &new, &imported).await;
    assert!(matches!(again, Err(StoreError::SourceTaken(first)) if first == id));
    assert_eq!(f.store.entry_of_source("blog:1").await.unwrap(), Some(id));
    assert_eq!(f.store.entry_of_source("blog:2").await.unwrap(), None);
}

pub(crate) async fn any_text_comes_back_as_it_was(f: Fixture) {
    for text in ["'; DROP TABLE entries; --", "\\ \" % _ $1", "ﷺ 日本 𞤀 e\u{301}\u{202e}", "\r\n\t", "{}[]:,"]
    {
        let new = NewEntry {
            title: text.to_owned(),
            body: Some(text.repeat(1000)),
            tags: Some(vec![text.to_owned()]),
            ..NewEntry::default()
        };
        let entry = f.create(new).await;
        assert_eq!(f.read(&entry.summary.id).await, entry, "{text}");
        let filter = EntryFilter { tag: Some(text.to_owned()), ..EntryFilter::default() };
        assert_eq!(f.all(&filter, EntrySort::Title, 10).await.len(), 1, "{text}");
    }
    let long: String = (0..130_000).map(|number| format!("{number:x} ")).collect();
    let entry =
        f.create(NewEntry { title: "long".into(), body: Some(long.clone()), ..NewEntry::default() }).await;
    f.publish(&entry.summary.id).await;
    assert_eq!(f.read(&entry.summary.id).await.body, long);
}

pub(crate) async fn the_trash_does_not_hold_slugs(f: Fixture) {
    let first = f.titled("Same").await.summary.id;
    f.store.trash_entry(&ada(), &first, &Expected::Any).await.unwrap();
    let second = f.titled("Same").await.summary;
    assert_eq!(second.slug, "same");
    let restored = f.store.restore_entry(&ada(), &first, &Expected::Any).await.unwrap().summary;
    assert_eq!((restored.slug.as_str(), restored.path.as_str()), ("same-2", "/same-2/"));
    assert!(matches!(
        f.store.restore_entry(&ada(), &first, &Expected::Any).await,
        Err(StoreError::Conflict(_))
    ));
}

pub(crate) async fn what_is_deleted_is_gone(f: Fixture) {
    let id = f
        .create(NewEntry { title: "Gone".into(), body: Some("unheard".into()), ..NewEntry::default() })
        .await
        .summary
        .id;
    let any = Expected::Any;
    assert!(matches!(f.store.delete_entry(&ada(), &id, &any).await, Err(StoreError::Conflict(_))));
    f.store.trash_entry(&ada(), &id, &any).await.unwrap();
    f.store.delete_entry(&ada(), &id, &any).await.unwrap();
    assert_eq!(f.store.entry(&id).await.unwrap(), None);
    assert!(matches!(
        f.store.delete_entry(&ada(), &id, &any).await,
        Err(StoreError::NotFound(Missing::Entry))
    ));
    assert!(matches!(f.store.revisions(&id, None, 10).await, Err(StoreError::NotFound(Missing::Entry))));
    // Nothing that comes later is found by its words.
    f.titled("Later").await;
    for state in [None, Some(EntryState::Trashed)] {
        let filter = EntryFilter { q: Some("unheard".into()), state, ..EntryFilter::default() };
        assert!(f.all(&filter, EntrySort::Updated, 10).await.is_empty());
    }
}
