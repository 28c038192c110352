//! One RS256 verification by itself, in a process built as the gate is.

use std::path::Path;
use std::process::Command;

use anyhow::{Context, ensure};

use crate::functions::floor_binary;

/// In microseconds.
pub(crate) fn cpu_time(project: &Path) -> anyhow::Result<f64> {
    let output = Command::new(floor_binary(project)).arg("verify").output()?;
    ensure!(output.status.success(), "the verification failed: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout)?.trim().parse().context("the verification prints no figure")
}
