//! What a table is, as CloudFormation declares it.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

/// The names of a key's attributes, which are text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeySchema {
    /// The partition key.
    pub partition: String,
    /// The sort key.
    pub sort: Option<String>,
}

impl KeySchema {
    /// The names of its attributes.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.partition.as_str()).chain(self.sort.as_deref())
    }
}

/// A global secondary index, with all attributes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexSchema {
    /// Its name.
    pub name: String,
    /// Its key.
    pub key: KeySchema,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableSchema {
    /// Its name.
    pub name: String,
    /// Its key.
    pub key: KeySchema,
    /// Its indexes.
    pub indexes: Vec<IndexSchema>,
    /// The attribute that says when an item may go. DynamoDB takes days for that; here they stay.
    pub time_to_live: Option<String>,
}

/// A declaration that the local stack does not know.
#[derive(Debug, thiserror::Error)]
pub enum SchemaError {
    /// It has not the form of a table.
    #[error("it cannot be read")]
    Form(#[from] serde_json::Error),
    /// Something in it is not known here.
    #[error("expected {0}")]
    Expected(&'static str),
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Declared {
    table_name: String,
    billing_mode: String,
    attribute_definitions: Vec<AttributeDefinition>,
    key_schema: Vec<KeyElement>,
    #[serde(default)]
    global_secondary_indexes: Vec<DeclaredIndex>,
    time_to_live_specification: Option<TimeToLive>,
    #[serde(rename = "PointInTimeRecoverySpecification", default)]
    _recovery: Value,
    #[serde(rename = "SSESpecification", default)]
    _encryption: Value,
    #[serde(rename = "DeletionProtectionEnabled", default)]
    _protection: Value,
    #[serde(rename = "Tags", default)]
    _tags: Value,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct AttributeDefinition {
    attribute_name: String,
    attribute_type: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct KeyElement {
    attribute_name: String,
    key_type: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct DeclaredIndex {
    index_name: String,
    key_schema: Vec<KeyElement>,
    projection: BTreeMap<String, Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct TimeToLive {
    attribute_name: String,
    enabled: bool,
}

impl TableSchema {
    /// Reads the properties of an `AWS::DynamoDB::Table`.
    ///
    /// # Errors
    /// When it is not as the local stack knows tables.
    pub fn read(properties: &Value) -> Result<Self, SchemaError> {
        let declared = Declared::deserialize(properties)?;
        if declared.billing_mode != "PAY_PER_REQUEST" {
            return Err(SchemaError::Expected("a table that is paid by the request"));
        }
        if declared.attribute_definitions.iter().any(|attribute| attribute.attribute_type != "S") {
            return Err(SchemaError::Expected("keys of text"));
        }
        let indexes = declared.global_secondary_indexes.into_iter().map(|index| {
            let all = index.projection.len() == 1
                && index.projection.get("ProjectionType").is_some_and(|kind| kind == "ALL");
            if !all {
                return Err(SchemaError::Expected("indexes that hold all attributes"));
            }
            Ok(IndexSchema { name: index.index_name, key: key(index.key_schema)? })
        });
        let indexes = indexes.collect::<Result<Vec<_>, _>>()?;
        let key = key(declared.key_schema)?;
        let defined = |name| declared.attribute_definitions.iter().any(|known| known.attribute_name == name);
        let all_defined = key.names().chain(indexes.iter().flat_map(|index| index.key.names())).all(defined);
        if !all_defined {
            return Err(SchemaError::Expected("a definition of every attribute of a key"));
        }
        let time_to_live = declared.time_to_live_specification.filter(|spec| spec.enabled);
        Ok(Self {
            name: declared.table_name,
            key,
            indexes,
            time_to_live: time_to_live.map(|spec| spec.attribute_name),
        })
    }
}

fn key(elements: Vec<KeyElement>) -> Result<KeySchema, SchemaError> {
    let mut elements = elements.into_iter();
    let wanted = |element: Option<KeyElement>, kind: &str| match element {
        Some(element) if element.key_type == kind => Ok(Some(element.attribute_name)),
        None => Ok(None),
        Some(_) => Err(SchemaError::Expected("a key of HASH, then RANGE")),
    };
    let partition = wanted(elements.next(), "HASH")?.ok_or(SchemaError::Expected("a partition key"))?;
    let sort = wanted(elements.next(), "RANGE")?;
    match elements.next() {
        None => Ok(KeySchema { partition, sort }),
        Some(_) => Err(SchemaError::Expected("at most two attributes in a key")),
    }
}
