//! Makes the sizes of an uploaded picture.
//!
//! An upload's arrival in the private bucket starts it. It looks at the bytes, not at their name; puts what readers may
//! have under the item's section, so that who may see it follows from the path; and records in DynamoDB what came of it.
//! Everything it does can be done again: keys and bytes are the same.

mod item;
mod picture;
mod profile;
mod rendition;
mod settings;
mod shell;
mod sniffed;
mod svg;
mod upload;

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
