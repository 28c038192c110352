//! Lists: every entry once, in an order that both databases agree on.

use backend::store::{EntryFilter, EntrySort, Expected, StoreError};
use content::wire::{ChangedEntry, EntryState, NewEntry};

use crate::conformance::fixture::{Fixture, ada, titles};

const SORTS: [EntrySort; 4] = [EntrySort::Updated, EntrySort::Title, EntrySort::Published, EntrySort::Path];

pub(crate) async fn pages_of_every_order_have_every_entry_once(f: Fixture) {
    f.section("/news/").await;
    for number in 0..23 {
        let entry = f.titled(["same", "other"][number % 2]).await;
        if number % 3 == 0 {
            f.publish(&entry.summary.id).await;
        }
    }
    let filter = EntryFilter::default();
    for sort in SORTS {
        let whole: Vec<_> = f.all(&filter, sort, 200).await.into_iter().map(|item| item.id).collect();
        let mut different = whole.clone();
        different.sort();
        different.dedup();
        assert_eq!(different.len(), 23, "{sort:?}");
        for limit in [1, 7, 22, 23] {
            let pages: Vec<_> = f.all(&filter, sort, limit).await.into_iter().map(|item| item.id).collect();
            assert_eq!(pages, whole, "{sort:?} {limit}");
        }
    }
    let published = f.all(&filter, EntrySort::Published, 5).await;
    let dates: Vec<_> = published.iter().map(|item| item.published_at.clone()).collect();
    assert!(dates[..8].iter().all(Option::is_some) && dates[8..].iter().all(Option::is_none));
    assert!(dates[..8].windows(2).all(|pair| pair[0] > pair[1]));
}

pub(crate) async fn filters_and_totals_agree(f: Fixture) {
    f.section("/news/").await;
    for number in 0..12 {
        let section = if number % 2 == 0 { "/news/" } else { "/" };
        let tags =
            if number % 3 == 0 { vec!["three".to_owned(), "all".to_owned()] } else { vec!["all".to_owned()] };
        let review = Some(number % 4 == 0);
        let new = NewEntry {
            title: format!("t{number}"),
            section: Some(section.into()),
            tags: Some(tags),
            review,
            ..NewEntry::default()
        };
        let id = f.create(new).await.summary.id;
        if number == 6 {
            f.publish(&id).await;
        }
        if number == 9 {
            f.store.trash_entry(&ada(), &id, &Expected::Any).await.unwrap();
        }
    }
    let text = |text: &str| Some(text.to_owned());
    let none = EntryFilter::default();
    for (filter, expected) in [
        (none.clone(), 11),
        (EntryFilter { section: text("/news/"), ..none.clone() }, 6),
        (EntryFilter { section: text("/none/"), ..none.clone() }, 0),
        (EntryFilter { tag: text("three"), ..none.clone() }, 3),
        (EntryFilter { tag: text("three"), section: text("/news/"), ..none.clone() }, 2),
        (EntryFilter { tag: text("none"), ..none.clone() }, 0),
        (EntryFilter { tag: text("three"), state: Some(EntryState::Trashed), ..none.clone() }, 1),
        (EntryFilter { state: Some(EntryState::Published), ..none.clone() }, 1),
        (EntryFilter { state: Some(EntryState::Draft), section: text("/"), ..none.clone() }, 5),
        (EntryFilter { author: text("sub-ada"), ..none.clone() }, 11),
        (EntryFilter { author: text("sub-ben"), ..none.clone() }, 0),
        (EntryFilter { review: Some(true), ..none.clone() }, 3),
        (EntryFilter { review: Some(false), section: text("/news/"), ..none.clone() }, 3),
    ] {
        for sort in SORTS {
            let list = f.store.entries(&filter, sort, None, 50).await.unwrap();
            assert_eq!(
                (list.items.len(), list.total),
                (expected, u64::try_from(expected).ok()),
                "{filter:?}"
            );
        }
    }
}

pub(crate) async fn cursors_belong_to_their_list(f: Fixture) {
    for number in 0..4 {
        f.titled(&format!("t{number}")).await;
    }
    let filter = EntryFilter::default();
    let cursor = f.store.entries(&filter, EntrySort::Title, None, 2).await.unwrap().next.unwrap();
    let other = EntryFilter { author: Some("x".into()), ..EntryFilter::default() };
    for (filter, sort, cursor) in [
        (&other, EntrySort::Title, cursor.as_str()),
        (&filter, EntrySort::Path, &cursor),
        (&filter, EntrySort::Title, "?"),
        (&filter, EntrySort::Title, "e30"),
    ] {
        let refused = f.store.entries(filter, sort, Some(cursor), 2).await;
        assert!(matches!(refused, Err(StoreError::ForeignCursor)), "{cursor}");
    }
    let rest = f.store.entries(&filter, EntrySort::Title, Some(&cursor), 2).await.unwrap();
    assert_eq!((titles(&rest.items), rest.next), (vec!["t2", "t3"], None));
}

pub(crate) async fn texts_are_in_order_without_case_and_addresses_byte_by_byte(f: Fixture) {
    for title in ["b", "A", "Ärger", "a b", "C", "_d", "10", "9"] {
        f.titled(title).await;
    }
    let sorted = f.all(&EntryFilter::default(), EntrySort::Title, 3).await;
    assert_eq!(titles(&sorted), ["10", "9", "A", "a b", "Ärger", "b", "C", "_d"]);
    for slug in ["Z", "a_", "a~", "a.b", "a-c"] {
        let id = f.titled("s").await.summary.id;
        f.save(&id, ChangedEntry { slug: Some(slug.into()), ..ChangedEntry::default() }).await;
    }
    let sorted = f.all(&EntryFilter::default(), EntrySort::Path, 4).await;
    let mut bytes: Vec<_> = sorted.iter().map(|item| item.path.clone()).collect();
    bytes.sort();
    assert_eq!(sorted.into_iter().map(|item| item.path).collect::<Vec<_>>(), bytes);
}

pub(crate) async fn tags_are_counted_without_the_trash(f: Fixture) {
    let tagged = async |tags: &[&str]| {
        let tags = tags.iter().map(ToString::to_string).collect();
        f.create(NewEntry { title: "x".into(), tags: Some(tags), ..NewEntry::default() }).await.summary.id
    };
    let first = tagged(&["b", "a", "Ab"]).await;
    tagged(&["b"]).await;
    let count = async |beginning| {
        let tags = f.store.tags(beginning, 10).await.unwrap();
        tags.into_iter().map(|(tag, count)| format!("{tag}{count}")).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(count(None).await, "b2 Ab1 a1");
    assert_eq!(count(Some("a")).await, "a1");
    f.save(&first, ChangedEntry { tags: Some(vec!["a".into(), "c".into()]), ..ChangedEntry::default() })
        .await;
    assert_eq!(count(None).await, "a1 b1 c1");
    f.store.trash_entry(&ada(), &first, &Expected::Any).await.unwrap();
    assert_eq!(count(None).await, "b1");
    f.store.restore_entry(&ada(), &first, &Expected::Any).await.unwrap();
    assert_eq!(count(None).await, "a1 b1 c1");
    assert_eq!(f.read(&first).await.summary.tags, ["a", "c"]);
}
