//! `make up`: the cloud on one machine, until it is interrupted.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use stack::local::{Banner, CmsSettings, Ports, Stack, StackSettings};
use stack::pool::TokenLifetimes;
use tokio::signal::unix::{SignalKind, signal};
use tracing::level_filters::LevelFilter;
use tracing_subscriber::{filter::Targets, fmt, layer::SubscriberExt, util::SubscriberInitExt};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let usual = || Targets::new().with_default(LevelFilter::INFO);
    let filter = std::env::var("LOG").ok().and_then(|filter| filter.parse().ok()).unwrap_or_else(usual);
    let lines = fmt::layer().with_target(false).with_writer(std::io::stderr);
    tracing_subscriber::registry().with(lines).with(filter).init();
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
    settings.cms = Some(cms()?);
    settings.pool_state = std::env::var_os("POOL_STATE").filter(|path| !path.is_empty()).map(PathBuf::from);
    Stack::start(settings, listeners).await.context("expected what make build leaves in dist/")
}

/// The CMS, kept under `.local/data` from one start to the next. `FRESH=1` begins anew; `DATA_DIR`, `DATABASE_URL`,
/// `BACKEND_BINARY`, `FUNCTIONS_DIR`, `THEME_DIR`, `PUBLISH_DELAY` and `FIRST_SITE` (a folder, or `none`) choose.
fn cms() -> anyhow::Result<CmsSettings> {
    let text = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let path = |name: &str, usual: &str| PathBuf::from(text(name).unwrap_or_else(|| usual.to_owned()));
    let data = path("DATA_DIR", ".local/data");
    if text("FRESH").is_some_and(|fresh| fresh == "1") && data.exists() {
        std::fs::remove_dir_all(&data).with_context(|| format!("FRESH: {}", data.display()))?;
    }
    let delay = text("PUBLISH_DELAY");
    let delay = delay
        .map(|text| text.parse().with_context(|| format!("PUBLISH_DELAY: expected seconds, found {text:?}")));
    let passed_on = ["THEME_DIR", "LOG"];
    let passed_on = passed_on.into_iter().filter_map(|name| {
        let value = text(name)?;
        let value = if name == "THEME_DIR" {
            std::fs::canonicalize(&value).ok()?.display().to_string()
        } else {
            value
        };
        Some((name.to_owned(), value))
    });
    let first_site = path("FIRST_SITE", "stack/first-site");
    Ok(CmsSettings {
        data: Some(data),
        database_url: text("DATABASE_URL"),
        publish_delay: delay.transpose()?,
        first_site: (first_site.as_os_str() != "none").then_some(first_site),
        backend_environment: passed_on.collect(),
        say: |text| tracing::info!("{text}"),
        ..CmsSettings::new(
            path("BACKEND_BINARY", "dist/backend/backend"),
            path("FUNCTIONS_DIR", "dist/functions"),
        )
    })
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
