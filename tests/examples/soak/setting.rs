//! What an environment variable sets about a run.

use std::env;

use anyhow::Context;

/// The whole number in a variable, or the usual one.
pub(crate) fn number(variable: &str, usual: u64) -> anyhow::Result<u64> {
    match env::var(variable) {
        Ok(text) => {
            text.parse().with_context(|| format!("{variable}: expected a whole number, found {text:?}"))
        }
        Err(_) => Ok(usual),
    }
}
