//! Lines of the CMS: what the API says of each request (CloudWatch's embedded metrics), and what it and the functions
//! beside it tell (`tracing`).

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A line of the API or of a function beside it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum CmsLine {
    /// A request that was answered.
    Answered {
        /// The method and the route's pattern.
        #[serde(alias = "Route")]
        route: String,
        /// What was answered.
        #[serde(alias = "Status")]
        status: u16,
        /// How long it took, in milliseconds.
        #[serde(alias = "Latency")]
        latency: f64,
        /// CloudFront's id of the request.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        request_id: Option<String>,
    },
    /// Something that was told.
    Told {
        /// How much it matters.
        level: String,
        /// What, and what belongs to it.
        #[serde(flatten)]
        said: Map<String, Value>,
    },
}

/// What every line has, or what says nothing to people.
const BESIDE: [&str; 5] = ["timestamp", "target", "message", "fields", "threadId"];

impl CmsLine {
    /// Reads a line; nothing of Lambda's own.
    #[must_use]
    pub fn read(message: &str) -> Option<CmsLine> {
        serde_json::from_str(message).ok()
    }

    /// CloudFront's id of the request that it is about.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match self {
            CmsLine::Answered { request_id, .. } => request_id.as_deref(),
            CmsLine::Told { .. } => None,
        }
    }
}

/// For people: what was answered, or what was told with its fields.
impl fmt::Display for CmsLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CmsLine::Answered { route, status, latency, .. } => {
                write!(f, "{:<22} {status:>3} {route}  {latency:.1} ms", "answered")
            }
            CmsLine::Told { level, said } => {
                let nested = said.get("fields").and_then(Value::as_object);
                let fields = nested.unwrap_or(said);
                let message = fields.get("message").and_then(Value::as_str).unwrap_or_default();
                write!(f, "{:<22} {message}", level.to_ascii_lowercase())?;
                for (name, value) in fields.iter().filter(|(name, _)| !BESIDE.contains(&name.as_str())) {
                    match value {
                        Value::String(text) => write!(f, "  {name}={text}")?,
                        other => write!(f, "  {name}={other}")?,
                    }
                }
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_and_what_was_told_are_read_for_people_and_programs() {
        let answered = r#"{"_aws":{"Timestamp":1},"Route":"PUT /api/v1/entries/{id}","Status":412,"Latency":3.25,
            "Refusals":1,"Defects":0,"request_id":"id-1"}"#;
        let line = CmsLine::read(answered).unwrap();
        assert_eq!(line.request_id(), Some("id-1"));
        assert_eq!(line.to_string(), "answered               412 PUT /api/v1/entries/{id}  3.2 ms");
        assert_eq!(serde_json::to_value(&line).unwrap()["route"], "PUT /api/v1/entries/{id}");
        let flat = r#"{"timestamp":"2026-11-26T12:00:00Z","level":"WARN","message":"releases have failed","batch":"b1",
            "target":"backend::publishing"}"#;
        assert_eq!(
            CmsLine::read(flat).unwrap().to_string(),
            "warn                   releases have failed  batch=b1"
        );
        let nested =
            r#"{"timestamp":"2026-11-26T12:00:00Z","level":"INFO","fields":{"message":"ready","files":8}}"#;
        assert_eq!(CmsLine::read(nested).unwrap().to_string(), "info                   ready  files=8");
        assert_eq!(CmsLine::read("START RequestId: 1"), None);
    }
}
