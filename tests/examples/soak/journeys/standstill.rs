//! When the machine stood still, as far as the run can tell: a beat that comes late says that nothing here went on.
//!
//! The gate gives the user pool 4 s by the clock. Where the machine itself let some of them pass, the gate answers 503 as
//! it should, and that visitor's journey says nothing about it.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

/// Between two beats. One that comes later than a whole beat is noted.
const BEAT: Duration = Duration::from_millis(50);
/// Shorter standstills explain nothing: the user pool answers in far less than what they leave of the gate's 4 s.
const EXPLAINS: Duration = Duration::from_secs(1);

/// The standstills so far.
#[derive(Default)]
pub(super) struct Standstills(Mutex<Beats>);

#[derive(Default)]
struct Beats {
    next: Option<Instant>,
    late: Vec<(Instant, Instant)>,
}

/// A journey that met a standstill.
#[derive(Debug, thiserror::Error)]
#[error("the machine stood still for {0:.2?} before the gate gave up")]
pub(super) struct StoodStill(Duration);

impl Standstills {
    /// Beats, until dropped.
    pub(super) async fn watch(&self) {
        loop {
            let due = Instant::now() + BEAT;
            self.beats().next = Some(due);
            sleep_until(due).await;
            self.beats().came(Instant::now());
        }
    }

    /// Why the gate gave up between question and answer, if a standstill is the reason.
    pub(super) fn explanation(&self, asked_at: Instant, answered_at: Instant) -> Option<StoodStill> {
        let for_long = self.beats().late_between(asked_at, answered_at);
        (for_long >= EXPLAINS).then_some(StoodStill(for_long))
    }

    fn beats(&self) -> MutexGuard<'_, Beats> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Beats {
    fn came(&mut self, now: Instant) {
        if let Some(due) = self.next.take().filter(|due| now - *due > BEAT) {
            self.late.push((due, now));
        }
    }

    /// For how long of this time nothing went on. The beat that is due counts, too: whoever asks may be quicker than it.
    fn late_between(&self, from: Instant, to: Instant) -> Duration {
        let pending = self.next.filter(|due| to.saturating_duration_since(*due) > BEAT).map(|due| (due, to));
        let late = self.late.iter().copied().chain(pending);
        late.map(|(began, ended)| ended.min(to).saturating_duration_since(began.max(from))).sum()
    }
}

impl fmt::Display for Standstills {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let beats = self.beats();
        let lengths = || beats.late.iter().map(|(began, ended)| *ended - *began);
        let (sum, longest) = (lengths().sum::<Duration>(), lengths().max().unwrap_or_default());
        write!(f, "the machine stood still for {sum:.1?} in all, {longest:.1?} at most")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_late_by_more_than_a_beat_is_noted() {
        let due = Instant::now();
        let mut beats = Beats::default();
        for (late, noted) in [(BEAT, 0), (BEAT + Duration::from_nanos(1), 1)] {
            beats.next = Some(due);
            beats.came(due + late);
            assert_eq!(beats.late.len(), noted);
        }
    }

    #[test]
    fn only_the_time_asked_about_counts() {
        let begun = Instant::now();
        let at = |seconds| begun + Duration::from_secs(seconds);
        let beats = Beats { next: None, late: vec![(at(1), at(3)), (at(5), at(9))] };
        for (from, to, seconds) in [(0, 1, 0), (0, 2, 1), (0, 10, 6), (2, 6, 2), (9, 10, 0)] {
            assert_eq!(beats.late_between(at(from), at(to)), Duration::from_secs(seconds), "{from} to {to}");
        }
    }

    #[test]
    fn a_standstill_that_has_just_ended_counts() {
        let due = Instant::now();
        let beats = Beats { next: Some(due), late: Vec::new() };
        assert_eq!(beats.late_between(due, due + BEAT), Duration::ZERO);
        assert_eq!(beats.late_between(due, due + EXPLAINS), EXPLAINS);
    }

    #[test]
    fn only_a_long_standstill_explains_something() {
        let asked_at = Instant::now();
        let is_explained = |stood_still: Duration| {
            let answered_at = asked_at + stood_still;
            let beats = Beats { next: None, late: vec![(asked_at, answered_at)] };
            Standstills(Mutex::new(beats)).explanation(asked_at, answered_at).is_some()
        };
        assert!(is_explained(EXPLAINS));
        assert!(!is_explained(EXPLAINS - Duration::from_nanos(1)));
    }
}
