//! A distribution, and taking invalidations to it: waiting for room where too much is in progress, then for completion.
//!
//! The SDK's own waiter asks every twenty seconds and ends at the first answer that it does not expect. Here a completed
//! invalidation is seen within a fifth of a second, and throttling or trouble of CloudFront's own is waited out.

use aws_sdk_cloudfront::Client;
use aws_sdk_cloudfront::types::{InvalidationBatch, Paths};
use tokio::time::sleep;

use super::batch::Batch;
use super::patience::Patience;
use crate::call_error::CallError;

/// A distribution, by its id.
#[derive(Debug, Clone)]
pub struct Distribution {
    client: Client,
    id: String,
}

/// An invalidation that CloudFront has taken on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalidation {
    /// Its id.
    pub id: String,
    /// Whether no edge location holds any more what it names.
    pub completed: bool,
}

/// Why an invalidation has to wait.
#[derive(Debug)]
pub enum Delay<'a> {
    /// The distribution's other invalidations leave no room.
    NoRoom,
    /// A call failed, and is tried again.
    Transient(&'a CallError),
}

/// Why an invalidation is not done.
#[derive(Debug, thiserror::Error)]
pub enum InvalidationError {
    /// A call failed for good, or again and again.
    #[error(transparent)]
    Call(#[from] CallError),
    /// The distribution's other invalidations leave no room.
    #[error("CloudFront has had no room for another invalidation for {} minutes", minutes(*.0))]
    NoRoom(Patience),
    /// It takes too long.
    #[error("the invalidation {id} is still in progress after {} minutes", minutes(*.patience))]
    Slow {
        /// Its id.
        id: String,
        /// How long it was waited for.
        patience: Patience,
    },
}

fn minutes(patience: Patience) -> u64 {
    patience.whole().as_secs().div_ceil(60)
}

impl Distribution {
    /// The distribution of this id; nothing is called yet.
    #[must_use]
    pub fn new(client: Client, id: impl Into<String>) -> Distribution {
        Distribution { client, id: id.into() }
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The client that it is reached with.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Creates the invalidation of a batch, as soon as there is room for it. The same reference with the same targets
    /// gives the invalidation that was created before, so this may be repeated at will. `on_delay` is told why it takes
    /// longer.
    ///
    /// # Errors
    ///
    /// When CloudFront refuses it, or the patience ends.
    pub async fn invalidate(
        &self,
        batch: &Batch,
        patience: Patience,
        mut on_delay: impl FnMut(Delay<'_>),
    ) -> Result<Invalidation, InvalidationError> {
        let mut pauses = patience.pauses();
        loop {
            let error = match self.create(batch).await {
                Ok(created) => return Ok(created),
                Err(Refusal::NoRoom) => {
                    on_delay(Delay::NoRoom);
                    InvalidationError::NoRoom(patience)
                }
                Err(Refusal::Call(error)) if error.is_transient() => {
                    on_delay(Delay::Transient(&error));
                    error.into()
                }
                Err(Refusal::Call(error)) => return Err(error.into()),
            };
            let Some(pause) = pauses.next() else { return Err(error) };
            sleep(pause).await;
        }
    }

    /// Waits until an invalidation is completed. A question that fails for a passing reason is asked again.
    ///
    /// # Errors
    ///
    /// When CloudFront refuses to tell, or the patience ends.
    pub async fn completed(
        &self,
        invalidation: &Invalidation,
        patience: Patience,
        mut on_delay: impl FnMut(Delay<'_>),
    ) -> Result<(), InvalidationError> {
        let mut pauses = patience.pauses();
        let mut is_completed = invalidation.completed;
        while !is_completed {
            let slow = || InvalidationError::Slow { id: invalidation.id.clone(), patience };
            sleep(pauses.next().ok_or_else(slow)?).await;
            is_completed = match self.invalidation(&invalidation.id).await {
                Ok(asked) => asked.completed,
                Err(error) if error.is_transient() => {
                    on_delay(Delay::Transient(&error));
                    false
                }
                Err(error) => return Err(error.into()),
            };
        }
        Ok(())
    }

    /// How far an invalidation is.
    ///
    /// # Errors
    ///
    /// When the call fails.
    pub async fn invalidation(&self, id: &str) -> Result<Invalidation, CallError> {
        let doing = || format!("looking at the invalidation {id} of the distribution {}", self.id);
        let answer = self.client.get_invalidation().distribution_id(&self.id).id(id).send().await;
        let answer = answer.map_err(|error| CallError::new(doing(), error))?;
        let invalidation =
            answer.invalidation.ok_or_else(|| CallError::incomplete(doing(), "invalidation"))?;
        Ok(Invalidation { completed: is_completed(&invalidation.status), id: invalidation.id })
    }

    async fn create(&self, batch: &Batch) -> Result<Invalidation, Refusal> {
        let doing =
            || format!("invalidating {} targets of the distribution {}", batch.targets.len(), self.id);
        let items: Vec<String> = batch.targets.iter().map(ToString::to_string).collect();
        let quantity = i32::try_from(items.len()).unwrap_or(i32::MAX);
        let paths = Paths::builder().quantity(quantity).set_items(Some(items)).build();
        let request = paths.and_then(|paths| {
            InvalidationBatch::builder().paths(paths).caller_reference(&batch.reference).build()
        });
        let request = request.map_err(|_| CallError::incomplete(doing(), "target"))?;
        let request = self.client.create_invalidation().distribution_id(&self.id).invalidation_batch(request);
        let answer = request.send().await.map_err(|error| {
            match error.as_service_error().is_some_and(|error| error.is_too_many_invalidations_in_progress())
            {
                true => Refusal::NoRoom,
                false => Refusal::Call(CallError::new(doing(), error)),
            }
        })?;
        let invalidation =
            answer.invalidation.ok_or_else(|| CallError::incomplete(doing(), "invalidation"))?;
        Ok(Invalidation { completed: is_completed(&invalidation.status), id: invalidation.id })
    }
}

/// Why CloudFront did not take an invalidation on.
enum Refusal {
    NoRoom,
    Call(CallError),
}

impl From<CallError> for Refusal {
    fn from(error: CallError) -> Refusal {
        Refusal::Call(error)
    }
}

/// moto writes it in capitals, CloudFront as `Completed`.
fn is_completed(status: &str) -> bool {
    status.eq_ignore_ascii_case("completed")
}
