//! What is recorded of an announcement.

use std::collections::HashMap;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;
use delivery::CallError;
use time::{Duration, OffsetDateTime};

/// How long a record is kept. The API reads it within minutes.
const KEPT: Duration = Duration::days(30);

/// The record of an announcement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Record {
    /// The batch.
    pub(crate) batch: String,
    /// The attempt of its manifest.
    pub(crate) attempt: i64,
    /// When its last invalidation was completed.
    pub(crate) completed_at: Option<String>,
    /// That invalidation; none where nothing had to be forgotten.
    pub(crate) invalidation_id: Option<String>,
    /// Why it failed for good.
    pub(crate) problem: Option<String>,
}

/// The table of records.
pub(crate) struct Table {
    client: Client,
    name: String,
}

impl Table {
    pub(crate) fn new(client: Client, name: String) -> Table {
        Table { client, name }
    }

    /// The attempt that was announced and completed, if any was.
    pub(crate) async fn completed(&self, batch: &str) -> Result<Option<i64>, CallError> {
        let asked = self.client.get_item().table_name(&self.name).consistent_read(true);
        let asked = asked.key("pk", text(&format!("RELEASE#{batch}"))).key("sk", text("ANNOUNCED"));
        let answer = asked.send().await;
        let answer =
            answer.map_err(|error| CallError::new(format!("reading the record of {batch}"), error))?;
        let item = answer.item.unwrap_or_default();
        let attempt = item.get("attempt").and_then(|value| value.as_n().ok()?.parse().ok());
        Ok(attempt.filter(|_| item.contains_key("completed_at")))
    }

    /// Writes a record, but over none of a later attempt, nor a problem over the same attempt's completion.
    pub(crate) async fn write(&self, record: &Record, now: OffsetDateTime) -> Result<(), CallError> {
        let condition = match record.problem {
            None => "attribute_not_exists(attempt) OR attempt <= :attempt",
            Some(_) => {
                "attribute_not_exists(attempt) OR attempt < :attempt \
                 OR (attempt = :attempt AND attribute_not_exists(completed_at))"
            }
        };
        let put = self.client.put_item().table_name(&self.name).set_item(Some(item(record, now)));
        let put = put
            .condition_expression(condition)
            .expression_attribute_values(":attempt", AttributeValue::N(record.attempt.to_string()));
        match put.send().await {
            Ok(_) => Ok(()),
            Err(error)
                if error
                    .as_service_error()
                    .is_some_and(|error| error.is_conditional_check_failed_exception()) =>
            {
                tracing::info!(batch = record.batch, attempt = record.attempt, "a later record stays");
                Ok(())
            }
            Err(error) => Err(CallError::new(format!("writing the record of {}", record.batch), error)),
        }
    }
}

fn item(record: &Record, now: OffsetDateTime) -> HashMap<String, AttributeValue> {
    let mut item = HashMap::from([
        ("pk".to_owned(), text(&format!("RELEASE#{}", record.batch))),
        ("sk".to_owned(), text("ANNOUNCED")),
        ("attempt".to_owned(), AttributeValue::N(record.attempt.to_string())),
        ("expires_at".to_owned(), AttributeValue::N((now + KEPT).unix_timestamp().to_string())),
    ]);
    let said = [
        ("completed_at", &record.completed_at),
        ("invalidation_id", &record.invalidation_id),
        ("problem", &record.problem),
    ];
    for (name, value) in said {
        if let Some(value) = value {
            item.insert(name.to_owned(), text(value));
        }
    }
    item
}

fn text(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}
