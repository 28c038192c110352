//! Guessing made slow, as Cognito does it: five free attempts, then a lock that doubles from one second to 15 minutes.

use std::collections::HashMap;

const FREE_ATTEMPTS: u32 = 5;
const LONGEST_LOCK_SECONDS: u64 = 900;

#[derive(Default)]
struct Failures {
    count: u32,
    locked_until: u64,
}

/// Failures by what was guessed at: a password, a code.
#[derive(Default)]
pub(crate) struct Throttle(HashMap<String, Failures>);

impl Throttle {
    /// Seconds to wait before the next attempt counts.
    pub(crate) fn wait(&self, subject: &str, now: u64) -> Option<u64> {
        let until = self.0.get(subject)?.locked_until;
        (until > now).then(|| until - now)
    }

    pub(crate) fn failed(&mut self, subject: &str, now: u64) {
        self.0.retain(|_, failures| failures.locked_until + LONGEST_LOCK_SECONDS > now);
        let failures = self.0.entry(subject.to_owned()).or_default();
        failures.count += 1;
        let lock = match failures.count.checked_sub(FREE_ATTEMPTS) {
            None => 0,
            Some(extra) => 1_u64.checked_shl(extra).unwrap_or(u64::MAX).min(LONGEST_LOCK_SECONDS),
        };
        failures.locked_until = now + lock;
    }

    pub(crate) fn succeeded(&mut self, subject: &str) {
        self.0.remove(subject);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fifth_failure_locks_and_the_lock_doubles() {
        let mut throttle = Throttle::default();
        for _ in 0..4 {
            throttle.failed("a", 100);
            assert_eq!(throttle.wait("a", 100), None);
        }
        throttle.failed("a", 100);
        assert_eq!(throttle.wait("a", 100), Some(1));
        assert_eq!(throttle.wait("a", 101), None);
        assert_eq!(throttle.wait("b", 100), None);
        throttle.failed("a", 101);
        assert_eq!(throttle.wait("a", 101), Some(2));
        for _ in 0..100 {
            throttle.failed("a", 200);
        }
        assert_eq!(throttle.wait("a", 200), Some(900));
    }

    #[test]
    fn success_or_a_quarter_of_an_hour_forgets() {
        let mut throttle = Throttle::default();
        for _ in 0..5 {
            throttle.failed("a", 100);
            throttle.failed("b", 100);
        }
        throttle.succeeded("a");
        assert_eq!(throttle.wait("a", 100), None);
        throttle.failed("b", 100 + 1 + 900);
        assert_eq!(throttle.wait("b", 100 + 1 + 900), None);
    }
}
