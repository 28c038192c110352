//! One event, and what must come of it.

use std::str;

use anyhow::{Context, ensure};

/// An event with its kind and what must stand in the answer, and what must not.
pub(super) struct Case {
    pub(super) kind: &'static str,
    pub(super) event: String,
    pub(super) expected: Expected,
}

/// What comes of an event.
#[derive(Clone, Copy)]
pub(super) enum Expected {
    /// The request goes on to this path, without the gate's cookies.
    Page(&'static str),
    /// The request goes on with a bearer token and without the gate's cookies.
    Call,
    /// An answer with this status that holds this text.
    Answer(&'static str, &'static str),
    /// Nothing goes on; a hostile path may be read as the protected path that it means.
    Refused,
}

impl Case {
    /// Checks the answer.
    pub(super) fn check(&self, answer: &[u8]) -> anyhow::Result<()> {
        let text = str::from_utf8(answer).context("the answer is no text")?;
        let is_forwarded = text.contains(r#""clientIp""#);
        let is_right = match self.expected {
            Expected::Page(uri) => {
                is_forwarded && text.contains(&format!(r#""uri":"{uri}""#)) && !text.contains("__Host-")
            }
            Expected::Call => {
                is_forwarded && text.contains(r#""value":"Bearer eyJ"#) && !text.contains("__Host-")
            }
            Expected::Answer(status, holds) => {
                !is_forwarded && text.contains(&format!(r#""status":"{status}""#)) && text.contains(holds)
            }
            Expected::Refused => {
                !is_forwarded && (text.contains(r#""status":"400""#) || text.contains(r#""status":"302""#))
            }
        };
        ensure!(is_right, "{}: {}", self.kind, text.chars().take(2_000).collect::<String>());
        Ok(())
    }
}
