//! The lines about the process itself: why it did not start, why it stopped, where it panicked.

use std::fmt::Display;
use std::io::Write;

use cognito::LeftOut;
use serde_json::json;

use super::StartError;

/// Says every problem of the configuration, each in a line of its own.
pub(crate) fn config_refused(error: &StartError) {
    for problem in error.to_string().lines() {
        line("config_refused", &problem);
    }
}

/// Says why the process ends.
pub(crate) fn stopped(cause: &str) {
    line("stopped", &cause);
}

/// Says which keys of the package are not used.
pub(super) fn key_left_out(key: &LeftOut) {
    line("key_left_out", &format!("{:?}: {}", key.kid, key.why));
}

/// Says where a panic happened.
pub(super) fn panicked(place: &str) {
    line("panic", &place);
}

fn line(reason: &str, detail: &dyn Display) {
    let line = json!({"level": "error", "event": "process", "reason": reason, "detail": detail.to_string()});
    // Where standard error is closed, there is nobody to tell.
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}
