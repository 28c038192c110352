//! Half an hour of visitors on the whole cloud: they sign in, read, write, open tabs, come back after their tokens ended
//! and sign out, while an operator invalidates and the user pool rotates its keys. No answer may be another than the
//! one that a visitor expects.

mod browser;
mod cloud;
mod editor;
mod leaving;
mod operator;
mod page;
mod passer_by;
mod reader;
mod session;
mod standstill;
mod tally;

use std::sync::Arc;
use std::time::Duration;

use anyhow::ensure;
use tokio::task::JoinSet;
use tokio::time::{Instant, interval};

use crate::loss::{self, Told};
use crate::{setting, tell};
use cloud::Cloud;
use tally::Tally;

/// How long, in seconds, unless `SOAK_SECONDS` says otherwise.
const SECONDS: u64 = 1_800;
/// How many visitors there are at once, unless `SOAK_VISITORS` says otherwise.
const VISITORS: u64 = 8;
/// How often somebody who waits is told how far it is.
const TIDINGS: Duration = Duration::from_secs(30);

/// What the visitors share.
#[derive(Clone)]
struct Scene {
    cloud: Arc<Cloud>,
    tally: Arc<Tally>,
    until: Instant,
}

/// Runs it, and says what was seen.
///
/// # Errors
/// If any journey met what it did not expect, or an instance of the gate was lost.
pub(crate) async fn run() -> anyhow::Result<()> {
    let seconds = setting::number("SOAK_SECONDS", SECONDS)?;
    let visitors = setting::number("SOAK_VISITORS", VISITORS)?;
    let cloud = Arc::new(Cloud::start().await?);
    let until = Instant::now() + Duration::from_secs(seconds);
    let scene = Scene { cloud: Arc::clone(&cloud), tally: Arc::default(), until };
    let mut people = JoinSet::new();
    for number in 0..visitors {
        people.spawn(visitor(scene.clone(), number));
    }
    people.spawn(operator::invalidates(scene.clone()));
    people.spawn(operator::rotates_keys(scene.clone()));
    let tidings = tokio::spawn(report(scene.clone()));
    let tally = Arc::clone(&scene.tally);
    let watch = tokio::spawn(async move { tally.standstills.watch().await });
    while let Some(ended) = people.join_next().await {
        ended?;
    }
    tidings.abort();
    watch.abort();
    verdict(&scene, seconds)
}

/// One visitor after the other, each with a new browser and another errand.
async fn visitor(scene: Scene, number: u64) {
    let mut turn = number;
    while Instant::now() < scene.until {
        let Scene { cloud, tally, .. } = &scene;
        match turn % 4 {
            0 => tally.note("a reader", reader::reads(cloud, tally, turn).await),
            1 => tally.note("an editor", editor::writes(cloud, tally, turn).await),
            2 => tally.note("a reader with tabs", reader::opens_tabs(cloud, tally).await),
            _ => tally.note("a passer-by", passer_by::looks_around(cloud, tally).await),
        }
        turn += 1;
    }
}

async fn report(scene: Scene) {
    let mut ticks = interval(TIDINGS);
    loop {
        ticks.tick().await;
        let left = scene.until.saturating_duration_since(Instant::now());
        tell(&format!("{:.0?} left; {}", left, scene.tally));
    }
}

fn verdict(scene: &Scene, seconds: u64) -> anyhow::Result<()> {
    let Scene { cloud, tally, .. } = scene;
    let function = cloud.stack.function();
    let (losses, throttles) = (function.losses(), function.counts().throttles);
    tell(&cloud.account()?);
    tell(&format!("{seconds} seconds: {tally}; {}", tally.standstills));
    for loss in &losses {
        let whose = if loss::is_the_machines(loss) { "late through the machine" } else { "lost" };
        tell(&format!("{whose}: {}", Told(loss)));
    }
    let unexplained = losses.iter().filter(|loss| !loss::is_the_machines(loss)).count();
    let unexpected = tally.unexpected();
    ensure!(unexpected == 0, "{unexpected} journeys met what they did not expect");
    ensure!(unexplained == 0, "{unexplained} instances of the gate were lost");
    ensure!(!tally.proves_nothing(), "so many journeys were set aside that the others prove nothing");
    ensure!(throttles == 0, "{throttles} events were throttled");
    tell("no unexpected status");
    Ok(())
}
