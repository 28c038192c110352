//! Events that failed for good: what the dead-letter queue holds on AWS.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;

/// An event that failed for good.
#[derive(Clone, Debug, PartialEq)]
pub struct FailedEvent {
    /// The function, such as `announce`.
    pub function: String,
    /// The event.
    pub event: Value,
    /// How often it was tried.
    pub attempts: u32,
    /// What the last try came to.
    pub error: String,
}

/// All of them, oldest first. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct FailedEvents(Arc<Mutex<Vec<FailedEvent>>>);

impl FailedEvents {
    /// Those so far.
    #[must_use]
    pub fn all(&self) -> Vec<FailedEvent> {
        self.lock().clone()
    }

    /// Takes them out.
    #[must_use]
    pub fn take(&self) -> Vec<FailedEvent> {
        std::mem::take(&mut *self.lock())
    }

    pub(super) fn add(&self, event: FailedEvent) {
        tracing::error!(
            function = event.function,
            attempts = event.attempts,
            "an event failed for good: {}",
            event.error
        );
        self.lock().push(event);
    }

    fn lock(&self) -> MutexGuard<'_, Vec<FailedEvent>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
