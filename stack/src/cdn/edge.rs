//! One request through the CDN, in CloudFront's order: limits, host, behavior, method, viewer-request function, cache,
//! origin.

use std::{
    net::SocketAddr,
    sync::{Arc, atomic::Ordering::Relaxed},
};

use axum::body::Body;
use http::{HeaderValue, Method, Request, Response, Version, header, request::Parts};
use hyper::body::{Body as _, Incoming};
use tokio::time::Instant;

use super::{
    answer::Answer,
    behavior::{Behavior, Behaviors},
    cache::Cache,
    encoding::Accepted,
    exchange::Exchange,
    flight::Flights,
    forwarding::{ViewerFacts, http_version},
    freshness::ErrorTtls,
    function_call::Called,
    limits,
    origin::OriginClient,
    refusal::Refusal,
    request_id::Ids,
    stats::Counters,
    viewer_request_function::ViewerRequestFunction,
};
use crate::{clock::Clock, viewer_request::DistributionName};

/// A distribution at work.
pub(super) struct Edge {
    pub(super) name: DistributionName,
    pub(super) enabled: bool,
    pub(super) aliases: Vec<String>,
    pub(super) default_root_object: String,
    pub(super) behaviors: Behaviors,
    pub(super) function: Option<Arc<dyn ViewerRequestFunction>>,
    pub(super) cache: Cache,
    pub(super) flights: Flights,
    pub(super) client: OriginClient,
    pub(super) errors: ErrorTtls,
    pub(super) clock: Clock,
    pub(super) ids: Ids,
    pub(super) counters: Counters,
}

impl Edge {
    /// Answers one viewer's request, whatever happens, and logs it.
    pub(super) async fn answer(
        self: Arc<Self>,
        request: Request<Incoming>,
        peer: SocketAddr,
    ) -> Response<Body> {
        let started = Instant::now();
        self.counters.requests.fetch_add(1, Relaxed);
        let (parts, body) = request.into_parts();
        let facts = self.facts(&parts, peer);
        let (method, path) = (parts.method.clone(), parts.uri.path().to_owned());
        let answered = self.respond(parts, body, facts.clone()).await;
        let mut answer = answered.unwrap_or_else(|refusal| Answer::refused(&refusal, &facts.request_id));
        answer.stamp(&method, &facts.via, &facts.request_id);
        self.counters.count_x_cache(answer.x_cache);
        let status = answer.response.status().as_u16();
        let (x_cache, ms) = (answer.x_cache, started.elapsed().as_secs_f64() * 1e3);
        match &answer.reason {
            Some(reason) => tracing::warn!(%method, path, status, %x_cache, ms, reason, "request"),
            None => tracing::info!(%method, path, status, %x_cache, ms, "request"),
        }
        answer.response
    }

    fn facts(&self, parts: &Parts, peer: SocketAddr) -> ViewerFacts {
        let via = format!("{} {} (CloudFront)", http_version(parts.version), self.name.domain_name);
        ViewerFacts { peer, version: parts.version, request_id: self.ids.request(), via }
    }

    async fn respond(
        self: &Arc<Self>,
        mut parts: Parts,
        body: Incoming,
        facts: ViewerFacts,
    ) -> Result<Answer, Refusal> {
        limits::check(&parts, !body.is_end_stream())?;
        self.check_host(&mut parts)?;
        if !self.enabled {
            return Err(Refusal::Disabled);
        }
        let behavior = Arc::clone(self.behaviors.of(parts.uri.path()));
        check_method(&parts.method, &behavior)?;
        let exchange = match self.call_function(&behavior, parts, Body::new(body), &facts).await? {
            Called::Answered(answer) => return Ok(answer),
            Called::Forwarded(forwarded) => forwarded,
        };
        let accepted = Accepted::by(&exchange.headers, &behavior.cache_policy);
        let path = match exchange.path.as_str() {
            "/" if !self.default_root_object.is_empty() => format!("/{}", self.default_root_object),
            _ => exchange.path,
        };
        let exchange = Exchange {
            behavior,
            method: exchange.method,
            path,
            query: exchange.query,
            headers: exchange.headers,
            body: exchange.body,
            accepted,
            facts,
        };
        self.exchange(exchange).await
    }

    /// Every request has one host, as the header `host`, and the distribution answers to it.
    fn check_host(&self, parts: &mut Parts) -> Result<(), Refusal> {
        if let (Version::HTTP_2, Some(authority)) = (parts.version, parts.uri.authority()) {
            let host = HeaderValue::from_str(authority.as_str()).map_err(|_| Refusal::NoHost)?;
            parts.headers.insert(header::HOST, host);
        }
        let mut hosts = parts.headers.get_all(header::HOST).iter();
        let host = match (hosts.next(), hosts.next()) {
            (Some(host), None) => host.to_str().map_err(|_| Refusal::NoHost)?,
            _ => return Err(Refusal::NoHost),
        };
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        let known = self.aliases.is_empty()
            || self
                .aliases
                .iter()
                .chain([&self.name.domain_name])
                .any(|alias| alias.eq_ignore_ascii_case(name));
        if known { Ok(()) } else { Err(Refusal::UnknownHost(host.to_owned())) }
    }
}

fn check_method(method: &Method, behavior: &Behavior) -> Result<(), Refusal> {
    if behavior.methods.contains(method) {
        return Ok(());
    }
    let reads = |method: &Method| matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS);
    let cacheable_only = behavior.methods.iter().all(reads);
    Err(Refusal::Method { method: method.clone(), cacheable_only })
}
