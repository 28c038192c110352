//! AWS's clients, over one connection pool.

use aws_config::{BehaviorVersion, SdkConfig};
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::{Builder, tls};

/// Finds credentials, region and endpoint in AWS's usual variables; calls nothing yet.
pub(crate) async fn configuration() -> SdkConfig {
    let http = Builder::new().tls_provider(tls::Provider::Rustls(CryptoMode::Ring)).build_https();
    aws_config::defaults(BehaviorVersion::latest()).http_client(http).load().await
}

/// S3. At an endpoint of its own, a bucket is part of the path: its name does not resolve there.
pub(crate) fn s3(configuration: &SdkConfig) -> aws_sdk_s3::Client {
    let own_endpoint =
        std::env::var_os("AWS_ENDPOINT_URL_S3").is_some() || configuration.endpoint_url().is_some();
    let config = aws_sdk_s3::config::Builder::from(configuration).force_path_style(own_endpoint);
    aws_sdk_s3::Client::from_conf(config.build())
}

/// DynamoDB.
pub(crate) fn dynamodb(configuration: &SdkConfig) -> aws_sdk_dynamodb::Client {
    aws_sdk_dynamodb::Client::new(configuration)
}
