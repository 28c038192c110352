//! Amazon CloudWatch Logs: the events of one log group.

use super::{CallError, Cloud};

/// An event of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEvent {
    /// Its id, the same each time it is read.
    pub id: String,
    /// When it happened, in milliseconds since the start of 1970.
    pub milliseconds: i64,
    /// What was written.
    pub message: String,
}

/// Which events are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LogQuery {
    /// Since when, in milliseconds since the start of 1970, inclusive.
    pub start: i64,
    /// Until when, exclusive.
    pub end: Option<i64>,
    /// A filter pattern; what it lets through is still to be looked at.
    pub pattern: Option<String>,
}

/// The retention of a log group in days; the inner `None` is for ever.
pub type Retention = Option<i32>;

impl Cloud {
    /// The events of a log group in this region, oldest first within each stream; `None` where there is no such group.
    ///
    /// # Errors
    ///
    /// When a call fails.
    pub async fn log_events(
        &self,
        group: &str,
        query: &LogQuery,
    ) -> Result<Option<Vec<LogEvent>>, CallError> {
        let client = self.logs();
        let mut events = Vec::new();
        let mut token = None;
        loop {
            let request = client
                .filter_log_events()
                .log_group_name(group)
                .start_time(query.start)
                // Both ends are inclusive there.
                .set_end_time(query.end.map(|end| end - 1))
                .set_filter_pattern(query.pattern.clone());
            let page = match request.set_next_token(token).send().await {
                Ok(page) => page,
                Err(error)
                    if error
                        .as_service_error()
                        .is_some_and(|error| error.is_resource_not_found_exception()) =>
                {
                    return Ok(None);
                }
                Err(error) => {
                    return Err(CallError::new(
                        format!("reading the log {group} in {}", self.region()),
                        error,
                    ));
                }
            };
            events.extend(page.events.unwrap_or_default().into_iter().map(|event| LogEvent {
                id: event.event_id.unwrap_or_default(),
                milliseconds: event.timestamp.unwrap_or_default(),
                message: event.message.unwrap_or_default(),
            }));
            token = page.next_token;
            if token.is_none() {
                return Ok(Some(events));
            }
        }
    }

    /// How long a log group of this region keeps its events; `None` where there is no such group.
    ///
    /// # Errors
    ///
    /// When the call fails.
    pub async fn log_retention(&self, group: &str) -> Result<Option<Retention>, CallError> {
        let answer = self.logs().describe_log_groups().log_group_name_prefix(group).send().await;
        let answer = answer.map_err(|error| {
            CallError::new(format!("looking for the log {group} in {}", self.region()), error)
        })?;
        let groups = answer.log_groups.unwrap_or_default();
        let found = groups.into_iter().find(|found| found.log_group_name.as_deref() == Some(group));
        Ok(found.map(|found| found.retention_in_days))
    }
}
