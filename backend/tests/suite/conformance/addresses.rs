//! Addresses that were: redirects.

use backend::publishing::Catalogue;
use backend::store::{Missing, RedirectTarget, StoreError};
use content::wire::{ChangedEntry, EntryId};

use crate::conformance::fixture::{Fixture, ada};

async fn renamed(f: &Fixture, id: &EntryId, slug: &str) {
    f.save(id, ChangedEntry { slug: Some(slug.into()), ..ChangedEntry::default() }).await;
    f.publish(id).await;
}

async fn leads(f: &Fixture, from: &[&str]) -> Vec<(String, String)> {
    let from: Vec<String> = from.iter().map(ToString::to_string).collect();
    let mut found = Catalogue::redirects(&f.store, &from).await.unwrap();
    found.sort();
    found
}

fn pair(from: &str, to: &str) -> (String, String) {
    (from.to_owned(), to.to_owned())
}

pub(crate) async fn a_changed_slug_leaves_a_redirect(f: Fixture) {
    let id = f.titled("a").await.summary.id;
    f.publish(&id).await;
    f.save(&id, ChangedEntry { slug: Some("b".into()), ..ChangedEntry::default() }).await;
    assert!(leads(&f, &["/a/"]).await.is_empty(), "the new address is not published yet");
    f.publish(&id).await;
    renamed(&f, &id, "c").await;
    assert_eq!(leads(&f, &["/a/", "/b/", "/c/"]).await, [pair("/a/", "/c/"), pair("/b/", "/c/")]);
    let mut former = Catalogue::former_paths(&f.store, std::slice::from_ref(&id)).await.unwrap();
    former.sort();
    assert_eq!(former, ["/a/", "/b/"]);
    f.store.unpublish_entry(&ada(), &id, &backend::store::Expected::Any).await.unwrap();
    assert!(leads(&f, &["/a/", "/b/"]).await.is_empty());
}

pub(crate) async fn redirects_there_and_back_do_not_loop(f: Fixture) {
    let id = f.titled("a").await.summary.id;
    f.publish(&id).await;
    renamed(&f, &id, "b").await;
    renamed(&f, &id, "a").await;
    assert_eq!(leads(&f, &["/a/", "/b/"]).await, [pair("/b/", "/a/")]);
}

pub(crate) async fn a_living_slug_wins(f: Fixture) {
    let first = f.titled("a").await.summary.id;
    f.publish(&first).await;
    renamed(&f, &first, "b").await;
    let second = f.titled("a").await.summary.id;
    f.publish(&second).await;
    assert!(leads(&f, &["/a/"]).await.is_empty());
    let made = f.store.save_redirect(&ada(), "/a/", &RedirectTarget::Path("/x/".into())).await;
    assert!(matches!(made, Err(StoreError::PathTaken { by: Some(by), .. }) if by == second));
}

pub(crate) async fn made_redirects_are_flattened(f: Fixture) {
    let path = |path: &str| RedirectTarget::Path(path.to_owned());
    f.store.save_redirect(&ada(), "/1/", &path("/2/")).await.unwrap();
    f.store.save_redirect(&ada(), "/2/", &path("/3/")).await.unwrap();
    assert_eq!(leads(&f, &["/1/", "/2/"]).await, [pair("/1/", "/3/"), pair("/2/", "/3/")]);
    let looped = f.store.save_redirect(&ada(), "/3/", &path("/1/")).await;
    assert!(matches!(looped, Err(StoreError::Conflict(_))));
    let id = f.titled("end").await.summary.id;
    f.publish(&id).await;
    f.store.save_redirect(&ada(), "/3/", &path("/end/")).await.unwrap();
    renamed(&f, &id, "finish").await;
    assert_eq!(leads(&f, &["/1/", "/2/", "/3/", "/end/"]).await.len(), 4);
    assert!(leads(&f, &["/1/", "/3/", "/end/"]).await.iter().all(|(_, to)| to == "/finish/"));
    let list = f.store.redirects(None, 3).await.unwrap();
    assert_eq!(list.items.iter().map(|item| item.from.as_str()).collect::<Vec<_>>(), ["/1/", "/2/", "/3/"]);
    assert_eq!(list.items[0].path.as_deref(), Some("/finish/"));
    let rest = f.store.redirects(list.next.as_deref(), 3).await.unwrap();
    assert_eq!((rest.items.len(), rest.next), (1, None));
    f.store.delete_redirect(&ada(), "/1/").await.unwrap();
    assert!(matches!(
        f.store.delete_redirect(&ada(), "/1/").await,
        Err(StoreError::NotFound(Missing::Redirect))
    ));
    assert!(leads(&f, &["/1/"]).await.is_empty());
}
