//! Calling the viewer-request function, and taking up what it says.

use std::sync::{Arc, atomic::Ordering::Relaxed};

use axum::body::Body;
use bytes::Bytes;
use http::{HeaderMap, Method, header, request::Parts, uri::PathAndQuery};

use super::{
    answer::{Answer, header_map},
    behavior::Behavior,
    edge::Edge,
    forwarding::{ViewerFacts, text},
    refusal::Refusal,
    request_body::beginning,
    viewer::{EdgeOutcome, ForwardedRequest, ViewerBody, ViewerRequest},
};

/// A viewer-request function is shown this much of a body, in bytes.
const SHOWN_BODY: usize = 40 * 1024;
/// Headers that functions neither see nor set, and that viewers cannot send through CloudFront.
const DISALLOWED: [&str; 12] = [
    "connection",
    "expect",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "trailer",
    "upgrade",
    "x-accel-buffering",
    "x-cache",
    "x-forwarded-proto",
    "x-real-ip",
];
const DISALLOWED_PREFIXES: [&str; 4] = ["x-accel-", "x-amz-cf-", "x-amzn-", "x-edge-"];

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
            let begun = beginning(viewer.body, SHOWN_BODY).await.map_err(Refusal::BodyCut)?;
            let data = begun.bytes.slice(..begun.bytes.len().min(SHOWN_BODY));
            let truncated = data.len() < begun.bytes.len() || !begun.complete;
            shown = Some(ViewerBody { data, truncated });
            viewer.body = begun.whole;
        }
        self.counters.function_calls.fetch_add(1, Relaxed);
        let outcome = Arc::clone(function).call(self.viewer_request(&viewer, shown, facts)).await;
        match outcome {
            EdgeOutcome::Respond(generated) => Answer::generated(generated).map(Called::Answered),
            EdgeOutcome::Failed(failure) => Ok(Called::Answered(Answer::failed(failure))),
            EdgeOutcome::Forward(forwarded) => take_up(viewer, forwarded).map(Called::Forwarded),
        }
    }

    fn viewer_request(
        &self,
        viewer: &Forwarded,
        body: Option<ViewerBody>,
        facts: &ViewerFacts,
    ) -> ViewerRequest {
        let headers = viewer.headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value)));
        ViewerRequest {
            distribution_id: self.id.clone(),
            distribution_domain_name: self.domain_name.clone(),
            request_id: facts.request_id.clone(),
            client_ip: facts.peer.ip(),
            method: viewer.method.to_string(),
            uri: viewer.path.clone(),
            querystring: viewer.query.clone(),
            headers: headers.collect(),
            body,
        }
    }
}

/// Puts the function's request in the place of the viewer's.
fn take_up(viewer: Forwarded, said: ForwardedRequest) -> Result<Forwarded, Refusal> {
    if said.method != viewer.method.as_str() {
        return Err(Refusal::Unsendable("the method is read-only"));
    }
    let target = if said.querystring.is_empty() {
        said.uri.clone()
    } else {
        format!("{}?{}", said.uri, said.querystring)
    };
    let unsendable = !said.uri.starts_with('/') || said.uri.contains('?');
    if unsendable || PathAndQuery::try_from(target).is_err() {
        return Err(Refusal::Unsendable("uri or querystring"));
    }
    let body = said.body.map_or(viewer.body, |replaced: Bytes| Body::from(replaced));
    let headers = header_map(&said.headers)?;
    Ok(Forwarded { method: viewer.method, path: said.uri, query: said.querystring, headers, body })
}

fn strip_disallowed(headers: &mut HeaderMap) {
    let disallowed = |name: &str| {
        DISALLOWED.contains(&name) || DISALLOWED_PREFIXES.iter().any(|prefix| name.starts_with(prefix))
    };
    let found: Vec<header::HeaderName> =
        headers.keys().filter(|name| disallowed(name.as_str())).cloned().collect();
    for name in found {
        headers.remove(name);
    }
}
