//! The function that is asked about a viewer's request before anything else, and about an origin's response before it
//! is cached.

use std::{future::Future, pin::Pin};

use crate::viewer_request::{
    ChangedResponse, DistributionName, Failure, OriginResponse, Outcome, ViewerRequest,
};

/// A future that owns what it works on.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The viewer-request function of a distribution.
pub trait ViewerRequestFunction: Send + Sync {
    /// Decides about one request to `distribution`. What comes back has been held to CloudFront's rules, as
    /// [`interpret`](crate::viewer_request::interpret) does.
    fn call(
        &self,
        viewer: ViewerRequest,
        distribution: &DistributionName,
    ) -> BoxFuture<'static, Result<Outcome, Failure>>;

    /// Changes an origin's response, or leaves it as it is.
    fn call_origin_response(
        &self,
        response: OriginResponse,
        distribution: &DistributionName,
    ) -> BoxFuture<'static, Result<ChangedResponse, Failure>> {
        let _ = distribution;
        Box::pin(async move { Ok(response.unchanged()) })
    }
}
