//! One endpoint for all of AWS that a deployment of files needs: S3's API for the bucket and CloudFront's for the
//! distribution, told apart by the path. A client takes it as its only `--endpoint-url`.

use std::{io, net::SocketAddr, sync::Arc};

use tokio::net::TcpListener;

use crate::{bucket::Bucket, cdn::RunningCdn, http_server::HttpServer};

/// What every path of CloudFront's API begins with: its version. No bucket of the stack has such a name.
const CLOUDFRONT: &str = "/2020-05-31/";

/// The endpoint. It ends when it is stopped or dropped.
#[derive(Debug)]
pub struct AwsEndpoint {
    server: HttpServer,
}

impl AwsEndpoint {
    /// Serves both APIs on a listener.
    ///
    /// # Errors
    /// When the listener cannot be served.
    pub fn start(bucket: Bucket, cdn: &RunningCdn, listener: TcpListener) -> io::Result<AwsEndpoint> {
        let cloudfront = cdn.api();
        let server = HttpServer::start(listener, move |request, _| {
            let (bucket, cloudfront) = (bucket.clone(), Arc::clone(&cloudfront));
            async move {
                match request.uri().path().starts_with(CLOUDFRONT) {
                    true => cloudfront.answer(request).await,
                    false => bucket.answer_api(request).await,
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
