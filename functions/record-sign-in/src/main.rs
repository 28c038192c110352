//! Keeps a record of each sign-in: items in DynamoDB, an object in S3, a log line that is a metric.
//!
//! The user pool's post-authentication trigger starts it and waits for it, for five seconds at most. Whatever happens, it
//! gives the event back as it came: no sign-in fails because its record did. A record that could not be written is put
//! aside whole, in the bucket or else in the log.

mod event;
mod greeting;
mod metric;
mod object;
mod record;
mod recorder;
mod settings;
mod shell;
mod table;

use lambda_runtime::{LambdaEvent, service_fn};
use serde_json::Value;

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    tracing_subscriber::fmt().json().with_target(false).with_writer(std::io::stdout).init();
    let settings = settings::Settings::read(|name| std::env::var(name).ok())?;
    let recorder = shell::connect(settings).await;
    let answer = |event: LambdaEvent<Value>| {
        let recorder = &recorder;
        async move {
            recorder.record(&event.payload, shell::now()).await;
            Ok::<_, lambda_runtime::Error>(event.payload)
        }
    };
    lambda_runtime::run(service_fn(answer))
        .await
        .map_err(|error| anyhow::anyhow!("the runtime client ended: {error}"))
}
