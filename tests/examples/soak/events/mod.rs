//! A million events through one instance: every answer as expected, and memory that stays flat.

mod case;
mod event;
mod ground;
mod memory;
mod mix;

use anyhow::{Context, bail, ensure};
use tokio::time::Instant;

use crate::loss::Told;
use crate::{setting, tell};
use ground::Ground;
use memory::Memory;
use mix::Mix;

/// How many events, unless `SOAK_EVENTS` says otherwise.
const EVENTS: u64 = 1_000_000;
/// Fewer would end while the gate's bounded memory still fills.
const FEWEST: u64 = 100_000;
/// How often the process is looked at, in looks a run.
const LOOKS: u64 = 1_000;
/// How often somebody who waits is told how far it is, in times a run.
const TIDINGS: u64 = 20;

/// Runs it, and says what was seen.
///
/// # Errors
/// At the first answer that is not as expected, or if the memory grew.
pub(crate) async fn run() -> anyhow::Result<()> {
    let events = setting::number("SOAK_EVENTS", EVENTS)?;
    ensure!(events >= FEWEST, "SOAK_EVENTS: expected at least {FEWEST}, found {events}");
    tell("signing tokens");
    let ground = Ground::prepare().await?;
    let mut mix = Mix::new(&ground.sessions);
    let mut memory = Memory::default();
    let begun = Instant::now();
    for number in 0..events {
        let case = mix.case(number);
        let answer = ground.host.invoke(case.event.as_bytes()).await;
        let answer = answer.with_context(|| format!("event {number}: {}", case.event))?;
        case.check(&answer).with_context(|| format!("event {number}: {}", case.event))?;
        mix.learn(&answer);
        if (number + 1) % (events / LOOKS) == 0 {
            memory.look(ground.process()?)?;
        }
        if (number + 1) % (events / TIDINGS) == 0 {
            let kilobytes = memory.latest();
            tell(&format!("{} events, {kilobytes} kB resident, {:.0?}", number + 1, begun.elapsed()));
        }
    }
    if let Some(loss) = ground.host.losses().first() {
        bail!("the instance was lost: {}", Told(loss));
    }
    let cold_starts = ground.host.counts().cold_starts;
    ensure!(cold_starts == 1, "expected one instance, found {cold_starts}");
    let took = begun.elapsed();
    tell(&format!("answered as expected: {}", mix.tally()));
    tell(&format!(
        "{events} events through one instance in {took:.0?}, all as expected; {}",
        memory.verdict()?
    ));
    Ok(())
}
