//! A request after the function: from the cache, or from the origin.

use std::{sync::Arc, sync::atomic::Ordering::Relaxed};

use axum::body::Body;
use http::{HeaderMap, Method, Response, uri::PathAndQuery};

use super::{
    answer::{Answer, HIT, MISS, received_headers},
    behavior::Behavior,
    cache_key::CacheKey,
    edge::Edge,
    encoding::Accepted,
    entry::Entry,
    fetch::{Fetch, Fetched},
    flight::{Flight, Turn},
    forwarding::{ANSWERED_BY_THE_CACHE, ViewerFacts, origin_headers, query},
    origin::OriginRequest,
    origin_response_call::OriginAsk,
    refusal::Refusal,
};

/// A request that is to be answered with something of an origin.
pub(super) struct Exchange {
    pub(super) behavior: Arc<Behavior>,
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) query: String,
    pub(super) headers: HeaderMap,
    pub(super) body: Body,
    pub(super) accepted: Accepted,
    pub(super) facts: ViewerFacts,
}

impl Exchange {
    fn cache_key(&self) -> CacheKey {
        CacheKey::new(&self.behavior, &self.path, &self.query, &self.headers, self.accepted, &self.facts)
    }

    fn is_cacheable(&self) -> bool {
        self.behavior.cache_policy.max_ttl > 0
    }

    /// The request to the origin, with the body of this one.
    fn origin_request(&mut self) -> Result<OriginRequest, Refusal> {
        let behavior = &self.behavior;
        let (keyed, policy) =
            (&behavior.cache_policy.query_strings, &behavior.origin_request_policy.query_strings);
        let sent_query = query(&self.query, |name| keyed.contains(name) || policy.contains(name));
        let mark = if sent_query.is_empty() { "" } else { "?" };
        let target = format!("{}{}{mark}{sent_query}", behavior.origin.path, self.path);
        Ok(OriginRequest {
            method: self.method.clone(),
            target: PathAndQuery::try_from(target).map_err(|_| Refusal::Unsendable("uri or querystring"))?,
            headers: origin_headers(&self.headers, &self.method, behavior, self.accepted, &self.facts),
            body: std::mem::take(&mut self.body),
        })
    }
}

impl Edge {
    pub(super) async fn exchange(self: &Arc<Self>, exchange: Exchange) -> Result<Answer, Refusal> {
        let behavior = Arc::clone(&exchange.behavior);
        let mut answer = match exchange.method {
            Method::GET | Method::HEAD => self.read(exchange).await?,
            _ => self.pass(exchange).await?,
        };
        behavior.response_headers_policy.apply(answer.response.headers_mut());
        Ok(answer)
    }

    async fn read(self: &Arc<Self>, exchange: Exchange) -> Result<Answer, Refusal> {
        let key = exchange.cache_key();
        let found = self.cache.find(&key);
        let now = self.clock.now();
        if let Some(entry) = found.as_ref().filter(|entry| entry.is_fresh(now)) {
            let response = entry.answer(&exchange.method, &exchange.headers, Some(now));
            return Ok(Answer::of_origin(response, HIT, None));
        }
        if exchange.method == Method::HEAD {
            return self.pass(exchange).await;
        }
        if !exchange.is_cacheable() {
            return self.fetch_for(exchange, key, None, None).await;
        }
        match self.flights.join(&key) {
            Turn::Lead(flight) => match self.cache.find(&key).filter(|entry| entry.is_fresh(now)) {
                // Another flight landed between the look into the cache and this one.
                Some(entry) => {
                    let response = entry.answer(&exchange.method, &exchange.headers, Some(now));
                    flight.land(entry);
                    Ok(Answer::of_origin(response, HIT, None))
                }
                None => self.fetch_for(exchange, key, found, Some(flight)).await,
            },
            Turn::Follow(awaited) => match awaited.entry().await {
                Some(entry) => {
                    Ok(Answer::of_origin(entry.answer(&exchange.method, &exchange.headers, None), HIT, None))
                }
                // The leader's answer is nobody else's: from here on everyone asks alone.
                None => self.fetch_for(exchange, key, found, None).await,
            },
        }
    }

    /// Asks the origin for what the cache lacks. The fetch goes on if the viewer leaves: others may wait for it.
    async fn fetch_for(
        self: &Arc<Self>,
        mut exchange: Exchange,
        key: CacheKey,
        found: Option<Arc<Entry>>,
        flight: Option<Flight>,
    ) -> Result<Answer, Refusal> {
        let mut request = exchange.origin_request()?;
        if exchange.is_cacheable() {
            for name in ANSWERED_BY_THE_CACHE {
                request.headers.remove(name);
            }
        }
        let ask = OriginAsk::of(&exchange, &request);
        let fetch = Fetch {
            ask,
            behavior: Arc::clone(&exchange.behavior),
            key,
            stale: found.filter(|entry| entry.status.is_success()),
            accepted: exchange.accepted,
            request_id: exchange.facts.request_id.clone(),
            flight,
        };
        let edge = Arc::clone(self);
        let fetched = tokio::spawn(async move { edge.fetch(fetch, request).await }).await;
        match fetched.map_err(|_| Refusal::FetchLost)?? {
            Fetched::Whole { entry, x_cache, reason } => {
                let shown = (x_cache == HIT).then(|| self.clock.now());
                let response = entry.answer(&exchange.method, &exchange.headers, shown);
                Ok(Answer::of_origin(response, x_cache, reason))
            }
            Fetched::Streaming(response) => Ok(Answer::of_origin(response, MISS, None)),
        }
    }

    /// Sends a request through to the origin, its body and the answer's streaming past the cache.
    async fn pass(&self, mut exchange: Exchange) -> Result<Answer, Refusal> {
        let request = exchange.origin_request()?;
        let ask = OriginAsk::of(&exchange, &request);
        self.counters.origin_requests.fetch_add(1, Relaxed);
        let response = exchange.behavior.origin.send(request, &self.client).await?;
        let (mut parts, body) = response.into_parts();
        parts.headers = received_headers(parts.headers, &exchange.behavior);
        let response = Response::from_parts(parts, body);
        Ok(Answer::of_origin(self.changed(&exchange.behavior, ask, response).await?, MISS, None))
    }
}
