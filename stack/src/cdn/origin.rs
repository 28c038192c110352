//! Origins: a bucket behind origin access control, or an HTTP server. Both get what the behavior's policies forward.

use std::{collections::HashMap, time::Duration};

use axum::body::Body;
use http::{
    HeaderMap, HeaderName, HeaderValue, Method, Request, Response, Uri, header,
    uri::{Authority, PathAndQuery, Scheme},
};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::{TokioExecutor, TokioTimer},
};

use super::{behavior::DistributionProblem, distribution::OriginConfig};
use crate::bucket::Bucket;

/// Where an origin of a distribution stands on this machine.
#[derive(Clone, Debug)]
pub enum OriginTarget {
    /// A bucket, read through origin access control.
    Bucket(Bucket),
    /// An HTTP server, as `http://127.0.0.1:8082`.
    Http(Uri),
}

/// Why an origin gave no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum OriginError {
    #[error("origin {origin:?} cannot be connected to")]
    Unreachable { origin: String, source: hyper_util::client::legacy::Error },
    #[error("origin {origin:?} broke off")]
    Broken { origin: String, source: hyper_util::client::legacy::Error },
    #[error("origin {origin:?} did not answer within {} s", .after.as_secs_f32())]
    TimedOut { origin: String, after: Duration },
    #[error("the answer of origin {origin:?} broke off")]
    Cut { origin: String, source: axum::Error },
}

/// What is sent to an origin.
#[derive(Debug)]
pub(super) struct OriginRequest {
    pub(super) method: Method,
    pub(super) target: PathAndQuery,
    pub(super) headers: HeaderMap,
    pub(super) body: Body,
}

/// An origin with everything that its configuration adds.
#[derive(Debug)]
pub(super) struct Origin {
    pub(super) id: String,
    pub(super) path: String,
    host: HeaderValue,
    custom_headers: Vec<(HeaderName, HeaderValue)>,
    place: Place,
}

#[derive(Debug)]
enum Place {
    Bucket(Bucket),
    Http(Authority),
}

/// Connections to HTTP origins, kept alive between requests.
#[derive(Clone, Debug)]
pub(super) struct OriginClient {
    client: Client<HttpConnector, Body>,
    response_timeout: Duration,
}

impl OriginClient {
    pub(super) fn new(connect_timeout: Duration, response_timeout: Duration) -> Self {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        connector.set_connect_timeout(Some(connect_timeout));
        let mut builder = Client::builder(TokioExecutor::new());
        let builder = builder.pool_timer(TokioTimer::new()).pool_idle_timeout(Duration::from_secs(5));
        Self { client: builder.build(connector), response_timeout }
    }
}

impl Origin {
    pub(super) fn resolve(
        config: &OriginConfig,
        targets: &HashMap<String, OriginTarget>,
    ) -> Result<Self, DistributionProblem> {
        let id = config.id.clone();
        let place = match targets.get(&id) {
            None => return Err(DistributionProblem::UnplacedOrigin(id)),
            Some(OriginTarget::Bucket(bucket)) => Place::Bucket(bucket.clone()),
            Some(OriginTarget::Http(uri)) => match (uri.scheme(), uri.authority(), uri.path()) {
                (Some(scheme), Some(authority), "/" | "") if *scheme == Scheme::HTTP => {
                    Place::Http(authority.clone())
                }
                _ => return Err(DistributionProblem::OriginUri { id, uri: uri.to_string() }),
            },
        };
        let unsendable = |name: &str| DistributionProblem::OriginHeader { id: id.clone(), name: name.into() };
        let host = config.domain_name.parse().map_err(|_| unsendable("host"))?;
        let custom_headers = config.origin_custom_headers.iter().map(|custom| {
            let pair = custom.header_name.parse().ok().zip(custom.header_value.parse().ok());
            pair.ok_or_else(|| unsendable(&custom.header_name))
        });
        let custom_headers = custom_headers.collect::<Result<_, _>>()?;
        Ok(Self {
            path: config.origin_path.trim_end_matches('/').to_owned(),
            host,
            custom_headers,
            place,
            id,
        })
    }

    /// Sends a request. A bucket's answer is there at once; an HTTP server's body is still to come.
    pub(super) async fn send(
        &self,
        mut request: OriginRequest,
        client: &OriginClient,
    ) -> Result<Response<Body>, OriginError> {
        for (name, value) in &self.custom_headers {
            request.headers.insert(name, value.clone());
        }
        match &self.place {
            Place::Bucket(bucket) => Ok(ask_bucket(bucket, request)),
            Place::Http(authority) => {
                request.headers.entry(header::HOST).or_insert_with(|| self.host.clone());
                self.ask_server(authority, request, client).await
            }
        }
    }

    async fn ask_server(
        &self,
        authority: &Authority,
        request: OriginRequest,
        client: &OriginClient,
    ) -> Result<Response<Body>, OriginError> {
        let mut parts = http::uri::Parts::default();
        parts.scheme = Some(Scheme::HTTP);
        parts.authority = Some(authority.clone());
        parts.path_and_query = Some(request.target);
        let mut outgoing = Request::new(request.body);
        *outgoing.method_mut() = request.method;
        *outgoing.uri_mut() = Uri::from_parts(parts).unwrap_or_default();
        *outgoing.headers_mut() = request.headers;
        let origin = self.id.clone();
        let after = client.response_timeout;
        match tokio::time::timeout(after, client.client.request(outgoing)).await {
            Ok(Ok(response)) => Ok(response.map(Body::new)),
            Ok(Err(source)) if source.is_connect() => Err(OriginError::Unreachable { origin, source }),
            Ok(Err(source)) => Err(OriginError::Broken { origin, source }),
            Err(_) => Err(OriginError::TimedOut { origin, after }),
        }
    }
}

/// Origin access control signs the request itself: the viewer's own `Authorization` never reaches a bucket.
fn ask_bucket(bucket: &Bucket, request: OriginRequest) -> Response<Body> {
    let mut outgoing = Request::new(());
    *outgoing.method_mut() = request.method;
    *outgoing.uri_mut() = Uri::from(request.target);
    *outgoing.headers_mut() = request.headers;
    outgoing.headers_mut().remove(header::AUTHORIZATION);
    bucket.answer(&outgoing.into_parts().0).map(Body::from)
}
