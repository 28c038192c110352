//! Several who write at once, and several programs that begin at once.

use backend::store::{Expected, Imported, SaveKind, Store, StoreError};
use content::wire::NewEntry;

use crate::conformance::fixture::{Fixture, ada, ambient, ben, body};

const WRITERS: usize = 12;

async fn at_once<T, W>(f: &Fixture, write: impl Fn(usize, Store) -> W) -> Vec<T>
where
    T: Send + 'static,
    W: Future<Output = T> + Send + 'static,
{
    let tasks: Vec<_> = (0..WRITERS).map(|number| tokio::spawn(write(number, f.store.clone()))).collect();
    let mut results = Vec::new();
    for task in tasks {
        results.push(task.await.unwrap());
    }
    results
}

pub(crate) async fn one_of_many_writers_of_a_version_wins(f: Fixture) {
    let id = f.titled("x").await.summary.id;
    let results = at_once(&f, |number, store| {
        let id = id.clone();
        async move {
            store
                .save_entry(&ben(), &id, &body(&format!("{number}")), SaveKind::Save, &Expected::version(1))
                .await
        }
    })
    .await;
    let (won, lost): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
    assert_eq!(won.len(), 1);
    assert!(lost.iter().all(|lost| matches!(lost, Err(StoreError::VersionMismatch(_)))), "{lost:?}");
    assert_eq!(f.read(&id).await, won.into_iter().next().unwrap().unwrap());
}

pub(crate) async fn nobody_who_writes_at_once_is_lost(f: Fixture) {
    let id = f.titled("x").await.summary.id;
    let results = at_once(&f, |number, store| {
        let id = id.clone();
        async move {
            for round in 0..5 {
                let text = body(&format!("{number} {round}"));
                store.save_entry(&ada(), &id, &text, SaveKind::Save, &Expected::Any).await?;
                store
                    .create_entry(
                        &ada(),
                        &NewEntry { title: format!("{number}-{round}"), ..NewEntry::default() },
                        &Imported::default(),
                    )
                    .await?;
            }
            Ok::<(), StoreError>(())
        }
    })
    .await;
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    assert_eq!(f.read(&id).await.summary.version, 1 + 5 * WRITERS as i64);
    let revisions = f.store.revisions(&id, None, 200).await.unwrap();
    assert_eq!(revisions.items.len(), 1 + 5 * WRITERS);
    let list = f.store.entries(&Default::default(), Default::default(), None, 200).await.unwrap();
    assert_eq!((list.items.len(), list.total), (1 + 5 * WRITERS, Some(1 + 5 * WRITERS as u64)));
}

pub(crate) async fn an_address_is_taken_once_by_many_at_once(f: Fixture) {
    let new = NewEntry { title: "Same".into(), slug: Some("same".into()), ..NewEntry::default() };
    let results = at_once(&f, |_, store| {
        let new = new.clone();
        async move { store.create_entry(&ada(), &new, &Imported::default()).await }
    })
    .await;
    let (made, refused): (Vec<_>, Vec<_>) = results.into_iter().partition(Result::is_ok);
    assert_eq!(made.len(), 1);
    assert!(
        refused.iter().all(|refused| matches!(refused, Err(StoreError::PathTaken { .. }))),
        "{refused:?}"
    );
    let results = at_once(&f, |_, store| async move {
        store
            .create_entry(
                &ada(),
                &NewEntry { title: "Numbered".into(), ..NewEntry::default() },
                &Imported::default(),
            )
            .await
    })
    .await;
    let taken = results.iter().filter(|result| result.is_err()).count();
    assert!(taken < WRITERS / 2, "slugs from titles are tried anew: {results:?}");
}

pub(crate) async fn migrating_at_once_is_migrating_once(f: Fixture) {
    let tasks: Vec<_> = (0..6)
        .map(|_| {
            let url = f.empty.clone();
            tokio::spawn(async move { Store::migrate(&url).await })
        })
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    let store = Store::open(&f.empty, ambient(&Default::default())).await.unwrap();
    assert_eq!(store.sections().await.unwrap().len(), 1);
    store.close().await;
}

pub(crate) async fn a_database_without_tables_is_told(f: Fixture) {
    let opened = Store::open(&f.empty, ambient(&Default::default())).await;
    assert!(matches!(opened, Err(StoreError::NotMigrated { found: 0, expected: 3 })), "{opened:?}");
    f.store.ready().await.unwrap();
    f.store.close().await;
    assert!(matches!(f.store.ready().await, Err(StoreError::Unavailable(_))));
}
