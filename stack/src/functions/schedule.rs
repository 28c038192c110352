//! Schedules of EventBridge Scheduler, as far as rates go.

use std::{sync::Arc, time::Duration};

use serde::Deserialize;
use serde_json::Value;
use tokio::time::{MissedTickBehavior, interval_at};

use super::{DeclaredError, Function};

/// How often a schedule runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate(pub Duration);

/// A schedule.
#[derive(Clone, Debug, PartialEq)]
pub struct Schedule {
    /// Its name.
    pub name: String,
    /// How often it runs.
    pub rate: Rate,
    /// The function's ARN.
    pub function: String,
    /// The event.
    pub input: Value,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Properties {
    name: String,
    #[serde(rename = "Description")]
    _description: Option<String>,
    schedule_expression: String,
    flexible_time_window: Value,
    target: Target,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Target {
    arn: String,
    input: String,
    /// About starting the function, which never fails here.
    #[serde(rename = "RetryPolicy")]
    _retries: Option<Value>,
    #[serde(rename = "DeadLetterConfig")]
    _dead_letters: Option<Value>,
    #[serde(rename = "RoleArn")]
    _role: String,
}

impl Schedule {
    /// Reads the properties of an `AWS::Scheduler::Schedule`.
    pub(super) fn read(properties: &Value) -> Result<Self, DeclaredError> {
        let read = Properties::deserialize(properties)?;
        if read.flexible_time_window.get("Mode").is_none_or(|mode| mode != "OFF") {
            return Err(DeclaredError::Expected("a schedule without a flexible time window"));
        }
        let rate = rate(&read.schedule_expression)
            .ok_or(DeclaredError::Expected("a schedule such as rate(1 minute)"))?;
        let input = serde_json::from_str(&read.target.input)?;
        Ok(Self { name: read.name, rate, function: read.target.arn, input })
    }
}

fn rate(text: &str) -> Option<Rate> {
    let (number, unit) = text.strip_prefix("rate(")?.strip_suffix(')')?.split_once(' ')?;
    let seconds = match unit {
        "minute" | "minutes" => 60,
        "hour" | "hours" => 3_600,
        _ => return None,
    };
    let number = number.parse::<u64>().ok().filter(|number| *number > 0)?;
    Some(Rate(Duration::from_secs(number * seconds)))
}

/// Sends the event again and again, the first time after one period.
pub(super) async fn run(function: Arc<Function>, every: Duration, event: Value) {
    let mut beats = interval_at(tokio::time::Instant::now() + every, every);
    beats.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        beats.tick().await;
        function.send(event.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_read() {
        assert_eq!(rate("rate(1 minute)"), Some(Rate(Duration::from_secs(60))));
        assert_eq!(rate("rate(2 hours)"), Some(Rate(Duration::from_secs(7_200))));
        for wrong in ["cron(* * * * ? *)", "rate(0 minutes)", "rate(1)", "1 minute"] {
            assert_eq!(rate(wrong), None);
        }
    }
}
