//! How long a session still lasts, and when that is worth saying.

/// Whole seconds until something ends; never negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Remaining(i64);

/// A point on the way to the end that is worth saying aloud. A screen reader hears these and nothing in between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Milestone {
    /// Fifteen minutes are left.
    FifteenMinutes,
    /// Five minutes are left.
    FiveMinutes,
    /// One minute is left.
    OneMinute,
}

const MINUTE: i64 = 60;

impl Remaining {
    /// What lies between two times in milliseconds; a begun second counts as a whole one.
    pub fn between(now: i64, end: i64) -> Self {
        let millis = end.saturating_sub(now).max(0);
        Self(millis / 1000 + i64::from(millis % 1000 > 0))
    }

    /// True once nothing is left.
    pub fn is_over(self) -> bool {
        self.0 == 0
    }

    /// Begun minutes.
    pub fn minutes(self) -> i64 {
        self.0 / MINUTE + i64::from(self.0 % MINUTE > 0)
    }

    /// The milestone passed since `before`, the nearest to the end if there were several (a laptop that slept).
    pub fn milestone_since(self, before: Self) -> Option<Milestone> {
        [
            (MINUTE, Milestone::OneMinute),
            (5 * MINUTE, Milestone::FiveMinutes),
            (15 * MINUTE, Milestone::FifteenMinutes),
        ]
        .into_iter()
        .find(|(limit, _)| self.0 > 0 && self.0 <= *limit && before.0 > *limit)
        .map(|(_, milestone)| milestone)
    }
}

impl Milestone {
    /// How many minutes are left then.
    pub fn minutes(self) -> i64 {
        match self {
            Self::FifteenMinutes => 15,
            Self::FiveMinutes => 5,
            Self::OneMinute => 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_begun_second_counts() {
        assert_eq!(Remaining::between(0, 1), Remaining(1));
        assert_eq!(Remaining::between(0, 1_000), Remaining(1));
        assert_eq!(Remaining::between(0, 1_001), Remaining(2));
    }

    #[test]
    fn is_over_at_its_end_and_not_a_millisecond_before() {
        assert!(!Remaining::between(999, 1_000).is_over());
        assert!(Remaining::between(1_000, 1_000).is_over());
        assert!(Remaining::between(i64::MAX, i64::MIN).is_over());
        assert_eq!([0, 1, 60, 61].map(|left| Remaining(left).minutes()), [0, 1, 1, 2]);
    }

    #[test]
    fn a_milestone_is_told_once() {
        let at = |before, now| Remaining(now).milestone_since(Remaining(before));
        assert_eq!(at(902, 901), None);
        assert_eq!(at(901, 900), Some(Milestone::FifteenMinutes));
        assert_eq!(at(900, 899), None);
        assert_eq!(at(301, 300), Some(Milestone::FiveMinutes));
        assert_eq!(at(61, 60), Some(Milestone::OneMinute));
    }

    #[test]
    fn after_sleep_only_the_nearest_milestone_is_told() {
        assert_eq!(Remaining(30).milestone_since(Remaining(5_000)), Some(Milestone::OneMinute));
        assert_eq!(Remaining(0).milestone_since(Remaining(5_000)), None);
    }
}
