//! Saving: nothing that was typed is lost, and nobody writes over somebody else.

use backend::store::{Expected, Missing, SaveKind, StoreError};
use content::wire::{ChangedEntry, RevisionKind};

use crate::conformance::fixture::{Fixture, ada, ben, body};

async fn kinds(f: &Fixture, id: &content::wire::EntryId) -> Vec<(i64, RevisionKind, String)> {
    let list = f.store.revisions(id, None, 50).await.unwrap();
    list.items.into_iter().map(|item| (item.number, item.kind, item.author.name)).collect()
}

pub(crate) async fn autosaves_of_one_author_are_one_revision(f: Fixture) {
    let id = f.titled("x").await.summary.id;
    let auto = async |by, text: &str| {
        f.later(1);
        f.store.save_entry(&by, &id, &body(text), SaveKind::Autosave, &Expected::Any).await.unwrap()
    };
    for text in ["a", "ab", "abc"] {
        auto(ada(), text).await;
    }
    auto(ben(), "abcd").await;
    auto(ada(), "abcde").await;
    auto(ada(), "abcdef").await;
    let entry = auto(ada(), "abcdefg").await;
    assert_eq!(entry.summary.version, 8);
    use RevisionKind::{Autosave, Publish, Save};
    let (a, b) = (|| "ada".to_owned(), || "ben".to_owned());
    assert_eq!(
        kinds(&f, &id).await,
        [(4, Autosave, a()), (3, Autosave, b()), (2, Autosave, a()), (1, Save, a())]
    );
    let text = f.store.revision(&id, 2).await.unwrap().unwrap().content.unwrap().body;
    assert_eq!(text, "abc");
    f.publish(&id).await;
    auto(ada(), "more").await;
    let kinds = kinds(&f, &id).await;
    assert_eq!(kinds[..2], [(5, Autosave, a()), (4, Publish, a())]);
    let revision = f.store.revision(&id, 4).await.unwrap().unwrap();
    assert!(revision.published);
    assert_eq!(revision.content.unwrap().body, "abcdefg");
}

pub(crate) async fn a_save_makes_a_revision_and_nothing_joins_it(f: Fixture) {
    let id = f.titled("x").await.summary.id;
    let save = async |text: &str, kind| {
        f.store.save_entry(&ada(), &id, &body(text), kind, &Expected::Any).await.unwrap()
    };
    save("a", SaveKind::Save).await;
    save("b", SaveKind::Save).await;
    save("c", SaveKind::Autosave).await;
    // Saying "save" of what was saved by itself settles it.
    let settled = save("c", SaveKind::Save).await;
    assert_eq!(settled.summary.version, 5);
    save("d", SaveKind::Autosave).await;
    use RevisionKind::{Autosave, Save};
    let kinds: Vec<_> = kinds(&f, &id).await.into_iter().map(|(_, kind, _)| kind).collect();
    assert_eq!(kinds, [Autosave, Save, Save, Save, Save]);
    let page = f.store.revisions(&id, None, 2).await.unwrap();
    assert_eq!((page.next.as_deref(), page.total), (Some("4"), Some(5)));
    let page = f.store.revisions(&id, Some(4), 50).await.unwrap();
    assert_eq!(page.items.iter().map(|item| item.number).collect::<Vec<_>>(), [3, 2, 1]);
    assert_eq!(page.next, None);
}

pub(crate) async fn scenario_13_a_stale_version_is_told_with_what_is_there(f: Fixture) {
    let id = f.titled("x").await.summary.id;
    let first = Expected::version(1);
    f.store.save_entry(&ada(), &id, &body("a"), SaveKind::Save, &first).await.unwrap();
    let refused = f.store.save_entry(&ben(), &id, &body("b"), SaveKind::Save, &first).await;
    let Err(StoreError::VersionMismatch(current)) = refused else { panic!("{refused:?}") };
    assert_eq!((current.summary.version, current.body.as_str()), (2, "a"));
    let either = Expected::Versions(vec![1, 2]);
    f.store.save_entry(&ben(), &id, &body("b"), SaveKind::Save, &either).await.unwrap();
    for refused in [
        f.store.publish_entry(&ada(), &id, &first).await.map(drop),
        f.store.trash_entry(&ada(), &id, &first).await.map(drop),
        f.store.restore_revision(&ada(), &id, 1, &first).await.map(drop),
        f.store.schedule_entry(&ada(), &id, &Default::default(), &first).await.map(drop),
    ] {
        assert!(matches!(refused, Err(StoreError::VersionMismatch(_))));
    }
    let none = f.store.save_entry(&ada(), &"none".into(), &body("b"), SaveKind::Save, &Expected::Any).await;
    assert!(matches!(none, Err(StoreError::NotFound(Missing::Entry))));
}

pub(crate) async fn what_changes_nothing_is_no_write(f: Fixture) {
    let entry = f.titled("x").await;
    let id = &entry.summary.id;
    let same = ChangedEntry { title: Some("x".into()), tags: Some(Vec::new()), ..ChangedEntry::default() };
    assert_eq!(f.save(id, same).await, entry);
    let review = ChangedEntry { review: Some(true), ..ChangedEntry::default() };
    let marked = f.save(id, review).await.summary;
    assert_eq!((marked.version, marked.review), (2, true));
    assert_eq!(kinds(&f, id).await.len(), 1);
}

pub(crate) async fn a_revision_can_be_restored(f: Fixture) {
    let id = f.titled("First").await.summary.id;
    f.save(&id, ChangedEntry { title: Some("Second".into()), ..body("text") }).await;
    let restored = f.store.restore_revision(&ben(), &id, 1, &Expected::version(2)).await.unwrap();
    assert_eq!(
        (restored.summary.title.as_str(), restored.body.as_str(), restored.summary.version),
        ("First", "", 3)
    );
    assert_eq!(kinds(&f, &id).await[0], (3, RevisionKind::Restore, "ben".to_owned()));
    let none = f.store.restore_revision(&ada(), &id, 9, &Expected::Any).await;
    assert!(matches!(none, Err(StoreError::NotFound(Missing::Revision))));
}
