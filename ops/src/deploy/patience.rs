//! How often AWS is asked whether something is finished: soon at first, then less and less; and how long in vain.

use std::time::Duration;

use super::DeployError;
use crate::moment::Moment;

const FIRST: Duration = Duration::from_millis(50);
const LONGEST: Duration = Duration::from_secs(5);
/// For so long something may be silent. CloudFront takes a quarter of an hour, a certificate until somebody has made its
/// records.
const SILENCE: Duration = Duration::from_secs(60 * 60);

/// The pauses between questions about one thing.
#[derive(Debug)]
pub struct Patience {
    what: String,
    since: Moment,
    pause: Duration,
    waited: Duration,
}

impl Patience {
    /// For `what`, such as "the stack cms-production-site in eu-central-1".
    #[must_use]
    pub fn waiting_for(what: impl Into<String>) -> Patience {
        Patience { what: what.into(), since: Moment::now(), pause: FIRST, waited: Duration::ZERO }
    }

    /// Something has happened: it waits from now on, and says what it waits for since then.
    pub fn heard(&mut self, what: impl Into<String>) {
        *self = Patience::waiting_for(what);
    }

    /// Waits before the next question.
    ///
    /// # Errors
    ///
    /// When nothing has happened for an hour.
    pub async fn pause(&mut self) -> Result<(), DeployError> {
        let Some(pause) = self.next() else {
            return Err(DeployError::Silence { what: self.what.clone(), since: self.since });
        };
        tokio::time::sleep(pause).await;
        Ok(())
    }

    fn next(&mut self) -> Option<Duration> {
        let pause = self.pause;
        self.waited += pause;
        self.pause = (pause * 2).min(LONGEST);
        (self.waited <= SILENCE).then_some(pause)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_waits_for_an_hour_and_for_another_one_after_something_has_happened() {
        let pauses =
            |patience: &mut Patience| -> Vec<Duration> { std::iter::from_fn(|| patience.next()).collect() };
        let mut patience = Patience::waiting_for("it");
        let first = pauses(&mut patience);
        assert_eq!(first[..3], [50, 100, 200].map(Duration::from_millis));
        let sum: Duration = first.iter().sum();
        assert!(sum <= SILENCE && sum + LONGEST > SILENCE, "{sum:?}");
        assert_eq!(patience.next(), None);
        patience.heard("the rest of it");
        assert_eq!(pauses(&mut patience), first);
    }
}
