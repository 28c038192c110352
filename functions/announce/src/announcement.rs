//! The announcement of one manifest: its invalidations, and when all of them are completed.

use std::time::Duration;

use delivery::{Batches, Delay, Distribution, InvalidationError, Patience};

/// How long room for an invalidation is waited for.
const FOR_ROOM: Patience = Patience::minutes(3);
/// How long its completion is waited for: together with the above less than the fifteen minutes of a Lambda function.
const FOR_COMPLETION: Patience = Patience::minutes(10).from_first(Duration::from_millis(20));

/// Creates all invalidations, then waits for each. Gives the id of the last one; none where nothing is to be forgotten.
pub(crate) async fn announce(
    distribution: &Distribution,
    batches: &Batches,
) -> Result<Option<String>, InvalidationError> {
    let mut created = Vec::new();
    for batch in &batches.batches {
        created.push(distribution.invalidate(batch, FOR_ROOM, told).await?);
    }
    for invalidation in &created {
        distribution.completed(invalidation, FOR_COMPLETION, told).await?;
    }
    Ok(created.pop().map(|invalidation| invalidation.id))
}

/// Whether another attempt may succeed, so that Lambda shall make one.
pub(crate) fn is_passing(error: &InvalidationError) -> bool {
    match error {
        InvalidationError::NoRoom(_) | InvalidationError::Slow { .. } => true,
        InvalidationError::Call(error) => {
            error.is_transient() || error.fault() == delivery::Fault::Credentials
        }
    }
}

fn told(delay: Delay<'_>) {
    match delay {
        Delay::NoRoom => tracing::warn!("CloudFront has no room for another invalidation yet"),
        Delay::Transient(error) => tracing::warn!(%error, "CloudFront is asked again"),
    }
}
