//! What CloudFront knows about a viewer's request, and the function it asks about it before anything else.

use std::{future::Future, net::IpAddr, pin::Pin};

use bytes::Bytes;

/// A future that owns what it works on.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// The viewer-request function of a distribution.
pub trait ViewerRequestFunction: Send + Sync {
    /// Decides about one request.
    fn call(&self, viewer: ViewerRequest) -> BoxFuture<'static, EdgeOutcome>;
}

/// A viewer's request, as the function is shown it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewerRequest {
    /// The id of the distribution.
    pub distribution_id: String,
    /// The distribution's own host name.
    pub distribution_domain_name: String,
    /// The request's id, also sent as `X-Amz-Cf-Id`.
    pub request_id: String,
    /// The viewer's address.
    pub client_ip: IpAddr,
    /// The method.
    pub method: String,
    /// The raw path, neither decoded nor normalised.
    pub uri: String,
    /// The raw query string without its question mark; empty if there is none.
    pub querystring: String,
    /// The headers in order, names in lower case, repeated ones repeated, `host` among them. Values that are not UTF-8
    /// are read as Latin-1.
    pub headers: Vec<(String, String)>,
    /// The body, where the behavior includes it.
    pub body: Option<ViewerBody>,
}

/// The body of a request, as far as the function is shown it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ViewerBody {
    /// At most 40 KiB.
    pub data: Bytes,
    /// Whether there was more.
    pub truncated: bool,
}

/// What became of calling the function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EdgeOutcome {
    /// The request goes on.
    Forward(ForwardedRequest),
    /// The function answers itself.
    Respond(GeneratedResponse),
    /// It failed, or its answer broke CloudFront's rules.
    Failed(EdgeFailure),
}

/// The request as it goes on. The method and the client's address are read-only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForwardedRequest {
    /// The method, which must be the viewer's.
    pub method: String,
    /// The path, starting with a slash.
    pub uri: String,
    /// The query string without its question mark.
    pub querystring: String,
    /// All headers.
    pub headers: Vec<(String, String)>,
    /// The body that replaces the viewer's.
    pub body: Option<Bytes>,
}

/// An answer made by the function.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneratedResponse {
    /// The status.
    pub status: u16,
    /// The headers in order; `set-cookie` may repeat.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Bytes,
}

/// What CloudFront answers in place of a function that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EdgeFailure {
    /// 502 or 503.
    pub status: u16,
    /// The value of `X-Cache`, such as `LambdaExecutionError from cloudfront`.
    pub x_cache: String,
    /// The page.
    pub html: Bytes,
    /// Why, for the log alone.
    pub reason: String,
}
