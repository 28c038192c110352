//! Process log: lines on standard error about start, end and panics of the process.

use std::fmt::Display;
use std::io::Write;

use cognito::LeftOut;
use gate::log::{Event, Level};
use gate::reason::Reason;
use serde_json::json;

use super::StartError;

/// Says every problem of the configuration, each in a line of its own.
pub(crate) fn config_refused(error: &StartError) {
    for problem in error.to_string().lines() {
        line(Reason::ConfigRefused, &problem);
    }
}

/// Says why the process ends.
pub(crate) fn stopped(cause: &str) {
    line(Reason::Stopped, &cause);
}

/// Says which keys of the package are not used.
pub(super) fn key_left_out(key: &LeftOut) {
    line(Reason::KeyLeftOut, &format!("{:?}: {}", key.kid, key.why));
}

/// Says where a panic happened.
pub(super) fn panicked(place: &str) {
    line(Reason::Panic, &place);
}

fn line(reason: Reason, detail: &dyn Display) {
    let line = json!({"level": Level::Error, "event": Event::Process, "reason": reason, "detail": detail.to_string()});
    // Where standard error is closed, there is nobody to tell.
    let _ = writeln!(std::io::stderr().lock(), "{line}");
}
