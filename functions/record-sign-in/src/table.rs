//! The records in DynamoDB: the person's latest sign-in, by which calls that tell of the same one find each other, and the
//! sign-in itself.

use std::collections::HashMap;

use aws_sdk_dynamodb::{
    Client,
    error::DisplayErrorContext,
    operation::update_item::UpdateItemError,
    types::{AttributeValue, ReturnValuesOnConditionCheckFailure},
};
use time::OffsetDateTime;

use crate::record::{Record, SAME, at};

/// DynamoDB did not do it.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct TableError(String);

/// The table of records.
pub(crate) struct Table {
    client: Client,
    name: String,
}

/// Which call tells of a sign-in.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Claim {
    /// The first.
    First,
    /// A later one: the sign-in has its key already.
    Again {
        /// When it was.
        at: String,
        /// Its key.
        sk: String,
    },
}

impl Table {
    pub(crate) fn new(client: Client, name: String) -> Table {
        Table { client, name }
    }

    /// Makes this the person's latest sign-in, unless an earlier call has told of it.
    pub(crate) async fn claim(&self, record: &Record, now: OffsetDateTime) -> Result<Claim, TableError> {
        let mut set = "SET #at = :at, #last = :sk, username = :username, client_id = :client_id".to_owned();
        let mut update = self
            .client
            .update_item()
            .table_name(&self.name)
            .key("pk", text(&record.pk))
            .key("sk", text("LAST"))
            .condition_expression("attribute_not_exists(#at) OR #at < :since OR client_id <> :client_id")
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld)
            .expression_attribute_names("#at", "at")
            .expression_attribute_names("#last", "last")
            .expression_attribute_values(":since", text(&at(now - SAME)))
            .expression_attribute_values(":at", text(&record.at))
            .expression_attribute_values(":sk", text(&record.sk))
            .expression_attribute_values(":username", text(&record.username))
            .expression_attribute_values(":client_id", text(&record.client_id));
        let said = [("email", &record.email), ("name", &record.name), ("greeting", &record.greeting)];
        for (name, value) in said.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?))) {
            set.push_str(&format!(", #{name} = :{name}"));
            update = update
                .expression_attribute_names(format!("#{name}"), name)
                .expression_attribute_values(format!(":{name}"), text(value));
        }
        match update.update_expression(set).send().await {
            Ok(_) => Ok(Claim::First),
            Err(error) => match error.as_service_error() {
                Some(UpdateItemError::ConditionalCheckFailedException(failed)) => {
                    Ok(earlier(failed.item(), now).unwrap_or(Claim::First))
                }
                _ => Err(TableError(DisplayErrorContext(error).to_string())),
            },
        }
    }

    /// Writes the sign-in; whether it was not there before.
    pub(crate) async fn put(&self, record: &Record) -> Result<bool, TableError> {
        let put = self.client.put_item().table_name(&self.name).set_item(Some(item(record)));
        match put.condition_expression("attribute_not_exists(pk)").send().await {
            Ok(_) => Ok(true),
            Err(error)
                if error
                    .as_service_error()
                    .is_some_and(|error| error.is_conditional_check_failed_exception()) =>
            {
                Ok(false)
            }
            Err(error) => Err(TableError(DisplayErrorContext(error).to_string())),
        }
    }
}

/// A latest sign-in that lies in the future comes from a clock that is wrong; it must not swallow this one.
fn earlier(item: Option<&HashMap<String, AttributeValue>>, now: OffsetDateTime) -> Option<Claim> {
    let said = |name: &str| item?.get(name)?.as_s().ok().cloned();
    let (then, sk) = (said("at")?, said("last")?);
    (then <= at(now + SAME)).then_some(Claim::Again { at: then, sk })
}

fn item(record: &Record) -> HashMap<String, AttributeValue> {
    let mut item = HashMap::from([
        ("pk".to_owned(), text(&record.pk)),
        ("sk".to_owned(), text(&record.sk)),
        ("day".to_owned(), text(&record.day)),
        ("at".to_owned(), text(&record.at)),
        ("username".to_owned(), text(&record.username)),
        ("client_id".to_owned(), text(&record.client_id)),
        ("expires_at".to_owned(), AttributeValue::N(record.expires_at.to_string())),
    ]);
    let said = [("email", &record.email), ("name", &record.name)];
    item.extend(said.into_iter().filter_map(|(name, value)| Some((name.to_owned(), text(value.as_ref()?)))));
    item
}

fn text(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn an_earlier_call_is_believed_unless_it_lies_in_the_future() {
        let now = datetime!(2026-11-26 21:00:00 UTC);
        let last = |at: &str| HashMap::from([("at".to_owned(), text(at)), ("last".to_owned(), text("k"))]);
        let found = |at: &str| earlier(Some(&last(at)), now);
        let again = |at: &str| Some(Claim::Again { at: at.to_owned(), sk: "k".to_owned() });
        assert_eq!(found("2026-11-26T20:59:59.000Z"), again("2026-11-26T20:59:59.000Z"));
        assert_eq!(found("2026-11-26T21:00:10.000Z"), again("2026-11-26T21:00:10.000Z"));
        assert_eq!(found("2026-11-26T21:00:10.001Z"), None);
        assert_eq!(earlier(None, now), None);
    }
}
