//! The log: JSON, a line each, on standard output, where Lambda and containers look for it.

use std::io::Write;

use tracing::level_filters::LevelFilter;
use tracing_subscriber::{filter::Targets, fmt, layer::SubscriberExt, util::SubscriberInitExt};

/// Begins to write the log. `LOG` says how much, such as `debug` or `backend=debug,warn`.
pub(crate) fn start() {
    let usual = || Targets::new().with_target("backend", LevelFilter::INFO).with_default(LevelFilter::WARN);
    let filter = std::env::var("LOG").ok().and_then(|filter| filter.parse().ok()).unwrap_or_else(usual);
    let lines = fmt::layer().json().flatten_event(true);
    tracing_subscriber::registry().with(lines).with(filter).init();
}

/// Writes a line of metrics, which CloudWatch reads as it is.
pub(crate) fn metrics(line: &str) {
    let mut out = std::io::stdout().lock();
    // A log that nobody takes is no reason to refuse requests.
    let _ = writeln!(out, "{line}");
}
