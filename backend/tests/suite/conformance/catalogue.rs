//! What publishing relies on: the lease, batches, the ledger, and lists of what is published.

use backend::publishing::{Catalogue, LedgerRow, ListId, REMOVED, SortKey};
use content::wire::{
    ChangedEntry, EntryId, NewEntry, Problem, ProblemType, ReleaseId, ReleaseState, SectionOrder, Timestamp,
};

use crate::conformance::fixture::{Fixture, ada, body};

fn time(seconds: u32) -> Timestamp {
    Timestamp(format!("2026-11-26T13:00:{seconds:02}.000Z"))
}

fn problem() -> Problem {
    Problem {
        kind: ProblemType::Unavailable,
        title: "no".into(),
        status: 503,
        detail: None,
        errors: Vec::new(),
        current: None,
        items: Vec::new(),
    }
}

async fn state(f: &Fixture, id: &ReleaseId) -> ReleaseState {
    f.store.release(id).await.unwrap().unwrap().state
}

async fn release_of(f: &Fixture, entry: &EntryId) -> ReleaseId {
    f.read(entry).await.summary.release.unwrap().id
}

pub(crate) async fn a_lease_has_one_holder(f: Fixture) {
    let take = async |owner, now, until| f.store.take_lease(owner, &time(now), &time(until)).await.unwrap();
    assert!(take("a", 0, 10).await);
    assert!(!take("b", 9, 20).await);
    assert!(take("a", 9, 15).await);
    assert!(!take("b", 14, 20).await);
    assert!(take("b", 15, 25).await, "it has ended");
    assert!(!take("a", 16, 30).await);
    f.store.return_lease("a").await.unwrap();
    assert!(!take("c", 16, 30).await, "only its holder gives it back");
    f.store.return_lease("b").await.unwrap();
    assert!(take("c", 16, 30).await);
}

pub(crate) async fn releases_go_from_queued_to_live(f: Fixture) {
    let (first, second) = (f.titled("a").await.summary.id, f.titled("b").await.summary.id);
    f.publish(&first).await;
    f.publish(&second).await;
    f.save(&first, ChangedEntry { slug: Some("c".into()), ..ChangedEntry::default() }).await;
    f.publish(&first).await;
    let batch = f.store.take_batch("b1", 2, &time(1)).await.unwrap().unwrap();
    assert_eq!((batch.id.as_str(), batch.attempt, batch.releases.len()), ("b1", 1, 2));
    assert_eq!(batch.releases[0].entry.as_ref(), Some(&first));
    assert_eq!(batch.releases[0].before, None);
    f.store.placed("b1", &["/a/".to_owned()], &time(2)).await.unwrap();
    let rest = f.store.take_batch("b2", 200, &time(3)).await.unwrap().unwrap();
    assert_eq!(rest.releases[0].before.as_ref().unwrap().path, "/a/");
    let waiting = f.store.announcing().await.unwrap();
    assert_eq!(
        (waiting.len(), waiting[0].attempt, &waiting[0].since, waiting[0].releases.len()),
        (1, 1, &time(2), 2)
    );
    assert_eq!(f.store.announce_again("b1", &time(4)).await.unwrap(), 2);
    assert_eq!(f.store.announcing().await.unwrap()[0].since, time(4));
    f.store.live("b1", &time(5)).await.unwrap();
    assert!(f.store.announcing().await.unwrap().is_empty());
    let release = f.store.release(&batch.releases[1].id).await.unwrap().unwrap();
    assert_eq!((release.state, release.paths.as_slice()), (ReleaseState::Live, &["/a/".to_owned()][..]));
    use ReleaseState::{Announcing, Live, Placing, Queued};
    let steps: Vec<_> = release.steps.iter().map(|step| step.name).collect();
    assert_eq!(steps, [Queued, Placing, Announcing, Live]);
    assert_eq!(release.steps[3].at, time(5));
    assert_eq!(state(&f, &rest.releases[0].id).await, Placing);
}

pub(crate) async fn a_batch_that_was_left_is_taken_up_again(f: Fixture) {
    assert_eq!(f.store.take_batch("b0", 200, &time(0)).await.unwrap(), None);
    let id = f.titled("a").await.summary.id;
    f.publish(&id).await;
    let first = f.store.take_batch("b1", 200, &time(1)).await.unwrap().unwrap();
    let again = f.store.take_batch("b2", 200, &time(2)).await.unwrap().unwrap();
    assert_eq!((again.id.as_str(), again.attempt, &again.releases), ("b1", 2, &first.releases));
    let steps = f.store.release(&first.releases[0].id).await.unwrap().unwrap().steps;
    assert_eq!(steps.len(), 2, "taking it up again is no new step");
}

