//! One endpoint for all of AWS that the project needs: S3's API for the buckets, CloudFront's for the distribution, and
//! by their protocol DynamoDB's, Parameter Store's and what there is of Lambda's. A client takes it as its only `--endpoint-url`.

use std::{io, net::SocketAddr, sync::Arc};

use axum::body::Body;
use http::{Request, Response};
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use serde_json::json;
use tokio::net::TcpListener;

use crate::{
    aws_json,
    bucket::{Bucket, Buckets},
    cdn::RunningCdn,
    dynamodb::Records,
    functions::InvokeApi,
    http_server::HttpServer,
    parameter_store::ParameterStore,
};

/// What every path of CloudFront's API begins with: its version. No bucket of the stack has such a name.
const CLOUDFRONT: &str = "/2020-05-31/";
/// The largest body of AWS's JSON protocols.
const LARGEST_JSON: usize = 1024 * 1024;

/// The endpoint. It ends when it is stopped or dropped.
#[derive(Debug)]
pub struct AwsEndpoint {
    server: HttpServer,
}

/// What answers at the endpoint, beside CloudFront.
#[derive(Clone, Debug)]
pub struct AwsServices {
    /// S3.
    pub buckets: Buckets,
    /// DynamoDB.
    pub records: Records,
    /// Parameter Store.
    pub parameters: ParameterStore,
    /// Lambda, for functions that call each other.
    pub lambda: InvokeApi,
}

impl AwsEndpoint {
    /// Serves the APIs of a bucket and of CloudFront on a listener.
    ///
    /// # Errors
    /// When the listener cannot be served.
    pub fn start(bucket: Bucket, cdn: &RunningCdn, listener: TcpListener) -> io::Result<AwsEndpoint> {
        let buckets = Buckets::new([bucket], None);
        let (records, parameters) = (Records::new([]), ParameterStore::default());
        let services = AwsServices { buckets, records, parameters, lambda: InvokeApi::default() };
        AwsEndpoint::serve(services, cdn, listener)
    }

    /// Serves all of it on a listener.
    ///
    /// # Errors
    /// When the listener cannot be served.
    pub fn serve(services: AwsServices, cdn: &RunningCdn, listener: TcpListener) -> io::Result<AwsEndpoint> {
        let cloudfront = cdn.api();
        let server = HttpServer::start(listener, move |request, _| {
            let (services, cloudfront) = (services.clone(), Arc::clone(&cloudfront));
            async move {
                match request.uri().path() {
                    path if path.starts_with(CLOUDFRONT) => cloudfront.answer(request).await,
                    path if InvokeApi::is_asked(path) => services.lambda.answer(request).await,
                    "/" if request.headers().contains_key("x-amz-target") => {
                        services.answer_json(request).await
                    }
                    _ => services.buckets.answer_api(request).await,
                }
            }
        })?;
        Ok(AwsEndpoint { server })
    }

    /// Where it listens.
    #[must_use]
    pub fn addr(&self) -> SocketAddr {
        self.server.addr()
    }

    /// As a client takes it.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.addr())
    }

    /// Stops listening and closes every connection.
    pub async fn stop(self) {
        self.server.stop().await;
    }
}

impl AwsServices {
    async fn answer_json(self, request: Request<Incoming>) -> Response<Body> {
        let (head, body) = request.into_parts();
        let refuse = |kind: &str, message: &str| {
            tracing::error!("AWS's endpoint refuses: {kind}: {message}");
            aws_json::refusal(&json!({ "__type": kind, "message": message }))
        };
        let Ok(body) = Limited::new(body, LARGEST_JSON).collect().await else {
            return refuse("SerializationException", "expected a whole body of at most one mebibyte");
        };
        let body = body.to_bytes();
        match aws_json::target(&head.headers) {
            Some(("DynamoDB_20120810", operation)) => self.records.answer(operation, &body).await,
            Some(("AmazonSSM", operation)) => self.parameters.answer(operation, &body),
            Some((service, _)) => {
                refuse("UnknownOperationException", &format!("the service {service} is not known here"))
            }
            None => {
                refuse("UnknownOperationException", "expected the target to be a service and an operation")
            }
        }
    }
}
