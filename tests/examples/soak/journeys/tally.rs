//! What happened so far.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Counts, and what went wrong.
#[derive(Default)]
pub(super) struct Tally(Mutex<Counts>);

#[derive(Default)]
struct Counts {
    journeys: BTreeMap<&'static str, u64>,
    statuses: BTreeMap<u16, u64>,
    unexpected: u64,
}

impl Tally {
    /// Notes how a journey ended.
    pub(super) fn note(&self, journey: &'static str, ended: anyhow::Result<()>) {
        let mut counts = self.counts();
        *counts.journeys.entry(journey).or_default() += 1;
        if let Err(error) = ended {
            crate::tell(&format!("unexpected, {journey}: {error:#}"));
            counts.unexpected += 1;
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

    fn counts(&self) -> MutexGuard<'_, Counts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counts = self.counts();
        let list = |pairs: Vec<String>| pairs.join(", ");
        let journeys = counts.journeys.iter().map(|(name, count)| format!("{name} {count}")).collect();
        let statuses = counts.statuses.iter().map(|(status, count)| format!("{status} {count}")).collect();
        write!(f, "journeys: {}; answers by status: {}", list(journeys), list(statuses))?;
        write!(f, "; unexpected: {}", counts.unexpected)
    }
}
