//! Taking batches to CloudFront, and telling why that takes longer.

use delivery::{Batch, Delay, Distribution, Invalidation, InvalidationError, Patience};

use crate::report::{Progress, Report};

/// Creates the invalidation of a batch, as soon as there is room for it.
///
/// # Errors
///
/// When CloudFront refuses it, or has no room for so long.
pub async fn create(
    distribution: &Distribution,
    batch: &Batch,
    patience: Patience,
    report: &Report,
) -> Result<Invalidation, InvalidationError> {
    let mut waiting = Waiting::default();
    distribution.invalidate(batch, patience, |delay| waiting.tell(&delay, report)).await
}

/// Waits until all of these are completed.
///
/// # Errors
///
/// When CloudFront refuses to tell, or one takes longer.
pub async fn wait(
    distribution: &Distribution,
    invalidations: &[Invalidation],
    patience: Patience,
    report: &Report,
) -> Result<(), InvalidationError> {
    if invalidations.iter().all(|invalidation| invalidation.completed) {
        return Ok(());
    }
    let _waiting = report.waiting("waiting until no edge location holds the old pages");
    let mut delays = Waiting::default();
    for invalidation in invalidations {
        distribution.completed(invalidation, patience, |delay| delays.tell(&delay, report)).await?;
    }
    Ok(())
}

/// What is waited for, said once for each reason.
#[derive(Default)]
struct Waiting {
    room: Option<Progress>,
    trouble: Option<Progress>,
}

impl Waiting {
    fn tell(&mut self, delay: &Delay<'_>, report: &Report) {
        match delay {
            Delay::NoRoom => {
                self.room.get_or_insert_with(|| {
                    report.waiting("waiting for the distribution's other invalidations")
                });
            }
            Delay::Transient(error) => {
                self.trouble.get_or_insert_with(|| {
                    report.waiting(format_args!("{error}; it is tried again for a while"))
                });
            }
        }
    }
}
