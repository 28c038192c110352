//! The same work on both databases is answered byte for byte alike: ids, times, orders, cursors, totals, errors.

use std::collections::BTreeSet;
use std::fmt::Debug;

use backend::store::{ActivityOf, EntryFilter, EntrySort, Expected};
use content::wire::{ChangedEntry, EntryState, NewEntry};

use crate::conformance::cluster::Cluster;
use crate::conformance::fixture::{Fixture, ada, ben};

const WORDS: [&str; 12] = [
    "harbour",
    "Hafen",
    "naïve",
    "ÉCOLE",
    "straße",
    "日本語",
    "1e5",
    "can't",
    "x_y",
    "İstanbul",
    "ﬁne",
    "Ωmega",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_databases_answer_alike() {
    let on_sqlite = answers(&Fixture::sqlite().await).await;
    let cluster = Cluster::start().await;
    let on_postgres = answers(&cluster.fixture(false).await).await;
    cluster.stop();
    assert!(on_sqlite.len() > 300);
    for (ours, theirs) in on_sqlite.iter().zip(&on_postgres) {
        assert_eq!(ours, theirs);
    }
    assert_eq!(on_sqlite.len(), on_postgres.len());
}

async fn answers(f: &Fixture) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    let mut tell = |what: &str, answer: &dyn Debug| told.push(format!("{what}: {answer:?}"));
    for path in ["/news/", "/Z/", "/a-b/"] {
        f.section(path).await;
    }
    let mut ids = Vec::new();
    for number in 0..60_usize {
        let word = |step: usize| WORDS[(number * step + step) % WORDS.len()];
        let new = NewEntry {
            title: format!("{} {}", word(1), word(5)),
            section: Some(["/news/", "/Z/", "/a-b/", "/"][number % 4].to_owned()),
            body: Some(format!(
                "{} and {}, `{}` [{}](https://x.example)\n\n<b>{number}</b>",
                word(7),
                word(11),
                word(3),
                word(2)
            )),
            // The API has made them distinct before.
            tags: Some(BTreeSet::from([word(1).to_owned(), word(4).to_lowercase()]).into_iter().collect()),
            review: Some(number % 5 == 0),
            ..NewEntry::default()
        };
        let entry = f.create(new).await;
        tell("created", &entry);
        ids.push(entry.summary.id);
    }
    for (number, id) in ids.iter().enumerate() {
        if number % 2 == 0 {
            tell("published", &f.store.publish_entry(&ben(), id, &Expected::Any).await);
        }
        if number % 7 == 0 {
            let slug = Some(format!("{number}/x"));
            tell("saved", &f.save(id, ChangedEntry { slug, ..ChangedEntry::default() }).await);
        }
        if number % 11 == 0 {
            tell("trashed", &f.store.trash_entry(&ada(), id, &Expected::version(1)).await);
        }
        if number % 13 == 0 {
            tell("unpublished", &f.store.unpublish_entry(&ada(), id, &Expected::Any).await);
        }
    }
    let text = |text: &str| Some(text.to_owned());
    let mut filters = vec![EntryFilter::default()];
    for state in [EntryState::Draft, EntryState::Changed, EntryState::Trashed, EntryState::Archived] {
        filters.push(EntryFilter { state: Some(state), ..EntryFilter::default() });
    }
    for section in ["/", "/Z/", "/none/"] {
        filters.push(EntryFilter { section: text(section), ..EntryFilter::default() });
    }
    for word in WORDS {
        filters.push(EntryFilter { tag: text(word), ..EntryFilter::default() });
        filters.push(EntryFilter { q: text(word), ..EntryFilter::default() });
        let beginning: String = word.chars().take(2).collect();
        filters.push(EntryFilter { q: Some(format!("and {beginning}")), ..EntryFilter::default() });
    }
    for filter in &filters {
        for sort in [EntrySort::Updated, EntrySort::Title, EntrySort::Published, EntrySort::Path] {
            let mut cursor: Option<String> = None;
            loop {
                let page = f.store.entries(filter, sort, cursor.as_deref(), 9).await;
                tell("page", &page);
                cursor = page.unwrap().next;
                if cursor.is_none() {
                    break;
                }
            }
        }
    }
    let sections: Vec<String> = ["/", "/Z/", "/news/"].map(ToOwned::to_owned).into();
    for word in WORDS {
        let first = f.store.search(word, &sections, None, 3).await;
        tell("hits", &first);
        tell("more", &f.store.search(word, &sections, first.unwrap().next.as_deref(), 50).await);
    }
    tell("tags", &f.store.tags(None, 50).await);
    tell("tags", &f.store.tags(Some("h"), 50).await);
    tell("sections", &f.store.sections().await);
    tell("redirects", &f.store.redirects(None, 50).await);
    tell("activity", &f.store.activity(&ActivityOf::default(), None, 200).await);
    told
}
