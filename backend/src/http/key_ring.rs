//! The keys of the user pool: baked in, or fetched and fetched again when a token names one that is not known.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, PoisonError, RwLock};

use cognito::Jwks;
use time::{Duration, OffsetDateTime};
use tokio::sync::Mutex;

/// How long after fetching the keys they are not fetched again, so that forged tokens do not make us ask all the time.
const COOL_DOWN: Duration = Duration::seconds(10);

/// A fetch of the keys.
pub type Fetching = Pin<Box<dyn Future<Output = Result<Jwks, FetchError>> + Send>>;

/// Why the keys could not be fetched.
#[derive(Debug, Clone, thiserror::Error)]
#[error("the user pool's keys could not be fetched: {0}")]
pub struct FetchError(pub String);

/// Fetches the keys.
pub type Fetch = Arc<dyn Fn() -> Fetching + Send + Sync>;

/// The keys as they are known.
pub struct KeyRing {
    known: RwLock<Arc<Jwks>>,
    fetch: Option<Fetch>,
    fetched: Mutex<Option<OffsetDateTime>>,
}

impl KeyRing {
    /// Keys that stay as they are.
    #[must_use]
    pub fn baked(keys: Jwks) -> KeyRing {
        KeyRing { known: RwLock::new(Arc::new(keys)), fetch: None, fetched: Mutex::new(None) }
    }

    /// Keys that are fetched when the first token comes.
    #[must_use]
    pub fn fetched(fetch: Fetch) -> KeyRing {
        KeyRing { fetch: Some(fetch), ..KeyRing::baked(Jwks::default()) }
    }

    /// The keys, asked for anew where `kid` is not among them and they were not asked for just now.
    ///
    /// # Errors
    /// When no keys are known at all and they cannot be fetched.
    pub(crate) async fn holding(&self, kid: &str, now: OffsetDateTime) -> Result<Arc<Jwks>, FetchError> {
        let known = self.known();
        let Some(fetch) = self.fetch.as_ref().filter(|_| !known.contains(kid)) else { return Ok(known) };
        let mut fetched = self.fetched.lock().await;
        let known = self.known();
        let just_now = fetched.is_some_and(|at| now - at < COOL_DOWN);
        if known.contains(kid) || (just_now && !known.is_empty()) {
            return Ok(known);
        }
        match fetch().await {
            Ok(keys) => {
                *fetched = Some(now);
                let keys = Arc::new(keys);
                *self.known.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&keys);
                Ok(keys)
            }
            Err(error) if known.is_empty() => Err(error),
            Err(error) => {
                tracing::warn!(%error, "the keys that are known are used further");
                *fetched = Some(now);
                Ok(known)
            }
        }
    }

    fn known(&self) -> Arc<Jwks> {
        Arc::clone(&self.known.read().unwrap_or_else(PoisonError::into_inner))
    }
}

impl std::fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeyRing").field("keys", &self.known().len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn keys(kid: &str) -> Jwks {
        let n = format!("{}w", "_".repeat(341));
        let json = format!(
            r#"{{"keys":[{{"kid":"{kid}","kty":"RSA","use":"sig","alg":"RS256","n":"{n}","e":"AQAB"}}]}}"#
        );
        Jwks::parse(json.as_bytes()).unwrap()
    }

    #[tokio::test]
    async fn an_unknown_key_is_asked_for_once_within_the_cool_down() {
        let asked = Arc::new(AtomicUsize::new(0));
        let counter = Arc::clone(&asked);
        let ring = KeyRing::fetched(Arc::new(move || {
            counter.fetch_add(1, Ordering::SeqCst);
            Box::pin(async { Ok(keys("k1")) })
        }));
        let start = OffsetDateTime::UNIX_EPOCH;
        assert!(ring.holding("k1", start).await.unwrap().contains("k1"));
        for _ in 0..3 {
            assert!(
                !ring.holding("k2", start + COOL_DOWN - Duration::MILLISECOND).await.unwrap().contains("k2")
            );
        }
        assert_eq!(asked.load(Ordering::SeqCst), 1);
        ring.holding("k2", start + COOL_DOWN).await.unwrap();
        assert_eq!(asked.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn without_any_keys_it_is_no_forgery_but_an_outage() {
        let ring = KeyRing::fetched(Arc::new(|| Box::pin(async { Err(FetchError("down".to_owned())) })));
        assert!(ring.holding("k1", OffsetDateTime::UNIX_EPOCH).await.is_err());
    }
}
