//! What happened so far.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::standstill::{Standstills, StoodStill};

/// One journey in so many may be set aside.
const PROOF: u64 = 10;

/// Counts, and what went wrong.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) standstills: Standstills,
    counts: Mutex<Counts>,
}

#[derive(Default)]
struct Counts {
    journeys: BTreeMap<&'static str, u64>,
    statuses: BTreeMap<u16, u64>,
    unexpected: u64,
    set_aside: u64,
}

impl Tally {
    /// Notes how a journey ended.
    pub(super) fn note(&self, journey: &'static str, ended: anyhow::Result<()>) {
        let mut counts = self.counts();
        *counts.journeys.entry(journey).or_default() += 1;
        match ended {
            Err(error) if error.is::<StoodStill>() => {
                crate::tell(&format!("set aside, {journey}: {error:#}"));
                counts.set_aside += 1;
            }
            Err(error) => {
                crate::tell(&format!("unexpected, {journey}: {error:#}"));
                counts.unexpected += 1;
            }
            Ok(()) => {}
        }
    }

    /// Notes an answer.
    pub(super) fn answered(&self, status: u16) {
        *self.counts().statuses.entry(status).or_default() += 1;
    }

    /// How many journeys went wrong.
    pub(super) fn unexpected(&self) -> u64 {
        self.counts().unexpected
    }

    /// Whether so many journeys were set aside that the others prove nothing: more than one in [`PROOF`].
    pub(super) fn proves_nothing(&self) -> bool {
        let counts = self.counts();
        counts.set_aside * PROOF > counts.journeys.values().sum()
    }

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.counts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = self.counts();
        let list = |pairs: Vec<String>| pairs.join(", ");
        let journeys = counts.journeys.iter().map(|(name, count)| format!("{name} {count}")).collect();
        let statuses = counts.statuses.iter().map(|(status, count)| format!("{status} {count}")).collect();
        write!(f, "journeys: {}; answers by status: {}", list(journeys), list(statuses))?;
        write!(f, "; unexpected: {}; set aside: {}", counts.unexpected, counts.set_aside)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_journey_in_ten_may_be_set_aside() {
        let tally = Tally::default();
        tally.counts().journeys.insert("a reader", 2 * PROOF);
        tally.counts().set_aside = 2;
        assert!(!tally.proves_nothing());
        tally.counts().set_aside = 3;
        assert!(tally.proves_nothing());
    }
}
