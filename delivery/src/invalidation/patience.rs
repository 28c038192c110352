//! How long something is waited for, and how often it is asked about.

use std::time::Duration;

/// Pauses that grow from the first to the longest, until their sum is about the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    first: Duration,
    longest: Duration,
    whole: Duration,
}

impl Patience {
    /// So many minutes: asked again after a fifth of a second at first, later every five seconds.
    #[must_use]
    pub const fn minutes(minutes: u64) -> Patience {
        Patience::lasting(Duration::from_secs(minutes * 60))
    }

    /// The same, for a time of another length.
    #[must_use]
    pub const fn lasting(whole: Duration) -> Patience {
        Patience { first: Duration::from_millis(200), longest: Duration::from_secs(5), whole }
    }

    /// The same, asked again after `first` at first.
    #[must_use]
    pub const fn from_first(self, first: Duration) -> Patience {
        Patience { first, ..self }
    }

    /// How long it lasts.
    #[must_use]
    pub const fn whole(self) -> Duration {
        self.whole
    }

    /// The pauses.
    pub(super) fn pauses(self) -> impl Iterator<Item = Duration> + Send {
        let growing =
            std::iter::successors(Some(self.first), move |pause| Some((*pause * 2).min(self.longest)));
        growing.scan(Duration::ZERO, move |waited, pause| {
            *waited += pause;
            (*waited < self.whole).then_some(pause)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patience_ends() {
        let whole = Duration::from_secs(30 * 60);
        let all: Vec<_> = Patience::minutes(30).pauses().collect();
        let sum: Duration = all.iter().sum();
        assert!(sum < whole && sum + Duration::from_secs(5) >= whole, "{sum:?}");
        assert_eq!(all[..3], [200, 400, 800].map(Duration::from_millis));
        assert_eq!(all.last(), Some(&Duration::from_secs(5)));
        let quick = Patience::minutes(1).from_first(Duration::from_millis(20));
        assert_eq!(quick.pauses().next(), Some(Duration::from_millis(20)));
    }
}
