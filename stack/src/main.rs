//! `make up`: the cloud on one machine, until it is interrupted.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use stack::local::{Banner, Ports, Stack, StackSettings};
use stack::pool::TokenLifetimes;
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let filter = EnvFilter::try_from_env("LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_target(false).with_writer(std::io::stderr).init();
    let mut terminate = signal(SignalKind::terminate())?;
    let stack = start().await?;
    say(&Banner::of(&stack).to_string())?;
    let ready = ReadyFile::write().context("STACK_READY_FILE")?;
    let log = tokio::spawn(relay_log(stack.function().logs()));
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted?,
        _ = terminate.recv() => {}
    }
    drop(ready);
    log.abort();
    stack.stop().await;
    Ok(())
}

async fn start() -> anyhow::Result<Stack> {
    let listeners = Ports::from_env()?.listen().await?;
    let mut settings = StackSettings::new("dist/edge-auth/edge-auth", "dist/site");
    if let Some(seconds) = token_seconds()? {
        settings.token_lifetimes =
            TokenLifetimes { id_seconds: seconds, access_seconds: seconds, ..TokenLifetimes::default() };
    }
    settings.pool_state = std::env::var_os("POOL_STATE").filter(|path| !path.is_empty()).map(PathBuf::from);
    Stack::start(settings, listeners).await.context("expected what make build leaves in dist/")
}

/// `TOKEN_SECONDS`: how long ID and access tokens live, so that a renewal can be watched.
fn token_seconds() -> anyhow::Result<Option<u64>> {
    let Some(text) = std::env::var("TOKEN_SECONDS").ok().filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let seconds = text.parse().ok().filter(|seconds| (10..=86_400).contains(seconds));
    seconds.map(Some).with_context(|| format!("TOKEN_SECONDS: expected 10 to 86400 seconds, found {text:?}"))
}

/// The gate's own log lines, as CloudWatch would show them.
async fn relay_log(mut logs: stack::function_host::LogReader) {
    loop {
        let line = logs.next_line().await;
        tracing::info!("gate: {}", line.text);
    }
}

fn say(text: &str) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// The file that says that everything answers; it is gone when nothing does any more.
struct ReadyFile(Option<PathBuf>);

impl ReadyFile {
    fn write() -> std::io::Result<ReadyFile> {
        let path = std::env::var_os("STACK_READY_FILE").map(PathBuf::from);
        if let Some(path) = &path {
            std::fs::write(path, format!("{}\n", std::process::id()))?;
        }
        Ok(ReadyFile(path))
    }
}

impl Drop for ReadyFile {
    fn drop(&mut self) {
        if let Some(path) = &self.0 {
            // Gone already is as good.
            let _ = std::fs::remove_file(path);
        }
    }
}
