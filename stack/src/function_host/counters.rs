//! How often instances started, were lost and were replaced: tests hold the host to these numbers.

use std::sync::atomic::{AtomicU64, Ordering};

/// How often things happened since the host started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Processes started.
    pub cold_starts: u64,
    /// Events handed to an instance.
    pub invocations: u64,
    /// Cold starts that took the place of an instance that had died or was ended for taking too long.
    pub restarts: u64,
    /// Events turned away because every instance was busy and the line was full.
    pub throttles: u64,
}

#[derive(Debug, Default)]
pub(super) struct Counters {
    cold_starts: AtomicU64,
    invocations: AtomicU64,
    restarts: AtomicU64,
    throttles: AtomicU64,
    not_yet_replaced: AtomicU64,
}

impl Counters {
    /// Counts a cold start and returns its number, from 1.
    pub(super) fn cold_start(&self) -> u64 {
        let replaces =
            self.not_yet_replaced.fetch_update(Ordering::AcqRel, Ordering::Acquire, |n| n.checked_sub(1));
        if replaces.is_ok() {
            self.restarts.fetch_add(1, Ordering::Relaxed);
        }
        self.cold_starts.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Counts an event and returns its number, from 1.
    pub(super) fn invoked(&self) -> u64 {
        self.invocations.fetch_add(1, Ordering::Relaxed) + 1
    }

    pub(super) fn lost(&self) {
        self.not_yet_replaced.fetch_add(1, Ordering::AcqRel);
    }

    pub(super) fn throttled(&self) {
        self.throttles.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn snapshot(&self) -> Counts {
        Counts {
            cold_starts: self.cold_starts.load(Ordering::Relaxed),
            invocations: self.invocations.load(Ordering::Relaxed),
            restarts: self.restarts.load(Ordering::Relaxed),
            throttles: self.throttles.load(Ordering::Relaxed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cold_start_is_a_restart_only_after_a_loss() {
        let counters = Counters::default();
        assert_eq!(counters.cold_start(), 1);
        assert_eq!(counters.snapshot().restarts, 0);
        counters.lost();
        assert_eq!(counters.cold_start(), 2);
        assert_eq!(counters.snapshot().restarts, 1);
        assert_eq!(counters.cold_start(), 3);
        assert_eq!(counters.snapshot().restarts, 1);
    }
}
