//! The gate between the CDN and the function host: builds the event, invokes, and reads what comes back by
//! CloudFront's rules.

use std::sync::Arc;

use crate::cdn::{
    BoxFuture, EdgeFailure, EdgeOutcome, ForwardedRequest, GeneratedResponse, ViewerRequestFunction,
};
use crate::function_host::FunctionHost;
use crate::viewer_request::{DistributionName, Failure, Outcome, ViewerRequest, interpret};
use crate::{cdn, viewer_request};

/// The viewer-request function of the local distribution.
pub(super) struct EdgeFunction {
    host: Arc<FunctionHost>,
}

impl EdgeFunction {
    pub(super) fn new(host: Arc<FunctionHost>) -> EdgeFunction {
        EdgeFunction { host }
    }
}

impl ViewerRequestFunction for EdgeFunction {
    fn call(&self, viewer: cdn::ViewerRequest) -> BoxFuture<'static, EdgeOutcome> {
        let host = Arc::clone(&self.host);
        Box::pin(async move {
            let distribution =
                DistributionName { domain_name: viewer.distribution_domain_name, id: viewer.distribution_id };
            let sent = ViewerRequest {
                request_id: viewer.request_id,
                client_ip: viewer.client_ip,
                method: viewer.method,
                uri: viewer.uri,
                querystring: viewer.querystring,
                headers: viewer.headers,
                body: viewer.body.map(|body| body.data),
            };
            let answer = match host.invoke(&sent.to_event(&distribution)).await {
                Ok(answer) => answer,
                Err(error) => return failed(Failure::of_invocation(&error, &sent.request_id)),
            };
            match interpret(&sent, &answer) {
                Ok(Outcome::Forward(request)) => EdgeOutcome::Forward(forwarded(request)),
                Ok(Outcome::Respond(response)) => EdgeOutcome::Respond(GeneratedResponse {
                    status: response.status,
                    headers: response.headers,
                    body: response.body,
                }),
                Err(violation) => failed(Failure::of_answer(&violation, &sent.request_id)),
            }
        })
    }
}

fn forwarded(request: viewer_request::ForwardedRequest) -> ForwardedRequest {
    ForwardedRequest {
        method: request.method,
        uri: request.uri,
        querystring: request.querystring,
        headers: request.headers,
        body: request.body_replaced,
    }
}

fn failed(failure: Failure) -> EdgeOutcome {
    EdgeOutcome::Failed(EdgeFailure {
        status: failure.status,
        x_cache: failure.x_cache.as_str().to_owned(),
        html: failure.html.into(),
        reason: failure.reason,
    })
}
