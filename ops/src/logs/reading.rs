//! Reads the log of every region, side by side, and merges the lines by time.

use std::collections::BTreeSet;

use tokio::task::JoinSet;

use super::filter::Filter;
use super::line::LogLine;
use super::source::Source;
use crate::aws::{CallError, Cloud, LogQuery};
use crate::failure::NextStep;
use crate::moment::Moment;

/// What was found.
#[derive(Debug, Default)]
pub struct Reading {
    /// The lines, oldest first.
    pub lines: Vec<LogLine>,
    /// The regions whose log could be read.
    pub regions: Vec<String>,
    /// The regions that could not be asked, and why.
    pub failures: Vec<CallError>,
}

/// Why there is nothing to read.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The function has not run anywhere yet, and nothing was deployed for its log.
    #[error("there is no log {groups} in any of the regions {regions}")]
    NoLog {
        /// The log groups.
        groups: String,
        /// Where it was looked for.
        regions: String,
    },
    /// No region can be asked.
    #[error(transparent)]
    Denied(CallError),
}

impl LogError {
    fn no_log(sources: &[Source]) -> LogError {
        let joined = |part: fn(&Source) -> &str| {
            let all: BTreeSet<&str> = sources.iter().map(part).collect();
            all.into_iter().collect::<Vec<_>>().join(", ")
        };
        LogError::NoLog { groups: joined(|source| &source.group), regions: joined(|source| &source.region) }
    }
}

impl NextStep for LogError {
    fn next_step(&self) -> String {
        match self {
            LogError::NoLog { .. } => {
                "check the function's name and --region; parapet deploy edge makes the log groups".to_owned()
            }
            LogError::Denied(error) => error.next_step(),
        }
    }
}

/// Reads what was written since `since`, until `until`.
///
/// # Errors
///
/// When no region can be asked, or none has any of the logs. Where only some cannot, their failures are told
/// beside the lines of the others.
pub async fn read(
    cloud: &Cloud,
    sources: &[Source],
    (since, until): (Moment, Option<Moment>),
    filter: &Filter,
) -> Result<Reading, LogError> {
    let mut asked = JoinSet::new();
    for source in sources.iter().filter(|source| filter.may_be_in(source)) {
        let (cloud, source) = (cloud.in_region(&source.region), source.clone());
        let pattern = filter.pattern(&source);
        let query = LogQuery { start: milliseconds(since), end: until.map(milliseconds), pattern };
        asked.spawn(async move {
            let events = cloud.log_events(&source.group, &query).await;
            (source, events)
        });
    }
    let mut reading = Reading::default();
    for (source, events) in asked.join_all().await {
        match events {
            Ok(Some(events)) => {
                let lines = events.into_iter().map(|event| LogLine::read(&source, event));
                reading.lines.extend(lines.filter(|line| filter.wants(line)));
                reading.regions.push(source.region);
            }
            Ok(None) => {}
            Err(error) => reading.failures.push(error),
        }
    }
    if reading.regions.is_empty() {
        return Err(match reading.failures.into_iter().next() {
            Some(error) => LogError::Denied(error),
            None => LogError::no_log(sources),
        });
    }
    reading.regions.sort_unstable();
    reading.regions.dedup();
    reading
        .lines
        .sort_by(|one, other| (one.time, &one.region, &one.id).cmp(&(other.time, &other.region, &other.id)));
    Ok(reading)
}

fn milliseconds(moment: Moment) -> i64 {
    moment.unix().saturating_mul(1_000)
}
