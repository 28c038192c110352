//! One line of a log: the gate's own, or another one.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::cms_line::CmsLine;
use super::source::Source;
use crate::aws::LogEvent;

/// What the gate writes; the metric's own members are left out. See `edge-auth/gate/src/log.rs`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GateLine {
    /// How much it matters.
    #[serde(default)]
    pub level: String,
    /// The function's name; the lines of older versions do not tell it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub function: Option<String>,
    /// What kind of thing happened: `refusal`.
    pub event: String,
    /// Why: `no_session`.
    #[serde(default)]
    pub reason: String,
    /// What the viewer was answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// CloudFront's id of the request.
    #[serde(default)]
    pub request_id: String,
    /// The request's method.
    #[serde(default)]
    pub method: String,
    /// The request's path.
    #[serde(default)]
    pub path: String,
    /// The viewer's address.
    #[serde(default)]
    pub client_ip: String,
    /// Whom it happened to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub who: Option<Who>,
    /// What an operator needs to know beside.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// How long the exchange with the user pool took, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exchange_time: Option<u64>,
}

/// A person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    /// The ID token's `sub`.
    #[serde(default)]
    pub subject: String,
    /// The user name, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
}

/// A line, where and when it was written.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LogLine {
    /// When, as RFC 3339 in UTC.
    #[serde(serialize_with = "as_time")]
    pub time: i64,
    /// The region that executed the function.
    pub region: String,
    /// The event's id in CloudWatch Logs.
    pub id: String,
    /// What wrote it: `gate`, `backend`.
    pub source: &'static str,
    /// What the gate says, if it is the gate's.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub gate: Option<GateLine>,
    /// What the CMS says, if it is the CMS's.
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub cms: Option<CmsLine>,
    /// The text of any other line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

impl LogLine {
    /// Reads an event of a log.
    #[must_use]
    pub fn read(source: &Source, event: LogEvent) -> LogLine {
        let gate: Option<GateLine> =
            if source.is_of_gate() { serde_json::from_str(&event.message).ok() } else { None };
        let cms = if source.is_of_gate() { None } else { CmsLine::read(&event.message) };
        let is_other = gate.is_none() && cms.is_none();
        LogLine {
            time: event.milliseconds,
            region: source.region.clone(),
            id: event.id,
            source: source.name,
            gate,
            cms,
            message: is_other.then(|| event.message.trim_end().to_owned()),
        }
    }
}

/// For people: time, region, event, reason, status, method and path, who, and what else there is to know.
impl fmt::Display for LogLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {:<14} ", rfc3339(self.time), self.region)?;
        if let Some(cms) = &self.cms {
            return write!(f, "{:<15} {}", self.source, plain(&cms.to_string()));
        }
        let Some(gate) = &self.gate else {
            return f.write_str(&plain(self.message.as_deref().unwrap_or_default()));
        };
        let status = gate.status.map_or_else(|| "-".to_owned(), |status| status.to_string());
        let who = gate.who.as_ref().map(|who| who.username.as_deref().unwrap_or(&who.subject));
        write!(
            f,
            "{:<15} {:<22} {status:>3} {} {}",
            plain(&gate.event),
            plain(&gate.reason),
            plain(&gate.method),
            plain(&gate.path)
        )?;
        if let Some(who) = who {
            write!(f, "  {}", plain(who))?;
        }
        if let Some(milliseconds) = gate.exchange_time {
            write!(f, "  {milliseconds} ms")?;
        }
        if let Some(detail) = &gate.detail {
            write!(f, "  ({})", plain(detail))?;
        }
        Ok(())
    }
}

/// Paths are viewers' own words: nothing in them may steer a terminal.
fn plain(text: &str) -> String {
    text.chars()
        .flat_map(|c| if c.is_control() { c.escape_unicode().collect::<Vec<_>>() } else { vec![c] })
        .collect()
}

fn rfc3339(milliseconds: i64) -> String {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(milliseconds) * 1_000_000)
        .ok()
        .and_then(|time| time.format(&Rfc3339).ok())
        .unwrap_or_else(|| milliseconds.to_string())
}

fn as_time<S: Serializer>(milliseconds: &i64, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&rfc3339(*milliseconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(message: &str) -> LogLine {
        let event =
            LogEvent { id: "1".to_owned(), milliseconds: 1_795_264_200_123, message: message.to_owned() };
        LogLine::read(&Source::of_gate("gate", &["eu-west-1".to_owned()]).remove(0), event)
    }

    #[test]
    fn the_gates_line_is_read_for_people_and_programs() {
        let line = line(
            r#"{"_aws":{"Timestamp":1},"level":"info","function":"cms-edge-auth","event":"refusal","reason":"not_in_group","count":1,"status":403,
            "request_id":"id-1","method":"GET","path":"/admin/","client_ip":"192.0.2.1","who":{"subject":"s","username":"ada"}}"#,
        );
        assert_eq!(
            line.to_string(),
            "2026-11-21T12:30:00.123Z eu-west-1      refusal         not_in_group           403 GET \
             /admin/  ada"
        );
        let json = serde_json::to_value(&line).unwrap();
        assert_eq!((&json["time"], &json["event"]), (&"2026-11-21T12:30:00.123Z".into(), &"refusal".into()));
        assert_eq!(json["function"], "cms-edge-auth");
        assert!(json.get("_aws").is_none() && json.get("message").is_none());
    }

    #[test]
    fn another_line_stays_as_it_is() {
        let line = line("START RequestId: 1\n");
        assert!(line.gate.is_none());
        assert!(line.to_string().ends_with("START RequestId: 1"));
    }

    #[test]
    fn no_path_steers_a_terminal() {
        let line = line(r#"{"event":"refusal","path":"/\u001b[2Jx"}"#);
        assert!(line.to_string().ends_with("/\\u{1b}[2Jx"), "{line}");
    }
}
