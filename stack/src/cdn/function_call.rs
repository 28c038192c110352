//! Calling the viewer-request function, and taking up what it says.

use std::sync::atomic::Ordering::Relaxed;

use axum::body::Body;
use http::{HeaderMap, HeaderName, Method, request::Parts, uri::PathAndQuery};

use super::{
    answer::{Answer, header_map},
    behavior::Behavior,
    edge::Edge,
    forwarding::{ViewerFacts, text},
    refusal::Refusal,
    request_body::beginning,
};
use crate::viewer_request::{
    ForwardedRequest, Outcome, VIEWER_PAYLOAD_LIMIT, ViewerBody, ViewerRequest, is_disallowed,
};

/// What the function said.
pub(super) enum Called {
    Answered(Answer),
    Forwarded(Forwarded),
}

/// The request as it goes on.
pub(super) struct Forwarded {
    pub(super) method: Method,
    pub(super) path: String,
    pub(super) query: String,
    pub(super) headers: HeaderMap,
    pub(super) body: Body,
}

impl Edge {
    pub(super) async fn call_function(
        &self,
        behavior: &Behavior,
        parts: Parts,
        body: Body,
        facts: &ViewerFacts,
    ) -> Result<Called, Refusal> {
        let mut viewer = Forwarded {
            path: parts.uri.path().to_owned(),
            query: parts.uri.query().unwrap_or_default().to_owned(),
            method: parts.method,
            headers: parts.headers,
            body,
        };
        strip_disallowed(&mut viewer.headers);
        let (Some(function), Some(association)) = (&self.function, behavior.function) else {
            return Ok(Called::Forwarded(viewer));
        };
        let mut shown = None;
        if association.include_body {
            let begun = beginning(viewer.body, VIEWER_PAYLOAD_LIMIT).await.map_err(Refusal::BodyCut)?;
            shown = Some(ViewerBody::new(begun.bytes, begun.complete));
            viewer.body = begun.whole;
        }
        self.counters.function_calls.fetch_add(1, Relaxed);
        match function.call(viewer_request(&viewer, shown, facts), &self.name).await {
            Ok(Outcome::Respond(generated)) => Answer::generated(generated).map(Called::Answered),
            Ok(Outcome::Forward(forwarded)) => take_up(viewer, forwarded).map(Called::Forwarded),
            Err(failure) => Ok(Called::Answered(Answer::failed(failure))),
        }
    }
}

fn viewer_request(viewer: &Forwarded, body: Option<ViewerBody>, facts: &ViewerFacts) -> ViewerRequest {
    let headers = viewer.headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value)));
    ViewerRequest {
        request_id: facts.request_id.clone(),
        client_ip: facts.peer.ip(),
        method: viewer.method.to_string(),
        uri: viewer.path.clone(),
        querystring: viewer.query.clone(),
        headers: headers.collect(),
        body,
    }
}

/// Puts the function's request in the place of the viewer's.
fn take_up(viewer: Forwarded, said: ForwardedRequest) -> Result<Forwarded, Refusal> {
    let target = if said.querystring.is_empty() {
        said.uri.clone()
    } else {
        format!("{}?{}", said.uri, said.querystring)
    };
    // CloudFront's rules let through some characters, such as "<", that have no place in a URI.
    if PathAndQuery::try_from(target).is_err() {
        return Err(Refusal::Unsendable("uri or querystring"));
    }
    let body = said.body_replaced.map_or(viewer.body, Body::from);
    let headers = header_map(&said.headers)?;
    Ok(Forwarded { method: viewer.method, path: said.uri, query: said.querystring, headers, body })
}

/// What functions neither see nor set, viewers cannot send through CloudFront.
fn strip_disallowed(headers: &mut HeaderMap) {
    let found: Vec<HeaderName> =
        headers.keys().filter(|name| is_disallowed(name.as_str())).cloned().collect();
    for name in found {
        headers.remove(name);
    }
}
