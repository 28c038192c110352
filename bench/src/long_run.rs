//! Resident memory over 100,000 events of one instance, most of them with a token that it does not remember.

use crate::function::Function;
use crate::warm::events;

/// After so many events.
const LOOKS: [usize; 4] = [1_000, 10_000, 50_000, 100_000];

/// Pairs of events answered and kB.
pub(crate) fn resident(gate: &Function, tokens: &[String]) -> anyhow::Result<Vec<(usize, u32)>> {
    let events = events(gate.layout, tokens);
    let observation = gate.run(&events, 100_000, &LOOKS)?;
    Ok(observation.looks.iter().map(|look| (look.answered, look.resident)).collect())
}
