//! What is around the work: presence, idempotency keys, names, the audit log.

use backend::store::{ActivityOf, Imported, Kept, KeyUse, Missing, StoreError};
use content::wire::{NewEntry, PersonId};

use crate::conformance::fixture::{Fixture, ada, ben, body};

pub(crate) async fn who_is_there_is_known_for_ten_seconds(f: Fixture) {
    let id = f.titled("x").await.summary.id;
    let none = f.store.present(&ada(), &"none".into()).await;
    assert!(matches!(none, Err(StoreError::NotFound(Missing::Entry))));
    assert!(f.store.present(&ada(), &id).await.unwrap().here.is_empty());
    f.later(4_000);
    f.store.present(&ada(), &id).await.unwrap();
    f.later(9_999);
    let here = f.store.present(&ben(), &id).await.unwrap().here;
    assert_eq!(
        (here.len(), here[0].name.as_str(), here[0].since.as_str()),
        (1, "ada", "2026-11-26T12:00:00.001Z")
    );
    f.later(1);
    assert!(f.store.present(&ben(), &id).await.unwrap().here.is_empty());
    let here = f.store.present(&ada(), &id).await.unwrap().here;
    assert_eq!(here[0].name, "ben");
}

pub(crate) async fn keys_are_kept_for_a_day(f: Fixture) {
    let (ada, ben) = (ada().id, ben().id);
    let kept =
        Kept { status: 201, headers: vec![("location".into(), "/x".into())], body: "{\"ä\":1}".into() };
    assert_eq!(f.store.claim_key(&ada, "k", "a").await.unwrap(), KeyUse::Claimed);
    assert_eq!(f.store.claim_key(&ada, "k", "a").await.unwrap(), KeyUse::Running);
    assert_eq!(f.store.claim_key(&ada, "k", "b").await.unwrap(), KeyUse::OtherRequest);
    assert_eq!(f.store.claim_key(&ben, "k", "b").await.unwrap(), KeyUse::Claimed);
    f.store.release_key(&ben, "k").await.unwrap();
    assert_eq!(f.store.claim_key(&ben, "k", "c").await.unwrap(), KeyUse::Claimed);
    f.store.keep_answer(&ada, "k", &kept).await.unwrap();
    f.store.release_key(&ada, "k").await.unwrap();
    f.later(86_400_000);
    assert_eq!(f.store.claim_key(&ada, "k", "a").await.unwrap(), KeyUse::Answered(kept));
    assert_eq!(f.store.claim_key(&ada, "k", "b").await.unwrap(), KeyUse::OtherRequest);
    f.later(1);
    assert_eq!(f.store.claim_key(&ada, "k", "b").await.unwrap(), KeyUse::Claimed);
}

pub(crate) async fn people_are_called_what_they_say(f: Fixture) {
    let id = f.titled("x").await.summary.id;
    assert_eq!(f.store.name_of(&ada().id).await.unwrap(), None);
    f.store.rename(&ada().id, "Ada Lovelace").await.unwrap();
    assert_eq!(f.store.name_of(&ada().id).await.unwrap().as_deref(), Some("Ada Lovelace"));
    assert_eq!(f.read(&id).await.summary.author.name, "Ada Lovelace");
    f.save(&id, body("she goes on acting")).await;
    assert_eq!(f.read(&id).await.summary.author.name, "Ada Lovelace");
    f.store.rename(&ben().id, "Ben").await.unwrap();
    let new = NewEntry { title: "y".into(), ..NewEntry::default() };
    let entry = f.store.create_entry(&ben(), &new, &Imported::default()).await.unwrap();
    assert_eq!(entry.summary.author.name, "Ben");
}

pub(crate) async fn what_was_done_is_told_newest_first(f: Fixture) {
    let id = f.titled("x").await.summary.id;
    f.save(&id, body("a")).await;
    f.publish(&id).await;
    f.section("/news/").await;
    let told = async |of: ActivityOf, before: Option<&str>| f.store.activity(&of, before, 2).await.unwrap();
    let page = told(ActivityOf::default(), None).await;
    let actions: Vec<_> = page.items.iter().map(|deed| deed.action.as_str()).collect();
    assert_eq!(actions, ["section.create", "entry.publish"]);
    let rest = told(ActivityOf::default(), page.next.as_deref()).await;
    let actions: Vec<_> = rest.items.iter().map(|deed| deed.action.as_str()).collect();
    assert_eq!((actions, rest.next), (vec!["entry.save", "entry.create"], None));
    let of_entry = told(ActivityOf { entry: Some(id.clone()), ..ActivityOf::default() }, None).await;
    assert_eq!(
        (of_entry.items[0].action.as_str(), of_entry.items[0].actor.name.as_str()),
        ("entry.publish", "ada")
    );
    assert!(of_entry.next.is_some());
    let saves = ActivityOf { entry: Some(id), action: Some("entry.save".into()), ..ActivityOf::default() };
    assert_eq!(told(saves, None).await.items.len(), 1);
    let whose = |id: PersonId| ActivityOf { actor: Some(id), ..ActivityOf::default() };
    assert_eq!(told(whose(ada().id), None).await.items.len(), 2);
    assert_eq!(told(whose(ben().id), None).await.items.len(), 0);
}
