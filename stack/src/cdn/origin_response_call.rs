//! Calling the origin-response function: on cache misses only, for every status, before the cache sees the answer.

use std::{net::IpAddr, sync::atomic::Ordering::Relaxed};

use axum::body::Body;
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode, header};

use super::{
    answer::header_map, behavior::Behavior, edge::Edge, exchange::Exchange, forwarding::text,
    origin::OriginRequest, refusal::Refusal,
};
use crate::viewer_request::OriginResponse;

/// What an origin was asked, as the function is shown it.
pub(super) struct OriginAsk {
    request_id: String,
    client_ip: IpAddr,
    method: Method,
    uri: String,
    querystring: String,
    headers: HeaderMap,
}

impl OriginAsk {
    /// Of a request that is about to be sent, where its behavior asks a function.
    pub(super) fn of(exchange: &Exchange, request: &OriginRequest) -> Option<OriginAsk> {
        exchange.behavior.asks_about_responses.then(|| OriginAsk {
            request_id: exchange.facts.request_id.clone(),
            client_ip: exchange.facts.peer.ip(),
            method: exchange.method.clone(),
            uri: exchange.path.clone(),
            querystring: request.target.query().unwrap_or_default().to_owned(),
            headers: request.headers.clone(),
        })
    }
}

impl Edge {
    /// What the function makes of an origin's response; the response itself where none is asked.
    pub(super) async fn changed(
        &self,
        behavior: &Behavior,
        ask: Option<OriginAsk>,
        response: Response<Body>,
    ) -> Result<Response<Body>, Refusal> {
        let (Some(ask), Some(function), true) = (ask, &self.function, behavior.asks_about_responses) else {
            return Ok(response);
        };
        let pairs = |headers: &HeaderMap| -> Vec<(String, String)> {
            headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value))).collect()
        };
        let (mut parts, body) = response.into_parts();
        let sent = OriginResponse {
            request_id: ask.request_id,
            client_ip: ask.client_ip,
            method: ask.method.to_string(),
            uri: ask.uri,
            querystring: ask.querystring,
            request_headers: pairs(&ask.headers),
            status: parts.status.as_u16(),
            headers: pairs(&parts.headers),
        };
        self.counters.function_calls.fetch_add(1, Relaxed);
        let changed = function.call_origin_response(sent, &self.name).await.map_err(Refusal::Function)?;
        parts.status = StatusCode::from_u16(changed.status).map_err(|_| Refusal::Unsendable("status"))?;
        parts.headers = header_map(&changed.headers)?;
        let body = match changed.body {
            None => body,
            Some(replaced) => {
                parts.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(replaced.len()));
                Body::from(replaced)
            }
        };
        Ok(Response::from_parts(parts, body))
    }
}
