//! Search: the same hits in the same order on both databases.

use backend::store::{EntryFilter, EntrySort, Expected, StoreError};
use content::wire::{ChangedEntry, NewEntry};

use crate::conformance::fixture::{Fixture, ada, titles};

fn asked(q: &str) -> EntryFilter {
    EntryFilter { q: Some(q.to_owned()), ..EntryFilter::default() }
}

async fn written(f: &Fixture, title: &str, body: &str) -> content::wire::EntryId {
    f.create(NewEntry { title: title.into(), body: Some(body.into()), ..NewEntry::default() })
        .await
        .summary
        .id
}

pub(crate) async fn words_in_titles_come_first(f: Fixture) {
    written(&f, "Harbour", "quiet water").await;
    written(&f, "Town", "a harbour, and a harbour").await;
    written(&f, "Crème brûlée at the HARBOUR", "").await;
    written(&f, "Hills", "no sea").await;
    let found = async |q: &str| titles(&f.all(&asked(q), EntrySort::Updated, 1).await).join("|");
    assert_eq!(found("harbour").await, "Crème brûlée at the HARBOUR|Harbour|Town");
    assert_eq!(found("creme BRULEE").await, "Crème brûlée at the HARBOUR");
    assert_eq!(found("water harbour").await, "Harbour");
    assert_eq!(found("harbour sea").await, "");
    assert_eq!(found(" -- ").await, "");
    let list = f.store.entries(&asked("harbour"), EntrySort::Path, None, 50).await.unwrap();
    assert_eq!((list.items.len(), list.total), (3, Some(3)));
}

pub(crate) async fn the_last_word_may_be_a_beginning(f: Fixture) {
    let id = written(&f, "One", "Donaudampfschiff 1e5 日本語 can't foo.bar a&b <c>").await;
    for (q, hits) in [
        ("donau", 1),
        ("dampf", 0),
        ("a donaud", 1),
        ("don donau", 0),
        ("日本", 1),
        ("本", 1),
        ("1e", 1),
        ("bar foo", 1),
        ("'", 0),
        ("\" OR \"x", 0),
        ("AND", 0),
        ("can NOT", 0),
        ("c:*", 1),
        ("& | !", 0),
    ] {
        assert_eq!(f.all(&asked(q), EntrySort::Title, 10).await.len(), hits, "{q}");
    }
    f.save(&id, ChangedEntry { body: Some("other".into()), ..ChangedEntry::default() }).await;
    assert!(f.all(&asked("donau"), EntrySort::Title, 10).await.is_empty());
    assert_eq!(f.all(&asked("othe"), EntrySort::Title, 10).await.len(), 1);
}

pub(crate) async fn many_hits_are_walked_and_few_are_sorted(f: Fixture) {
    for number in 0..1003 {
        let body = if number % 500 == 0 { "common rare" } else { "common" };
        written(&f, &format!("t{:04}", number * 37 % 1009), body).await;
    }
    let many = f.all(&asked("common"), EntrySort::Title, 200).await;
    assert_eq!(many.len(), 1003);
    assert!(many.windows(2).all(|pair| pair[0].title < pair[1].title));
    let first = f.store.entries(&asked("common"), EntrySort::Title, None, 3).await.unwrap();
    assert_eq!((first.items.len(), first.total), (3, None));
    assert_eq!(f.all(&asked("common rare"), EntrySort::Title, 2).await.len(), 3);
}

pub(crate) async fn readers_find_what_is_published_in_their_sections(f: Fixture) {
    f.section("/news/").await;
    f.section("/members/").await;
    let mut ids = Vec::new();
    for (title, section, body) in [
        ("Harbour news", "/news/", "Long text about the [old](https://x.example/secret) harbour wall"),
        ("Meeting", "/members/", "in the harbour"),
        ("Town", "/news/", "the harbour again"),
    ] {
        let new = NewEntry {
            title: title.into(),
            section: Some(section.into()),
            body: Some(body.into()),
            ..NewEntry::default()
        };
        let id = f.create(new).await.summary.id;
        f.publish(&id).await;
        ids.push(id);
    }
    written(&f, "Harbour draft", "").await;
    let found = async |q: &str, sections: &[&str]| {
        let sections: Vec<String> = sections.iter().map(ToString::to_string).collect();
        let (mut titles, mut cursor) = (Vec::new(), None);
        loop {
            let list = f.store.search(q, &sections, cursor.as_deref(), 1).await.unwrap();
            titles.extend(list.items.into_iter().map(|hit| hit.title));
            cursor = list.next;
            if cursor.is_none() {
                return titles.join("|");
            }
        }
    };
    assert_eq!(found("harbour", &["/news/", "/members/"]).await, "Harbour news|Town|Meeting");
    assert_eq!(found("harbour", &["/news/"]).await, "Harbour news|Town");
    assert_eq!(found("harbour", &[]).await, "");
    assert_eq!(found("secret", &["/news/"]).await, "", "addresses of links are not read");
    let all = ["/news/".to_owned()];
    let hit = f.store.search("wall", &all, None, 5).await.unwrap().items.remove(0);
    assert!(hit.excerpt.contains("harbour wall"), "{}", hit.excerpt);
    assert_eq!((hit.path.as_str(), hit.published_at.is_some()), ("/news/harbour-news/", true));
    // What is being written is not found before it is published.
    f.save(&ids[2], ChangedEntry { body: Some("the lighthouse".into()), ..ChangedEntry::default() }).await;
    assert_eq!(found("lighthouse", &["/news/"]).await, "");
    f.publish(&ids[2]).await;
    assert_eq!(found("lighthouse", &["/news/"]).await, "Town");
    f.store.unpublish_entry(&ada(), &ids[2], &Expected::Any).await.unwrap();
    assert_eq!(found("lighthouse", &["/news/"]).await, "");
    let foreign = f.store.entries(&asked("x"), EntrySort::Title, Some("e30"), 5).await;
    assert!(matches!(foreign, Err(StoreError::ForeignCursor)));
}
