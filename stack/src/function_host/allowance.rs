//! The time that an event may take, counted as long as this machine runs.
//!
//! While the machine stands still – suspended, or too busy to run even the host – the function gets nothing done and the
//! host does not hear it. Lambda's limit is about the function: such a time must not end it.

use std::time::Duration;

use tokio::time::{Instant, sleep};

/// In how many steps a limit is counted.
const BEATS: u32 = 100;

/// What is left of an event's time.
#[derive(Debug)]
pub(super) struct Allowance {
    limit: Duration,
    left: Duration,
}

impl Allowance {
    pub(super) fn new(limit: Duration) -> Self {
        Self { limit, left: limit }
    }

    pub(super) fn limit(&self) -> Duration {
        self.limit
    }

    /// Waits until nothing is left. If dropped before, it has counted all but the last beat.
    pub(super) async fn used_up(&mut self) {
        while !self.left.is_zero() {
            let begun = Instant::now();
            sleep(self.beat().min(self.left)).await;
            self.spend(begun.elapsed());
        }
    }

    fn beat(&self) -> Duration {
        self.limit / BEATS
    }

    /// A beat that came a beat late or more was held up by the machine.
    fn spend(&mut self, passed: Duration) {
        self.left = self.left.saturating_sub(passed.min(2 * self.beat()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn beats_that_are_on_time_use_it_up() {
        let mut allowance = Allowance::new(SECOND);
        for _ in 0..BEATS - 1 {
            allowance.spend(SECOND / BEATS);
        }
        assert_eq!(allowance.left, SECOND / BEATS);
        allowance.spend(SECOND / BEATS);
        assert!(allowance.left.is_zero());
    }

    #[test]
    fn a_slow_timer_prolongs_nothing() {
        let mut allowance = Allowance::new(SECOND);
        for _ in 0..BEATS / 2 {
            allowance.spend(2 * SECOND / BEATS);
        }
        assert!(allowance.left.is_zero());
    }

    #[test]
    fn a_standstill_counts_as_two_beats_however_long_it_is() {
        let mut allowance = Allowance::new(SECOND);
        allowance.spend(3_600 * SECOND);
        assert_eq!(allowance.left, SECOND - 2 * SECOND / BEATS);
    }
}
