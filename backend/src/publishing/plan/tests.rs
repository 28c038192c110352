use content::wire::{EntryId, Timestamp};
use proptest::prelude::*;

use super::*;

fn standing(id: u64, tags: &[&str]) -> Standing {
    Standing {
        id: EntryId(format!("{id:04}")),
        section: "/news/".to_owned(),
        path: format!("/news/{id}/"),
        title: format!("Title {id}"),
        tags: tags.iter().map(ToString::to_string).collect(),
        order: 0,
        published_at: Timestamp(format!("2026-01-01T00:00:00.{id:04}Z")),
        no_index: false,
    }
}

fn sections() -> Sections {
    let rule = SectionRule { order: SectionOrder::Newest, page_size: 10, listed: true, public: true };
    Sections::from([
        ("/news/".to_owned(), rule),
        ("/members/".to_owned(), SectionRule { public: false, ..rule }),
    ])
}

fn paths(pages: impl IntoIterator<Item = Page>) -> Vec<String> {
    pages.into_iter().map(|page| page.path()).collect()
}

/// The numbered pages of `/news/` for a change, in a list whose ids are its ranks.
fn news(changes: &[Change], length: u64) -> Vec<String> {
    let lists = lists(changes, &sections());
    let list = ListId::section("/news/");
    let (order, change) = &lists[&list];
    let rank = |key: &SortKey| match key {
        SortKey::Published(_, id) => (key.clone(), id.as_str().parse().unwrap()),
        other => panic!("{other:?}"),
    };
    let facts = ListFacts { length, ranks: change.keys.iter().map(rank).collect(), waiting: 0 };
    paths(list_pages(&list, *order, 10, change, &facts))
}

#[test]
fn a_new_entry_touches_itself_and_what_shows_the_latest() {
    let change = Change { before: vec![None], after: Some(standing(95, &["b", "a"])) };
    assert_eq!(
        paths(pages(std::slice::from_ref(&change))),
        ["/", "/news/", "/news/95/", "/news/tags/a/", "/news/tags/b/", "/news/feed.xml"]
    );
    assert_eq!(news(&[change], 96), ["/news/page/8/", "/news/page/9/"]);
}

#[test]
fn a_text_that_changes_touches_the_one_page_that_lists_it() {
    let change = Change { before: vec![Some(standing(42, &[]))], after: Some(standing(42, &[])) };
    assert_eq!(news(&[change], 1_000), ["/news/page/5/"]);
}

#[test]
fn what_goes_touches_the_pages_after_it() {
    let change = Change { before: vec![Some(standing(75, &[]))], after: None };
    assert_eq!(news(&[change], 99), ["/news/page/6/", "/news/page/7/", "/news/page/8/", "/news/page/9/"]);
}

#[test]
fn tags_that_an_entry_lost_are_touched_too() {
    let change = Change { before: vec![Some(standing(1, &["old"]))], after: Some(standing(1, &["new"])) };
    let lists = lists(std::slice::from_ref(&change), &sections());
    let (_, old) = &lists[&ListId::tag("/news/", "old")];
    let (_, new) = &lists[&ListId::tag("/news/", "new")];
    assert!(old.shifts && new.shifts);
    assert!(!lists[&ListId::section("/news/")].1.shifts);
    let pages = paths(pages(&[change]));
    assert!(pages.contains(&"/news/tags/old/".to_owned()) && pages.contains(&"/news/tags/new/".to_owned()));
}

#[test]
fn a_section_that_one_entry_left_is_touched_as_the_one_it_came_to() {
    let mut moved = standing(1, &["t"]);
    (moved.section, moved.path) = ("/members/".to_owned(), "/members/1/".to_owned());
    let change = Change { before: vec![Some(standing(1, &["t"]))], after: Some(moved) };
    assert!(change.moves());
    let shifted: Vec<String> = lists(std::slice::from_ref(&change), &sections())
        .into_iter()
        .filter(|(_, (_, change))| change.shifts)
        .map(|(list, _)| list.path())
        .collect();
    assert_eq!(shifted, ["/members/", "/members/tags/t/", "/news/", "/news/tags/t/"]);
    // It is no longer what everyone may find.
    assert!(sitemap(&[change], &sections()).shifts);
}

