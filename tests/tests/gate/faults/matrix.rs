//! Every cell of the table.

use std::sync::Arc;
use std::time::Duration;

use gate::log::Event;
use gate::reason::Reason;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::afterwards;
use super::encounter::{Encounter, meet};
use super::scene::Scene;
use super::seen::Seen;
use super::table::{Row, TABLE};
use super::visitor::{Visit, Visitor};

/// How long the log may take to come through its pipe.
const LOGGED_WITHIN: Duration = Duration::from_secs(10);

/// All that is otherwise than the table says is told at once.
#[tokio::test(flavor = "multi_thread")]
async fn every_visitor_sees_what_the_table_says() {
    let mut rows = JoinSet::new();
    for row in TABLE {
        rows.spawn(check(row));
    }
    let problems: Vec<String> = rows.join_all().await.concat();
    assert!(problems.is_empty(), "{} cells are otherwise:\n{}", problems.len(), problems.join("\n"));
}

async fn check(row: Row) -> Vec<String> {
    let scene = Arc::new(Scene::of(row.fault).await);
    let mut visits = Vec::new();
    for visitor in Visitor::ALL {
        visits.push(visitor.comes(&scene.world, row.fault.tabs()).await);
    }
    scene.begin();
    let met = meet_all(&scene, &visits).await;
    scene.end();
    let mut problems = Vec::new();
    for ((visit, met), expected) in visits.iter().zip(&met).zip(row.seen) {
        let cell = match is_seen(visit, met, expected) {
            Ok(()) => afterwards::goes_on(&scene, visit, met, expected).await,
            problem => problem,
        };
        let cell = match cell {
            Ok(()) => is_logged(&row, visit, met, expected).await,
            problem => problem,
        };
        problems
            .extend(cell.err().map(|problem| format!("{:?} x {:?}: {problem}", row.fault, visit.visitor)));
    }
    problems
}

/// All of them at once; with many tabs, one visitor after the other: fifty processes at a time are enough.
async fn meet_all(scene: &Arc<Scene>, visits: &[Visit]) -> Vec<Encounter> {
    let turns = Arc::new(Semaphore::new(if scene.fault.tabs() > 1 { 1 } else { visits.len() }));
    let meetings: Vec<_> = visits
        .iter()
        .map(|visit| {
            let (scene, visit, turns) = (Arc::clone(scene), visit.clone(), Arc::clone(&turns));
            tokio::spawn(async move {
                let _turn = turns.acquire().await.unwrap();
                meet(&scene, &visit).await
            })
        })
        .collect();
    let mut met = Vec::new();
    for meeting in meetings {
        met.push(meeting.await.unwrap());
    }
    met
}

/// The first sees one thing, all others another; who is the first is not said.
fn is_seen(visit: &Visit, met: &Encounter, expected: Seen) -> Result<(), String> {
    let seen = met.came.iter().map(|(target, came)| Seen::of(came, visit, target));
    let mut seen = seen.collect::<Result<Vec<_>, _>>()?;
    let (first, others) = expected.each();
    let mut right = vec![others; met.came.len() - 1];
    right.push(first);
    seen.sort_unstable();
    right.sort_unstable();
    seen.dedup_by(|a, b| a == b && first == others);
    right.dedup_by(|a, b| a == b && first == others);
    if seen == right { Ok(()) } else { Err(format!("expected {expected:?}, found {seen:?}")) }
}

async fn is_logged(row: &Row, visit: &Visit, met: &Encounter, expected: Seen) -> Result<(), String> {
    let mut lines = Vec::new();
    lines.extend(
        row.log.filter(|(visitor, ..)| *visitor == visit.visitor).map(|(_, event, reason)| (event, reason)),
    );
    match expected {
        Seen::NotRevoked => lines.push((Event::SignOut, Reason::SignedOutWithoutRevocation)),
        Seen::SignedOut => lines.push((Event::SignOut, Reason::SignedOut)),
        _ => {}
    }
    for (event, reason) in lines {
        let logged = timeout(LOGGED_WITHIN, met.gate.logged(event, reason)).await;
        logged.map_err(|_| format!("expected {event} {reason} in the log, found {}", met.gate.output()))?;
    }
    Ok(())
}
