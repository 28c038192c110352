//! The records in DynamoDB: `GetItem`, and `Query` of the index `by-day`.

use std::collections::HashMap;
use std::error::Error;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::error::DisplayErrorContext;
use aws_sdk_dynamodb::types::AttributeValue;
use content::wire::{MediaState, PersonId, Rendition, SignIn, Timestamp};

use super::{Announced, Answer, LastSignIn, ProcessedMedia, RecordedSignIn, Records, RecordsError};

/// The table of records.
#[derive(Debug, Clone)]
pub struct DynamoDb {
    client: Client,
    table: String,
}

impl DynamoDb {
    /// The table of this name.
    #[must_use]
    pub fn new(client: Client, table: impl Into<String>) -> DynamoDb {
        DynamoDb { client, table: table.into() }
    }

    async fn item(&self, pk: String, sk: &str) -> Result<Option<Item>, RecordsError> {
        let key = format!("{pk} {sk}");
        let asked = self.client.get_item().table_name(&self.table);
        let asked = asked.key("pk", AttributeValue::S(pk)).key("sk", AttributeValue::S(sk.to_owned()));
        let answer = asked.consistent_read(true).send().await.map_err(unavailable)?;
        Ok(answer.item.map(|attributes| Item { key, attributes }))
    }

    async fn of_day(
        &self,
        day: &str,
        before: Option<&str>,
        limit: usize,
    ) -> Result<Vec<RecordedSignIn>, RecordsError> {
        let asked = self.client.query().table_name(&self.table).index_name("by-day");
        let asked = asked
            .expression_attribute_names("#day", "day")
            .expression_attribute_values(":day", AttributeValue::S(day.to_owned()))
            .limit(i32::try_from(limit).unwrap_or(i32::MAX))
            .scan_index_forward(false);
        let asked = match before {
            None => asked.key_condition_expression("#day = :day"),
            Some(before) => asked
                .key_condition_expression("#day = :day AND sk < :before")
                .expression_attribute_values(":before", AttributeValue::S(before.to_owned())),
        };
        let items = asked.send().await.map_err(unavailable)?.items.unwrap_or_default();
        items
            .into_iter()
            .map(|attributes| sign_in(&Item { key: format!("by-day {day}"), attributes }))
            .collect()
    }
}

impl Records for DynamoDb {
    fn announced<'a>(&'a self, batch: &'a str) -> Answer<'a, Option<Announced>> {
        Box::pin(async move {
            let item = self.item(format!("RELEASE#{batch}"), "ANNOUNCED").await?;
            Ok(item.map(|item| Announced {
                attempt: item.number("attempt").unwrap_or_default(),
                completed_at: item.text("completed_at").map(Timestamp::from),
                invalidation_id: item.text("invalidation_id").map(ToOwned::to_owned),
                problem: item.text("problem").map(ToOwned::to_owned),
            }))
        })
    }

    fn media<'a>(&'a self, id: &'a str, version: u32) -> Answer<'a, Option<ProcessedMedia>> {
        Box::pin(async move {
            let item = self.item(format!("MEDIA#{id}"), &media_key(version)).await?;
            item.as_ref().map(processed).transpose()
        })
    }

    fn last_sign_in<'a>(&'a self, person: &'a str) -> Answer<'a, Option<LastSignIn>> {
        Box::pin(async move {
            let Some(item) = self.item(format!("USER#{person}"), "LAST").await? else { return Ok(None) };
            Ok(Some(LastSignIn {
                username: item.required_text("username")?.to_owned(),
                name: item.text("name").map(ToOwned::to_owned),
                email: item.text("email").map(ToOwned::to_owned),
                greeting: item.text("greeting").map(ToOwned::to_owned),
                at: Timestamp::from(item.required_text("at")?),
            }))
        })
    }

    fn sign_ins<'a>(
        &'a self,
        day: &'a str,
        before: Option<&'a str>,
        limit: usize,
    ) -> Answer<'a, Vec<RecordedSignIn>> {
        Box::pin(self.of_day(day, before, limit))
    }
}

fn media_key(version: u32) -> String {
    if version == 1 { "ITEM".to_owned() } else { format!("ITEM#{version}") }
}

fn unavailable<E: Error>(error: E) -> RecordsError {
    RecordsError::Unavailable(DisplayErrorContext(error).to_string())
}

fn sign_in(item: &Item) -> Result<RecordedSignIn, RecordsError> {
    let key = item.required_text("sk")?;
    let person = item.required_text("pk")?;
    let person = person.strip_prefix("USER#").ok_or_else(|| item.unreadable("pk, expected USER#<sub>"))?;
    // The sort key begins with the time, so that those of one person sort as they happened.
    let at = item.text("at").or_else(|| key.split('#').next()).unwrap_or_default();
    let sign_in = SignIn {
        person: PersonId::from(person),
        username: item.required_text("username")?.to_owned(),
        email: item.text("email").map(ToOwned::to_owned),
        at: Timestamp::from(at),
    };
    Ok(RecordedSignIn { key: key.to_owned(), sign_in })
}

fn processed(item: &Item) -> Result<ProcessedMedia, RecordsError> {
    let state = match item.required_text("state")? {
        "processing" => MediaState::Processing,
        "ready" => MediaState::Ready,
        "refused" => MediaState::Refused,
        _ => return Err(item.unreadable("state, expected processing, ready or refused")),
    };
    Ok(ProcessedMedia {
        state,
        problem: item.text("problem").map(ToOwned::to_owned),
        kind: item.text("type").map(ToOwned::to_owned),
        size: item.number("size"),
        width: item.number("width"),
        height: item.number("height"),
        thumbhash: item.text("thumbhash").map(ToOwned::to_owned),
        renditions: item.renditions()?,
    })
}

struct Item {
    key: String,
    attributes: HashMap<String, AttributeValue>,
}

impl Item {
    fn text(&self, name: &str) -> Option<&str> {
        let value = self.attributes.get(name)?.as_s().ok()?;
        (!value.is_empty()).then_some(value.as_str())
    }

    fn required_text(&self, name: &str) -> Result<&str, RecordsError> {
        self.text(name).ok_or_else(|| self.unreadable(name))
    }

    fn number<N: std::str::FromStr>(&self, name: &str) -> Option<N> {
        self.attributes.get(name)?.as_n().ok()?.parse().ok()
    }

    fn unreadable(&self, what: &str) -> RecordsError {
        RecordsError::Unreadable { key: self.key.clone(), problem: format!("it has no such {what}") }
    }

    /// A list of maps, or the same as JSON in a text: both are ways in which functions write lists.
    fn renditions(&self) -> Result<Vec<Rendition>, RecordsError> {
        match self.attributes.get("renditions") {
            None => Ok(Vec::new()),
            Some(AttributeValue::S(json)) => {
                serde_json::from_str(json).map_err(|_| self.unreadable("renditions, expected a JSON array"))
            }
            Some(AttributeValue::L(list)) => {
                let read = list.iter().map(|value| {
                    let attributes = value.as_m().ok()?.clone();
                    let one = Item { key: String::new(), attributes };
                    Some(Rendition {
                        url: one.text("url")?.to_owned(),
                        kind: one.text("type")?.to_owned(),
                        width: one.number("width").unwrap_or_default(),
                        height: one.number("height").unwrap_or_default(),
                    })
                });
                read.collect::<Option<Vec<_>>>()
                    .ok_or_else(|| self.unreadable("renditions, expected url and type"))
            }
            Some(_) => Err(self.unreadable("renditions, expected a list")),
        }
    }
}
