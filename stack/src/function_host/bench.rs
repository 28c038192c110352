//! Instances between events: those that wait for one, and those that have answered and are about to.
//!
//! A caller has its answer a moment before the instance asks for the next event. An event that comes in that moment
//! waits for the instance instead of paying for a cold start.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::timeout;

use super::instance::Instance;

/// What a cold start would take at least: nothing is gained by waiting longer.
const WORTH_WAITING: Duration = Duration::from_millis(50);

#[derive(Debug, Default)]
pub(super) struct Bench {
    seats: Mutex<Seats>,
    changed: Notify,
}

#[derive(Debug, Default)]
struct Seats {
    ready: Vec<Instance>,
    returning: usize,
    awaited: usize,
}

impl Bench {
    /// The instance used last, so that rarely needed ones stay cold, as on Lambda.
    pub(super) async fn take(&self) -> Option<Instance> {
        loop {
            let changed = self.changed.notified();
            {
                let mut seats = self.seats();
                if let Some(instance) = seats.ready.pop() {
                    return Some(instance);
                }
                if seats.returning <= seats.awaited {
                    return None;
                }
                seats.awaited += 1;
            }
            let waited = timeout(WORTH_WAITING, changed).await;
            self.seats().awaited -= 1;
            if waited.is_err() {
                return self.seats().ready.pop();
            }
        }
    }

    /// Announces an instance that has answered.
    pub(super) fn expect(&self) -> Returning<'_> {
        self.seats().returning += 1;
        Returning(self)
    }

    /// Takes every instance that waits for an event.
    pub(super) fn clear(&self) -> Vec<Instance> {
        std::mem::take(&mut self.seats().ready)
    }

    fn seats(&self) -> MutexGuard<'_, Seats> {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An instance that is about to ask for its next event; dropped if it never will.
#[derive(Debug)]
pub(super) struct Returning<'a>(&'a Bench);

impl Returning<'_> {
    pub(super) fn arrived(self, instance: Instance) {
        self.0.seats().ready.push(instance);
    }
}

impl Drop for Returning<'_> {
    fn drop(&mut self) {
        self.0.seats().returning -= 1;
        self.0.changed.notify_one();
    }
}
