//! How long a session still lasts, in words: to the minute while there is time, to the second at the end.

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
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

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

    /// Words for the eye: `2 hours 5 minutes left`, `4 minutes 59 seconds left`.
    pub fn wording(self) -> String {
        match self.0 {
            0 => "ending now".to_owned(),
            left if left < MINUTE => format!("{} left", count(left, "second")),
            left if left < 5 * MINUTE => pair(left / MINUTE, "minute", left % MINUTE, "second"),
            left if left < HOUR => format!("{} left", count(left / MINUTE, "minute")),
            left if left < DAY => pair(left / HOUR, "hour", left % HOUR / MINUTE, "minute"),
            left => pair(left / DAY, "day", left % DAY / HOUR, "hour"),
        }
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
    /// Words for the ear.
    pub fn wording(self) -> &'static str {
        match self {
            Self::FifteenMinutes => "Your session ends in 15 minutes.",
            Self::FiveMinutes => "Your session ends in 5 minutes.",
            Self::OneMinute => "Your session ends in one minute.",
        }
    }
}

fn pair(large: i64, large_name: &str, small: i64, small_name: &str) -> String {
    match small {
        0 => format!("{} left", count(large, large_name)),
        _ => format!("{} {} left", count(large, large_name), count(small, small_name)),
    }
}

fn count(number: i64, name: &str) -> String {
    format!("{number} {name}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wording(seconds: i64) -> String {
        Remaining(seconds).wording()
    }

    #[test]
    fn is_worded_by_its_size() {
        assert_eq!(wording(1), "1 second left");
        assert_eq!(wording(59), "59 seconds left");
        assert_eq!(wording(60), "1 minute left");
        assert_eq!(wording(61), "1 minute 1 second left");
        assert_eq!(wording(299), "4 minutes 59 seconds left");
        assert_eq!(wording(300), "5 minutes left");
        assert_eq!(wording(3_599), "59 minutes left");
        assert_eq!(wording(3_600), "1 hour left");
        assert_eq!(wording(7_500), "2 hours 5 minutes left");
        assert_eq!(wording(86_399), "23 hours 59 minutes left");
        assert_eq!(wording(90_000), "1 day 1 hour left");
    }

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
        assert_eq!(wording(0), "ending now");
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
