//! Fetching an object for the cache: asking, revalidating, compressing, storing.

use std::{sync::Arc, sync::atomic::Ordering::Relaxed, time::Duration};

use axum::body::Body;
use bytes::Bytes;
use http::{HeaderMap, Response, StatusCode, header};

use super::{
    answer::{ERROR, HIT, MISS, REFRESH_HIT, chain, page_headers, received_headers},
    behavior::Behavior,
    cache::Asked,
    cache_key::CacheKey,
    edge::Edge,
    encoding::{Accepted, Coding, compressible},
    entry::Entry,
    flight::Flight,
    freshness::{number, time_to_live},
    origin::{OriginError, OriginRequest},
    origin_response_call::OriginAsk,
    refusal::Refusal,
    request_body::beginning,
};

/// Larger answers stream past the cache, in bytes.
const LARGEST_OBJECT: usize = 32 * 1024 * 1024;

/// What is to be fetched.
pub(super) struct Fetch {
    pub(super) behavior: Arc<Behavior>,
    pub(super) key: CacheKey,
    /// What the cache holds past its time.
    pub(super) stale: Option<Arc<Entry>>,
    pub(super) accepted: Accepted,
    pub(super) request_id: String,
    pub(super) flight: Option<Flight>,
    /// What the origin is asked, for the function that may change its answer.
    pub(super) ask: Option<OriginAsk>,
}

/// What came of it.
pub(super) enum Fetched {
    /// A whole answer, stored if it may be.
    Whole { entry: Arc<Entry>, x_cache: &'static str, reason: Option<String> },
    /// An answer that is not for the cache; its body is still coming.
    Streaming(Response<Body>),
}

impl Edge {
    pub(super) async fn fetch(
        &self,
        mut fetch: Fetch,
        mut request: OriginRequest,
    ) -> Result<Fetched, Refusal> {
        if let Some(stale) = fetch.stale.as_ref().filter(|stale| stale.has_validator()) {
            stale.condition(&mut request.headers);
        }
        let asked = self.cache.asked();
        self.counters.origin_requests.fetch_add(1, Relaxed);
        let response = match fetch.behavior.origin.send(request, &self.client).await {
            Ok(response) => response,
            Err(error) => return Ok(self.without_origin(fetch, asked, error)),
        };
        let (mut parts, body) = response.into_parts();
        parts.headers = received_headers(parts.headers, &fetch.behavior);
        let response = Response::from_parts(parts, body);
        let (parts, body) = self.changed(&fetch.behavior, fetch.ask.take(), response).await?.into_parts();
        let fresh_for = self.fresh_for(&fetch, parts.status, &parts.headers);
        match &fetch.stale {
            Some(stale) if parts.status == StatusCode::NOT_MODIFIED => {
                let renewed = stale.renewed(&parts.headers, self.clock.now(), fresh_for.unwrap_or_default());
                return Ok(self.keep(fetch, asked, renewed, REFRESH_HIT, None));
            }
            // An origin in trouble does not take away what readers have.
            Some(stale) if parts.status.is_server_error() => {
                let reason = Some(format!("served stale: the origin answered {}", parts.status.as_u16()));
                return Ok(Fetched::Whole { entry: Arc::clone(stale), x_cache: HIT, reason });
            }
            _ => {}
        }
        let coding = fetch.accepted.coding().filter(|_| fetch.behavior.compress);
        let coding = coding.filter(|_| compressible(parts.status, &parts.headers));
        let large =
            number(&parts.headers, &header::CONTENT_LENGTH).is_some_and(|l| l > LARGEST_OBJECT as u64);
        if (fresh_for.is_none() && coding.is_none()) || large || parts.status == StatusCode::PARTIAL_CONTENT {
            return Ok(self.stream(&fetch, Response::from_parts(parts, body)));
        }
        let origin = fetch.behavior.origin.id.clone();
        let cut = |source| Refusal::Origin(OriginError::Cut { origin, source });
        let begun = beginning(body, LARGEST_OBJECT).await.map_err(cut)?;
        if !begun.complete {
            return Ok(self.stream(&fetch, Response::from_parts(parts, begun.whole)));
        }
        let entry = self.entry(parts.status, parts.headers, begun.bytes, coding, fresh_for).await;
        Ok(match fresh_for {
            Some(_) => self.keep(fetch, asked, entry, MISS, None),
            None => Fetched::Whole { entry: Arc::new(entry), x_cache: MISS, reason: None },
        })
    }

    fn fresh_for(&self, fetch: &Fetch, status: StatusCode, headers: &HeaderMap) -> Option<Duration> {
        time_to_live(status, headers, &fetch.behavior.cache_policy, &self.errors, self.clock.now())
    }

    /// An answer that may not be kept also ends what was kept before it.
    fn stream(&self, fetch: &Fetch, response: Response<Body>) -> Fetched {
        self.cache.forget(&fetch.key);
        Fetched::Streaming(response)
    }

    fn keep(
        &self,
        fetch: Fetch,
        asked: Asked,
        entry: Entry,
        x_cache: &'static str,
        reason: Option<String>,
    ) -> Fetched {
        let entry = Arc::new(entry);
        self.cache.store(fetch.key, Arc::clone(&entry), asked);
        if let Some(flight) = fetch.flight {
            flight.land(Arc::clone(&entry));
        }
        Fetched::Whole { entry, x_cache, reason }
    }

    /// The origin gave no answer: what is kept serves on, else the error is kept for a while.
    fn without_origin(&self, fetch: Fetch, asked: Asked, error: OriginError) -> Fetched {
        let reason = Some(chain(&error));
        if let Some(stale) = fetch.stale {
            return Fetched::Whole { entry: stale, x_cache: HIT, reason };
        }
        let refusal = Refusal::Origin(error);
        let status = refusal.status();
        let page = refusal.page(&fetch.request_id);
        let headers = page_headers();
        let fresh_for = self.fresh_for(&fetch, status, &headers);
        let received = self.clock.now();
        let fresh = fresh_for.unwrap_or_default();
        let entry =
            Entry { status, headers, body: page.into(), origin_etag: None, received, fresh_for: fresh };
        match fresh_for {
            Some(_) => self.keep(fetch, asked, entry, ERROR, reason),
            None => Fetched::Whole { entry: Arc::new(entry), x_cache: ERROR, reason },
        }
    }

    async fn entry(
        &self,
        status: StatusCode,
        mut headers: HeaderMap,
        mut body: Bytes,
        coding: Option<Coding>,
        fresh_for: Option<Duration>,
    ) -> Entry {
        let origin_etag = headers.get(header::ETAG).cloned();
        if let Some(coding) = coding {
            let plain = body.clone();
            let compressed = tokio::task::spawn_blocking(move || coding.compress(&plain)).await;
            // Neither coding fails on memory; without one the object goes out as it is.
            if let Ok(Ok(compressed)) = compressed {
                coding.mark(&mut headers, compressed.len());
                body = compressed;
            }
        }
        let fresh_for = fresh_for.unwrap_or_default();
        Entry { status, headers, body, origin_etag, received: self.clock.now(), fresh_for }
    }
}
