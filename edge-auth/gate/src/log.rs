//! Log record: one JSON line for each sign-in, renewal, sign-out, refusal and fault, which is a CloudWatch
//! embedded metric at the same time.
//!
//! A line tells who, why and which request, and never a secret: no token, code, key, cookie or query string is
//! ever put into a [`Record`].
//! <https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html>

use cognito::{Subject, Username};
use http::StatusCode;
use serde::Serialize;

use crate::named::named;
use crate::reason::Reason;
use crate::request::Request;

/// The metrics' namespace.
pub const NAMESPACE: &str = "Parapet/Gate";

/// The longest path or detail that a line holds, in bytes.
const MAX_TEXT: usize = 256;

/// How much is logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// What somebody should mend.
    Error,
    /// What somebody may want to look at.
    Warn,
    /// What happened to people.
    Info,
    /// What the gate began.
    Debug,
}

impl Level {
    /// Its name in the configuration and in the log.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Level::Error => "error",
            Level::Warn => "warn",
            Level::Info => "info",
            Level::Debug => "debug",
        }
    }
}

named! {
    /// What kind of thing happened.
    pub enum Event {
        SignInStarted = "sign_in_started": "somebody was sent to the user pool to sign in",
        SignIn = "sign_in": "somebody signed in",
        Renewal = "renewal": "a session was renewed",
        SignOut = "sign_out": "somebody signed out",
        Refusal = "refusal": "a request was refused",
        Fault = "fault": "something beside the request failed: the user pool, a clock, the gate itself",
        Process = "process": "something happened to the function's process, and no request is told of",
    }
}

/// Whom it happened to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Who {
    /// The ID token's `sub`.
    pub subject: String,
    /// The user name, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
}

impl Who {
    /// A person whose claims were verified.
    #[must_use]
    pub fn new(subject: &Subject, username: &Username) -> Who {
        Who { subject: subject.as_str().to_owned(), username: Some(username.as_str().to_owned()) }
    }

    /// A person of whom only the `sub` is known, from a token that has expired.
    #[must_use]
    pub fn subject_only(subject: &Subject) -> Who {
        Who { subject: subject.as_str().to_owned(), username: None }
    }
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    event: Event,
    level: Level,
    reason: Reason,
    who: Option<Who>,
    request_id: String,
    method: String,
    path: String,
    client_ip: String,
    status: Option<u16>,
    detail: Option<String>,
    exchange_milliseconds: Option<u64>,
}

impl Record {
    /// Begins a line about a request.
    #[must_use]
    pub fn new(event: Event, reason: Reason, request: &Request<'_>) -> Record {
        Record {
            event,
            level: level_of(event),
            reason,
            who: None,
            request_id: shortened(&request.id),
            method: shortened(&request.method),
            path: shortened(&request.uri),
            client_ip: shortened(&request.client_ip),
            status: None,
            detail: None,
            exchange_milliseconds: None,
        }
    }

    /// Says whom it happened to.
    #[must_use]
    pub fn about(mut self, who: Option<Who>) -> Record {
        self.who = who;
        self
    }

    /// Says what the viewer was answered; nothing where the request goes on.
    #[must_use]
    pub fn with_status(mut self, status: impl Into<Option<StatusCode>>) -> Record {
        self.status = status.into().map(|status| status.as_u16());
        self
    }

    /// Adds what an operator needs to know; never what a viewer or the user pool sent as a secret.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<String>) -> Record {
        self.detail = Some(shortened(&detail.into()));
        self
    }

    /// Turns it into a fault: something else came of it than was meant.
    #[must_use]
    pub fn into_fault(self, reason: Reason) -> Record {
        let detail = Some(format!("instead of {}", self.reason));
        let status = Some(StatusCode::INTERNAL_SERVER_ERROR.as_u16());
        Record { event: Event::Fault, level: level_of(Event::Fault), reason, detail, status, ..self }
    }

    /// Raises the level to what an operator sees by default.
    #[must_use]
    pub fn at_info(self) -> Record {
        Record { level: self.level.min(Level::Info), ..self }
    }

    /// Adds how long the exchange with the user pool took.
    #[must_use]
    pub fn with_exchange_time(mut self, milliseconds: u64) -> Record {
        self.exchange_milliseconds = Some(milliseconds);
        self
    }

    /// Whether the line is wanted.
    #[must_use]
    pub fn is_wanted(&self, level: Level) -> bool {
        self.level <= level
    }

    /// Why it happened.
    #[must_use]
    pub fn reason(&self) -> Reason {
        self.reason
    }

    /// The line, without its line feed. The function's name tells the metrics of several gates in one account apart;
    /// `now` is in milliseconds since the Unix epoch.
    #[must_use]
    pub fn line(&self, function: Option<&str>, now: u64) -> String {
        let metrics = if self.exchange_milliseconds.is_some() { BOTH } else { COUNT };
        let dimensions = if function.is_some() { OF_FUNCTION } else { DIMENSIONS };
        let line = Line {
            aws: Metadata {
                timestamp: now,
                cloud_watch_metrics: [Directive { namespace: NAMESPACE, dimensions, metrics }],
            },
            level: self.level,
            function,
            event: self.event,
            reason: self.reason,
            count: 1,
            exchange_time: self.exchange_milliseconds,
            status: self.status,
            request_id: &self.request_id,
            method: &self.method,
            path: &self.path,
            client_ip: &self.client_ip,
            who: self.who.as_ref(),
            detail: self.detail.as_deref(),
        };
        // Serializing text into memory does not fail; an empty line would at least not stop the answer.
        serde_json::to_string(&line).unwrap_or_default()
    }
}

fn level_of(event: Event) -> Level {
    match event {
        Event::SignInStarted => Level::Debug,
        Event::SignIn | Event::Renewal | Event::SignOut | Event::Refusal => Level::Info,
        Event::Fault | Event::Process => Level::Error,
    }
}

fn shortened(text: &str) -> String {
    text.get(..text.floor_char_boundary(MAX_TEXT)).unwrap_or_default().to_owned()
}

/// The sets of dimensions that a line of a function is counted under.
pub const OF_FUNCTION: &[&[&str]] = &[&["function", "event"], &["function", "event", "reason"]];
const DIMENSIONS: &[&[&str]] = &[&["event"], &["event", "reason"]];
const COUNT: &[Metric] = &[Metric { name: "count", unit: "Count" }];
const BOTH: &[Metric] =
    &[Metric { name: "count", unit: "Count" }, Metric { name: "exchange_time", unit: "Milliseconds" }];

#[derive(Serialize)]
struct Line<'r> {
    #[serde(rename = "_aws")]
    aws: Metadata,
    level: Level,
    #[serde(skip_serializing_if = "Option::is_none")]
    function: Option<&'r str>,
    event: Event,
    reason: Reason,
    count: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    exchange_time: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    request_id: &'r str,
    method: &'r str,
    path: &'r str,
    client_ip: &'r str,
    #[serde(skip_serializing_if = "Option::is_none")]
    who: Option<&'r Who>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'r str>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Metadata {
    timestamp: u64,
    cloud_watch_metrics: [Directive; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Directive {
    namespace: &'static str,
    dimensions: &'static [&'static [&'static str]],
    metrics: &'static [Metric],
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Metric {
    name: &'static str,
    unit: &'static str,
}

#[cfg(test)]
mod tests;
