//! Publishes and unpublishes what is due, and takes up what was left half done: each minute, by EventBridge Scheduler.
//!
//! The work is the API's own, so this only asks the function `backend` for it. It stands outside of the API's network,
//! which has no way to Lambda. What lets it ask is its permission to invoke the function; no API has a route to the
//! address that it asks for.

mod answer;
mod request;

use std::time::Duration;

use anyhow::Context;
use aws_config::BehaviorVersion;
use aws_config::timeout::TimeoutConfig;
use aws_sdk_lambda::Client;
use aws_sdk_lambda::primitives::Blob;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::{Builder, tls};
use lambda_runtime::{LambdaEvent, service_fn};
use serde_json::Value;

/// As long as a Lambda function may run: publishing all of a large site takes minutes.
const LONGEST: Duration = Duration::from_secs(15 * 60);

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    tracing_subscriber::fmt().json().with_target(false).with_writer(std::io::stdout).init();
    let function = std::env::var("BACKEND_FUNCTION")
        .context("BACKEND_FUNCTION is not set, expected the name or ARN of the function backend")?;
    let client = client().await;
    let answer = |_: LambdaEvent<Value>| {
        let (client, function) = (&client, &function);
        async move { ask(client, function).await.map_err(lambda_runtime::Error::from) }
    };
    lambda_runtime::run(service_fn(answer))
        .await
        .map_err(|error| anyhow::anyhow!("the runtime client ended: {error}"))
}

async fn client() -> Client {
    let http = Builder::new().tls_provider(tls::Provider::Rustls(CryptoMode::Ring)).build_https();
    let times =
        TimeoutConfig::builder().read_timeout(LONGEST).connect_timeout(Duration::from_secs(5)).build();
    let aws =
        aws_config::defaults(BehaviorVersion::latest()).http_client(http).timeout_config(times).load().await;
    Client::new(&aws)
}

async fn ask(client: &Client, function: &str) -> anyhow::Result<Value> {
    let payload = Blob::new(serde_json::to_vec(&request::publish_due())?);
    let invoked = client.invoke().function_name(function).payload(payload).send().await;
    let invoked = invoked.map_err(|error| delivery::CallError::new(format!("invoking {function}"), error))?;
    let payload = invoked.payload.map(Blob::into_inner).unwrap_or_default();
    answer::read(invoked.function_error.as_deref(), &payload)?;
    tracing::info!(function, "asked");
    Ok(Value::Null)
}
