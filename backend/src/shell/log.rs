//! The log: JSON, a line each, on standard output, where Lambda and containers look for it.

use std::io::Write;

use tracing_subscriber::EnvFilter;

/// Begins to write the log. `LOG` says how much, such as `debug` or `backend=debug,warn`.
pub(crate) fn start() {
    let filter = std::env::var("LOG").ok().and_then(|filter| EnvFilter::try_new(filter).ok());
    let filter = filter.unwrap_or_else(|| EnvFilter::new("backend=info,warn"));
    tracing_subscriber::fmt().json().flatten_event(true).with_env_filter(filter).init();
}

/// Writes a line of metrics, which CloudWatch reads as it is.
pub(crate) fn metrics(line: &str) {
    let mut out = std::io::stdout().lock();
    // A log that nobody takes is no reason to refuse requests.
    let _ = writeln!(out, "{line}");
}
