//! Taking batches to CloudFront: waiting for room where too many paths are in progress, then for completion.

use std::time::Duration;

use tokio::time::sleep;

use super::batch::Batch;
use crate::aws::{AwsError, Distribution, Invalidation};
use crate::failure::NextStep;
use crate::report::Report;

/// What CloudFront says while there is no room.
const NO_ROOM: &str = "TooManyInvalidationsInProgress";
/// The time between two questions grows from the first to the second; most invalidations take about a minute.
const FIRST_PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// How long is waited for anything; CloudFront goes on without us.
const PATIENCE: Duration = Duration::from_secs(30 * 60);

/// Why an invalidation is not done.
#[derive(Debug, thiserror::Error)]
pub enum InvalidationError {
    /// A call failed.
    #[error(transparent)]
    Aws(#[from] AwsError),
    /// The distribution's other invalidations leave no room.
    #[error("CloudFront has had no room for another invalidation for half an hour")]
    NoRoom,
    /// It takes too long.
    #[error("the invalidation {id} is still in progress after half an hour")]
    Slow {
        /// Its id.
        id: String,
    },
}

impl NextStep for InvalidationError {
    fn next_step(&self) -> String {
        match self {
            InvalidationError::Aws(error) => error.next_step(),
            InvalidationError::NoRoom => {
                "run the command again when the distribution's other invalidations are completed".to_owned()
            }
            InvalidationError::Slow { .. } => {
                "nothing: CloudFront completes it by itself; its state is in the CloudFront console"
                    .to_owned()
            }
        }
    }
}

/// Creates the invalidation of a batch, as soon as there is room for it.
///
/// # Errors
///
/// When CloudFront refuses it, or has no room for half an hour.
pub async fn create(
    distribution: &Distribution,
    batch: &Batch,
    report: &Report,
) -> Result<Invalidation, InvalidationError> {
    let mut pauses = pauses();
    let mut waiting = None;
    loop {
        let paths = batch.paths.iter().map(ToString::to_string).collect();
        match distribution.invalidate(&batch.reference, paths).await {
            Err(error) if error.is(NO_ROOM) => {}
            done => return Ok(done?),
        }
        waiting.get_or_insert_with(|| report.waiting("waiting for the distribution's other invalidations"));
        sleep(pauses.next().ok_or(InvalidationError::NoRoom)?).await;
    }
}

/// Waits until all of these are completed.
///
/// # Errors
///
/// When a call fails, or one takes longer than half an hour.
pub async fn wait(
    distribution: &Distribution,
    invalidations: &[Invalidation],
    report: &Report,
) -> Result<(), InvalidationError> {
    let open: Vec<_> = invalidations.iter().filter(|invalidation| !invalidation.completed).collect();
    if open.is_empty() {
        return Ok(());
    }
    let _waiting = report.waiting("waiting until no edge location holds the old pages");
    for invalidation in open {
        let mut pauses = pauses();
        while !distribution.invalidation(&invalidation.id).await?.completed {
            let pause =
                pauses.next().ok_or_else(|| InvalidationError::Slow { id: invalidation.id.clone() })?;
            sleep(pause).await;
        }
    }
    Ok(())
}

/// Growing pauses whose sum is about the patience.
fn pauses() -> impl Iterator<Item = Duration> {
    let growing = std::iter::successors(Some(FIRST_PAUSE), |pause| Some((*pause * 2).min(LONGEST_PAUSE)));
    growing.scan(Duration::ZERO, |waited, pause| {
        *waited += pause;
        (*waited < PATIENCE).then_some(pause)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patience_ends_after_half_an_hour() {
        let all: Vec<_> = pauses().collect();
        let sum: Duration = all.iter().sum();
        assert!(sum < PATIENCE && sum + LONGEST_PAUSE >= PATIENCE, "{sum:?}");
        assert_eq!(all[..3], [200, 400, 800].map(Duration::from_millis));
        assert_eq!(all.last(), Some(&LONGEST_PAUSE));
    }
}