pub(crate) async fn failures_can_be_tried_again(f: Fixture) {
    let (good, bad) = (f.titled("a").await.summary.id, f.titled("b").await.summary.id);
    f.publish(&good).await;
    f.publish(&bad).await;
    let release = release_of(&f, &bad).await;
    assert!(matches!(
        f.store.retry_release(&ada(), &release).await,
        Err(backend::store::StoreError::Conflict(_))
    ));
    f.store.take_batch("b1", 200, &time(1)).await.unwrap();
    f.store.failed(std::slice::from_ref(&release), &problem(), &time(2)).await.unwrap();
    let failed = f.store.release(&release).await.unwrap().unwrap();
    assert_eq!((failed.state, failed.problem), (ReleaseState::Failed, Some(problem())));
    let rest = f.store.take_batch("b2", 200, &time(3)).await.unwrap().unwrap();
    assert_eq!((rest.id.as_str(), rest.releases.len()), ("b1", 1));
    f.store.placed("b1", &[], &time(4)).await.unwrap();
    let again = f.store.retry_release(&ada(), &release).await.unwrap();
    assert_eq!((again.state, again.problem), (ReleaseState::Queued, None));
    let batch = f.store.take_batch("b3", 200, &time(5)).await.unwrap().unwrap();
    assert_eq!(batch.releases[0].failed_batch.as_deref(), Some("b1"));
    // A batch of which nothing is left is not taken up.
    f.store.failed(&[release], &problem(), &time(6)).await.unwrap();
    assert_eq!(f.store.take_batch("b4", 200, &time(7)).await.unwrap(), None);
}

pub(crate) async fn a_later_release_ends_an_earlier_one(f: Fixture) {
    let id = f.titled("a").await.summary.id;
    f.publish(&id).await;
    let first = release_of(&f, &id).await;
    f.store.take_batch("b1", 200, &time(1)).await.unwrap();
    f.store.failed(std::slice::from_ref(&first), &problem(), &time(2)).await.unwrap();
    f.save(&id, body("more")).await;
    f.publish(&id).await;
    f.store.take_batch("b2", 200, &time(3)).await.unwrap();
    f.store.placed("b2", &[], &time(4)).await.unwrap();
    assert_eq!(state(&f, &first).await, ReleaseState::Failed);
    f.store.live("b2", &time(5)).await.unwrap();
    let overtaken = f.store.release(&first).await.unwrap().unwrap();
    assert_eq!((overtaken.state, overtaken.problem), (ReleaseState::Live, None));
}

pub(crate) async fn the_ledger_says_what_stands(f: Fixture) {
    let row = |key: &str, fingerprint: &str| LedgerRow { key: key.into(), fingerprint: fingerprint.into() };
    let keys: Vec<String> = (0..600).map(|number| format!("site/{number:03}")).collect();
    let rows: Vec<_> = keys.iter().map(|key| row(key, "1")).collect();
    f.store.write_ledger("b1", &rows).await.unwrap();
    f.store.write_ledger("b2", &[row("site/000", "2"), row("site/001", REMOVED)]).await.unwrap();
    let mut found = f.store.ledger(&keys).await.unwrap();
    found.sort_by(|a, b| a.key.cmp(&b.key));
    assert_eq!((found.len(), &found[0], &found[2]), (600, &row("site/000", "2"), &row("site/002", "1")));
    assert_eq!(f.store.changed_by("b2").await.unwrap(), ["site/000", "site/001"]);
    f.store.adopt("b2", "b3").await.unwrap();
    assert_eq!(f.store.changed_by("b3").await.unwrap().len(), 2);
    f.store.live("b3", &time(1)).await.unwrap();
    assert_eq!(f.store.changed_by("b3").await.unwrap(), ["site/000"], "what was removed is forgotten");
    assert_eq!(f.store.keys_after("site/597", 9).await.unwrap(), ["site/598", "site/599"]);
    assert_eq!(f.store.keys_after("", 1).await.unwrap(), ["site/000"]);
}

