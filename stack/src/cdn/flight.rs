//! Request collapsing: requests for one key that miss at the same time ask the origin once.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::watch;

use super::{cache_key::CacheKey, entry::Entry};

type Landed = Option<Arc<Entry>>;

/// The origin requests on their way, by cache key.
#[derive(Clone, Debug, Default)]
pub(super) struct Flights(Arc<Mutex<HashMap<CacheKey, watch::Receiver<Landed>>>>);

/// Whose turn it is to ask the origin.
pub(super) enum Turn {
    /// This request's: the others wait for it to land.
    Lead(Flight),
    /// Another's: this is what to wait for.
    Follow(Awaited),
}

/// A flight that this request leads. Dropping it sends its followers off on their own.
pub(super) struct Flight {
    flights: Flights,
    key: CacheKey,
    landed: watch::Sender<Landed>,
}

/// What a follower waits for.
pub(super) struct Awaited(watch::Receiver<Landed>);

impl Flights {
    /// Takes the lead for a key, or follows who has it.
    pub(super) fn join(&self, key: &CacheKey) -> Turn {
        let mut flights = self.lock();
        if let Some(running) = flights.get(key) {
            return Turn::Follow(Awaited(running.clone()));
        }
        let (landed, awaited) = watch::channel(None);
        flights.insert(key.clone(), awaited);
        Turn::Lead(Flight { flights: self.clone(), key: key.clone(), landed })
    }

    /// Lets nobody join the running flights of these keys: what they bring was asked for too early.
    pub(super) fn close(&self, named: impl Fn(&CacheKey) -> bool) {
        self.lock().retain(|key, _| !named(key));
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<CacheKey, watch::Receiver<Landed>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Flight {
    /// Hands the entry to all followers.
    pub(super) fn land(self, entry: Arc<Entry>) {
        self.landed.send_replace(Some(entry));
    }
}

impl Drop for Flight {
    fn drop(&mut self) {
        let mut flights = self.flights.lock();
        // After `close`, the key may belong to a later flight.
        if flights.get(&self.key).is_some_and(|running| running.same_channel(&self.landed.subscribe())) {
            flights.remove(&self.key);
        }
    }
}

impl Awaited {
    /// The entry; `None` if the leader brought nothing that can be shared.
    pub(super) async fn entry(mut self) -> Landed {
        self.0.wait_for(Option::is_some).await.ok().and_then(|landed| landed.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lead(flights: &Flights, key: &CacheKey) -> Flight {
        match flights.join(key) {
            Turn::Lead(flight) => flight,
            Turn::Follow(_) => panic!("somebody else leads"),
        }
    }

    fn follow(flights: &Flights, key: &CacheKey) -> Awaited {
        match flights.join(key) {
            Turn::Follow(awaited) => awaited,
            Turn::Lead(_) => panic!("nobody leads"),
        }
    }

    #[tokio::test]
    async fn a_leader_that_fails_frees_its_followers() {
        let (flights, key) = (Flights::default(), CacheKey::plain("/a"));
        let leader = lead(&flights, &key);
        let follower = follow(&flights, &key);
        drop(leader);
        assert!(follower.entry().await.is_none());
        drop(lead(&flights, &key));
    }

    #[tokio::test]
    async fn a_closed_flight_lands_for_its_own_followers_only() {
        let (flights, key) = (Flights::default(), CacheKey::plain("/a"));
        let early = lead(&flights, &key);
        flights.close(|_| true);
        let late = lead(&flights, &key);
        drop(early);
        let follower = follow(&flights, &key);
        drop(late);
        assert!(follower.entry().await.is_none());
    }
}
