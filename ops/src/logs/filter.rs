//! Which lines are wanted. CloudWatch Logs looks first, so that hardly anything else travels; the last word is here.

use super::line::LogLine;
use super::source::Source;

/// What a line has to be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// One of these events; none: any.
    pub events: Vec<String>,
    /// This reason.
    pub reason: Option<String>,
    /// This request.
    pub request_id: Option<String>,
    /// Also what is not the gate's: START, END, REPORT.
    pub all: bool,
}

impl Filter {
    /// Whether a line is wanted.
    #[must_use]
    pub fn wants(&self, line: &LogLine) -> bool {
        if let Some(cms) = &line.cms {
            return self.request_id.as_deref().is_none_or(|id| cms.request_id() == Some(id));
        }
        let Some(gate) = &line.gate else { return self.all && self.is_open() };
        (self.events.is_empty() || self.events.contains(&gate.event))
            && self.reason.as_ref().is_none_or(|reason| *reason == gate.reason)
            && self.request_id.as_ref().is_none_or(|id| *id == gate.request_id)
    }

    /// Whether a log may hold what is wanted: only the gate has events and reasons.
    #[must_use]
    pub fn may_be_in(&self, source: &Source) -> bool {
        source.is_of_gate() || (self.events.is_empty() && self.reason.is_none())
    }

    /// The same for CloudWatch Logs, as far as it can be said there.
    /// <https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html>
    #[must_use]
    pub fn pattern(&self, source: &Source) -> Option<String> {
        if self.all && self.is_open() {
            return None;
        }
        let equals = |member: &str, value: &String| format!("($.{member} = \"{value}\")");
        if !source.is_of_gate() {
            let id = self.request_id.as_ref().filter(|id| is_plain(id)).map(|id| equals("request_id", id));
            let any = || "($.Route = \"*\") || ($.level = \"*\")".to_owned();
            return Some(format!("{{ {} }}", id.unwrap_or_else(any)));
        }
        let mut conditions = Vec::new();
        if !self.events.is_empty() && self.events.iter().all(|event| is_plain(event)) {
            let any: Vec<String> = self.events.iter().map(|event| equals("event", event)).collect();
            conditions.push(format!("({})", any.join(" || ")));
        }
        let others = [("reason", &self.reason), ("request_id", &self.request_id)];
        conditions.extend(others.iter().filter_map(|(member, value)| {
            value.as_ref().filter(|value| is_plain(value)).map(|value| equals(member, value))
        }));
        if conditions.is_empty() {
            conditions.push("($.event = \"*\")".to_owned());
        }
        Some(format!("{{ {} }}", conditions.join(" && ")))
    }

    /// Whether any of the gate's lines will do.
    fn is_open(&self) -> bool {
        self.events.is_empty() && self.reason.is_none() && self.request_id.is_none()
    }
}

/// A star would stand for anything, a quote for the end.
fn is_plain(value: &str) -> bool {
    value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-=+/.".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::LogEvent;

    fn line(message: &str) -> LogLine {
        let event = LogEvent { id: "1".to_owned(), milliseconds: 0, message: message.to_owned() };
        LogLine::read(&gate(), event)
    }

    fn gate() -> Source {
        Source::of_gate("gate", &["eu-west-1".to_owned()]).remove(0)
    }

    const REFUSAL: &str = r#"{"event":"refusal","reason":"no_session","request_id":"id-1"}"#;

    #[test]
    fn a_line_has_to_be_all_that_is_asked() {
        let filter = |events: &[&str], reason: Option<&str>, id: Option<&str>| Filter {
            events: events.iter().map(|event| (*event).to_owned()).collect(),
            reason: reason.map(str::to_owned),
            request_id: id.map(str::to_owned),
            all: false,
        };
        for (filter, wanted) in [
            (filter(&[], None, None), true),
            (filter(&["sign_in", "refusal"], None, None), true),
            (filter(&["sign_in"], None, None), false),
            (filter(&["refusal"], Some("no_session"), Some("id-1")), true),
            (filter(&[], Some("not_in_group"), None), false),
            (filter(&[], None, Some("id-2")), false),
        ] {
            assert_eq!(filter.wants(&line(REFUSAL)), wanted, "{filter:?}");
            assert!(!filter.wants(&line("END RequestId: 1")));
        }
        assert!(Filter { all: true, ..Filter::default() }.wants(&line("END RequestId: 1")));
    }

    #[test]
    fn cloudwatch_looks_first() {
        let filter = Filter {
            events: vec!["sign_in".to_owned(), "fault".to_owned()],
            reason: Some("x\" || \"".to_owned()),
            request_id: Some("aB_-==".to_owned()),
            all: false,
        };
        assert_eq!(
            filter.pattern(&gate()).unwrap(),
            "{ (($.event = \"sign_in\") || ($.event = \"fault\")) && ($.request_id = \"aB_-==\") }"
        );
        assert_eq!(Filter::default().pattern(&gate()).unwrap(), "{ ($.event = \"*\") }");
        assert_eq!(Filter { all: true, ..Filter::default() }.pattern(&gate()), None);
        let api = Source::of_cms("cms-production", "eu-west-1").remove(0);
        assert!(!filter.may_be_in(&api));
        assert_eq!(Filter::default().pattern(&api).unwrap(), "{ ($.Route = \"*\") || ($.level = \"*\") }");
        let of_request = Filter { request_id: Some("a".to_owned()), ..Filter::default() };
        assert_eq!(of_request.pattern(&api).unwrap(), "{ ($.request_id = \"a\") }");
    }
}
