//! Tells CloudFront what a publication changed, and waits until its caches have forgotten it.
//!
//! The arrival of a manifest `releases/<batch>.json` in the site's bucket starts it. What it has done it records in
//! DynamoDB, where the API reads it. It needs neither the database nor the API's network.

mod announcement;
mod manifest;
mod record;
mod settings;
mod shell;

use lambda_runtime::{LambdaEvent, service_fn};
use serde_json::Value;

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    tracing_subscriber::fmt().json().with_target(false).with_writer(std::io::stdout).init();
    let settings = settings::Settings::read(|name| std::env::var(name).ok())?;
    let shell = shell::Shell::connect(settings).await;
    let answer = |event: LambdaEvent<Value>| {
        let shell = &shell;
        async move { shell.answer(event.payload).await.map_err(lambda_runtime::Error::from) }
    };
    lambda_runtime::run(service_fn(answer))
        .await
        .map_err(|error| anyhow::anyhow!("the runtime client ended: {error}"))
}