pub(crate) async fn lists_are_cut_by_rank(f: Fixture) {
    f.section("/news/").await;
    let mut ids = Vec::new();
    for number in 0..9_i64 {
        let new = NewEntry {
            title: format!("t{}", (number * 5) % 9),
            tags: Some(if number % 2 == 0 { vec!["even".into(), "all".into()] } else { vec!["all".into()] }),
            order: Some(-number),
            no_index: Some(number == 3),
            ..NewEntry::default()
        };
        let id = f.create(new).await.summary.id;
        f.publish(&id).await;
        ids.push(id);
    }
    let front = NewEntry {
        title: "Front".into(),
        slug: Some(String::new()),
        tags: Some(vec!["all".into()]),
        ..NewEntry::default()
    };
    let front = f.create(front).await.summary.id;
    f.publish(&front).await;
    let news = ListId::section("/news/");
    let found = async |list: &ListId, order, from, limit| {
        let range = f.store.range(list, order, from, limit).await.unwrap();
        range.into_iter().map(|entry| entry.title().to_owned()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(f.store.length(&news).await.unwrap(), 9);
    assert_eq!(found(&news, SectionOrder::Newest, 0, 3).await, "t0 t5 t1");
    assert_eq!(found(&news, SectionOrder::Newest, 6, 3).await, "t3 t8 t4");
    assert_eq!(found(&news, SectionOrder::Newest, 8, 30).await, "t4");
    assert_eq!(found(&news, SectionOrder::Newest, 9, 3).await, "");
    assert_eq!(found(&news, SectionOrder::Title, 1, 3).await, "t1 t2 t3");
    assert_eq!(found(&news, SectionOrder::Manual, 0, 2).await, "t4 t8");
    let even = ListId::tag("/news/", "even");
    assert_eq!(f.store.length(&even).await.unwrap(), 5);
    assert_eq!(found(&even, SectionOrder::Newest, 1, 2).await, "t1 t2");
    assert_eq!(Catalogue::tags(&f.store, "/news/", 5).await.unwrap(), ["all", "even"]);
    let fifth = f.store.published(&ids[4..5]).await.unwrap().remove(0).standing;
    for (order, rank) in [(SectionOrder::Newest, 4), (SectionOrder::Manual, 4), (SectionOrder::Title, 2)] {
        assert_eq!(f.store.rank(&news, &fifth.sort_key(order)).await.unwrap(), rank, "{order:?}");
    }
    // The fifth of nine: t2, between t1 and t3 by title, and between t6 and t7 by time.
    for (order, names) in [
        (SectionOrder::Newest, ["t6", "t7"]),
        (SectionOrder::Manual, ["t7", "t6"]),
        (SectionOrder::Title, ["t1", "t3"]),
    ] {
        let beside = f.store.neighbours("/news/", &fifth.sort_key(order)).await.unwrap();
        let beside = beside.map(|entry| entry.unwrap().1);
        assert_eq!(beside, names, "{order:?}");
    }
    assert_eq!(
        f.store.neighbours("/news/", &SortKey::Title("t8".into(), ids[7].clone())).await.unwrap()[1],
        None
    );
    assert_eq!(f.store.rank(&even, &fifth.sort_key(SectionOrder::Newest)).await.unwrap(), 2);
    let beyond = SortKey::Title("zz".into(), ids[0].clone());
    assert_eq!(f.store.rank(&news, &beyond).await.unwrap(), 9);
    let public = ["/news/".to_owned()];
    assert_eq!(
        f.store.sitemap_length(&public).await.unwrap(),
        9,
        "with the front page, without what is not indexed"
    );
    assert_eq!(f.store.sitemap_rank(&public, &fifth.sort_key(SectionOrder::Newest)).await.unwrap(), 3);
    let part = f.store.sitemap_range(&public, 3, 2).await.unwrap();
    assert_eq!(
        part.iter().map(|location| location.path.as_str()).collect::<Vec<_>>(),
        ["/news/t2/", "/news/t7/"]
    );
    assert_eq!(f.store.sitemap_length(&[]).await.unwrap(), 0);
    let page = f.store.paths_after(ids[7].as_str(), 5).await.unwrap();
    assert_eq!(page.len(), 2);
}

pub(crate) async fn pages_that_link_are_known(f: Fixture) {
    let target = f.titled("Target").await.summary.id;
    f.publish(&target).await;
    let linking = f.titled("Linking").await.summary.id;
    f.save(&linking, body(&format!("[a](entry:{target}#top)"))).await;
    let known = async || Catalogue::linking(&f.store, std::slice::from_ref(&target)).await.unwrap();
    assert!(known().await.is_empty(), "a draft is no page");
    f.publish(&linking).await;
    f.save(&linking, body("no more, in the working copy")).await;
    assert_eq!(known().await, ["/linking/"]);
    f.publish(&linking).await;
    assert!(known().await.is_empty());
}
