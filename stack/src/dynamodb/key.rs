//! Primary keys: one or two attributes of text.

use super::{
    attribute::{Attribute, Item},
    failure::Failure,
    schema::KeySchema,
};

/// The values of a key's attributes: of the partition key, and of the sort key where there is one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub(super) partition: String,
    pub(super) sort: String,
}

impl Key {
    /// The key of a whole item.
    pub(super) fn of(item: &Item, schema: &KeySchema) -> Result<Self, Failure> {
        let partition = text(item, &schema.partition)?;
        let sort = schema.sort.as_deref().map(|name| text(item, name)).transpose()?.unwrap_or_default();
        Ok(Self { partition, sort })
    }

    /// The key that a request gives: these attributes and no other.
    pub(super) fn read(item: &Item, schema: &KeySchema) -> Result<Self, Failure> {
        if item.len() != schema.names().count() {
            return Err(Failure::validation("The provided key element does not match the schema"));
        }
        Self::of(item, schema)
    }
}

fn text(item: &Item, name: &str) -> Result<String, Failure> {
    match item.get(name) {
        Some(Attribute::S(text)) if text.is_empty() => Err(Failure::validation(format!(
            "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty \
             string value. Key: {name}"
        ))),
        Some(Attribute::S(text)) => Ok(text.clone()),
        Some(other) => Err(Failure::validation(format!(
            "One or more parameter values were invalid: Type mismatch for key {name} expected: S actual: {}",
            other.kind()
        ))),
        None => Err(Failure::validation(format!(
            "One or more parameter values were invalid: Missing the key {name} in the item"
        ))),
    }
}
