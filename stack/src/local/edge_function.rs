//! The gate between the CDN and the function host: builds the event, invokes, and reads what comes back by
//! CloudFront's rules.

use std::sync::Arc;

use crate::cdn::{BoxFuture, ViewerRequestFunction};
use crate::function_host::FunctionHost;
use crate::viewer_request::{
    ChangedResponse, DistributionName, Failure, OriginResponse, Outcome, ViewerRequest, interpret,
};

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
    fn call(
        &self,
        viewer: ViewerRequest,
        distribution: &DistributionName,
    ) -> BoxFuture<'static, Result<Outcome, Failure>> {
        let host = Arc::clone(&self.host);
        let event = viewer.to_event(distribution);
        Box::pin(async move {
            let answer = host.invoke(&event).await;
            let answer = answer.map_err(|error| Failure::of_invocation(&error, &viewer.request_id))?;
            interpret(&viewer, &answer)
                .map_err(|violation| Failure::of_answer(&violation, &viewer.request_id))
        })
    }

    fn call_origin_response(
        &self,
        response: OriginResponse,
        distribution: &DistributionName,
    ) -> BoxFuture<'static, Result<ChangedResponse, Failure>> {
        let host = Arc::clone(&self.host);
        let event = response.to_event(distribution);
        Box::pin(async move {
            let answer = host.invoke(&event).await;
            let answer = answer.map_err(|error| Failure::of_invocation(&error, &response.request_id))?;
            let changed = response.interpret(&answer);
            changed.map_err(|violation| Failure::of_answer(&violation, &response.request_id))
        })
    }
}