#[test]
fn a_front_page_is_in_no_list() {
    let mut front = standing(1, &["t"]);
    front.path.clone_from(&front.section);
    assert!(lists(&[Change { before: vec![None], after: Some(front) }], &sections()).is_empty());
}

#[test]
fn the_sitemap_changes_in_its_last_part() {
    let change = Change { before: vec![None], after: Some(standing(9_999, &[])) };
    let change = sitemap(&[change], &sections());
    let ranks = change.keys.iter().map(|key| (key.clone(), 9_999)).collect();
    let facts = ListFacts { length: 10_000, ranks, waiting: 0 };
    let parts = paths(sitemap_pages(&change, &facts));
    assert!(
        parts.contains(&"/sitemap.xml".to_owned()) && parts.contains(&"/sitemap-5.xml".to_owned()),
        "{parts:?}"
    );
    assert!(parts.len() <= 8, "{parts:?}");
    assert!(sitemap_pages(&ListChange::default(), &facts).is_empty());
}

/// What stands on each numbered page of a list: its entries, and what it links to.
fn shown(entries: &BTreeSet<u64>) -> BTreeMap<u64, (Vec<u64>, [super::super::numbering::Neighbour; 2])> {
    let list = Numbering { from_oldest: true, page_size: 10, length: entries.len() as u64 };
    let page = |number: u64| {
        let ranks = list.ranks(number).unwrap();
        let on_it = entries.iter().copied().skip(ranks.start as usize).take(10).collect();
        (number, (on_it, [list.before(Some(number)), list.after(Some(number))]))
    };
    list.numbers().map(page).collect()
}

proptest! {
    /// Batches of changes that are committed before any of them is placed: together their plans name every page that
    /// is another one afterwards.
    #[test]
    fn a_plan_never_names_less_than_what_changed(
        start in proptest::collection::btree_set(0_u64..200, 0..120),
        batches in proptest::collection::vec(proptest::collection::btree_set(0_u64..200, 1..5), 1..4),
    ) {
        let mut entries = start.clone();
        let mut planned: Vec<Vec<(u64, Change)>> = Vec::new();
        for batch in &batches {
            let mut changes = Vec::new();
            for id in batch {
                let there = entries.remove(id);
                if !there { entries.insert(*id); }
                let now = |there: bool| there.then(|| standing(*id, &[]));
                changes.push((*id, Change { before: vec![now(there)], after: None }));
            }
            planned.push(changes);
        }
        let (before, after) = (shown(&start), shown(&entries));
        let numbers: BTreeSet<u64> = before.keys().chain(after.keys()).copied().collect();
        let mut waiting: u64 = batches.iter().map(|batch| batch.len() as u64).sum();
        let mut named: BTreeSet<Page> = BTreeSet::new();
        let list = ListId::section("/news/");
        for mut changes in planned {
            waiting -= changes.len() as u64;
            // A batch reads what is committed by now, later batches' entries with it.
            let changes: Vec<Change> = changes
                .drain(..)
                .map(|(id, change)| Change { after: entries.contains(&id).then(|| standing(id, &[])), ..change })
                .collect();
            let lists = lists(&changes, &sections());
            // What came and went before anybody placed it, is in no list.
            let Some((order, change)) = lists.get(&list) else { continue };
            let rank = |key: &SortKey| match key {
                SortKey::Published(_, id) => {
                    let id: u64 = id.as_str().parse().unwrap();
                    (key.clone(), entries.range(..id).count() as u64)
                }
                other => panic!("{other:?}"),
            };
            let ranks = change.keys.iter().map(rank).collect();
            let facts = ListFacts { length: entries.len() as u64, ranks, waiting };
            named.extend(list_pages(&list, *order, 10, change, &facts));
        }
        for number in numbers {
            if before.get(&number) != after.get(&number) {
                prop_assert!(named.contains(&Page::List(list.clone(), Some(number))), "page {} of {:?}", number, named);
            }
        }
    }
}
