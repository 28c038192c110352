//! One thing that the gate finds out about a request.

use serde::Serialize;

use super::redaction;

/// One thing that the gate finds out about a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What it is about: `host`, `route`, `ID token`.
    pub about: &'static str,
    /// What was found.
    pub says: String,
    /// What it rests on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<String>,
}

impl Finding {
    pub(super) fn new(about: &'static str, says: impl AsRef<str>) -> Finding {
        Finding { about, says: redaction::line(says.as_ref()), details: Vec::new() }
    }

    pub(super) fn with(mut self, details: impl IntoIterator<Item = String>) -> Finding {
        self.details.extend(details.into_iter().map(|detail| redaction::line(&detail)));
        self
    }
}
