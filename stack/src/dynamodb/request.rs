//! The requests, read whole: a member that is not known here is a request that cannot be carried out.

use std::collections::BTreeMap;

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use super::{
    attribute::{Item, read_item},
    expression::Placeholders,
    failure::Failure,
};

/// Members that only report what a request has cost; the local stack has nothing to report.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
pub(super) enum Nothing {
    #[default]
    #[serde(rename = "NONE")]
    None,
}

/// What a writing request answers with.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum ReturnValues {
    #[default]
    None,
    AllOld,
    AllNew,
    UpdatedOld,
    UpdatedNew,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct PutItem {
    pub(super) table_name: String,
    pub(super) item: Value,
    pub(super) condition_expression: Option<String>,
    expression_attribute_names: Option<BTreeMap<String, String>>,
    expression_attribute_values: Option<Value>,
    #[serde(default)]
    pub(super) return_values: ReturnValues,
    #[serde(default)]
    pub(super) return_values_on_condition_check_failure: ReturnValues,
    #[serde(rename = "ReturnConsumedCapacity", default)]
    _capacity: Nothing,
    #[serde(rename = "ReturnItemCollectionMetrics", default)]
    _metrics: Nothing,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct GetItem {
    pub(super) table_name: String,
    pub(super) key: Value,
    pub(super) projection_expression: Option<String>,
    expression_attribute_names: Option<BTreeMap<String, String>>,
    #[serde(rename = "ConsistentRead", default)]
    _consistent: bool,
    #[serde(rename = "ReturnConsumedCapacity", default)]
    _capacity: Nothing,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct UpdateItem {
    pub(super) table_name: String,
    pub(super) key: Value,
    pub(super) update_expression: Option<String>,
    pub(super) condition_expression: Option<String>,
    expression_attribute_names: Option<BTreeMap<String, String>>,
    expression_attribute_values: Option<Value>,
    #[serde(default)]
    pub(super) return_values: ReturnValues,
    #[serde(default)]
    pub(super) return_values_on_condition_check_failure: ReturnValues,
    #[serde(rename = "ReturnConsumedCapacity", default)]
    _capacity: Nothing,
    #[serde(rename = "ReturnItemCollectionMetrics", default)]
    _metrics: Nothing,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct DeleteItem {
    pub(super) table_name: String,
    pub(super) key: Value,
    pub(super) condition_expression: Option<String>,
    expression_attribute_names: Option<BTreeMap<String, String>>,
    expression_attribute_values: Option<Value>,
    #[serde(default)]
    pub(super) return_values: ReturnValues,
    #[serde(default)]
    pub(super) return_values_on_condition_check_failure: ReturnValues,
    #[serde(rename = "ReturnConsumedCapacity", default)]
    _capacity: Nothing,
    #[serde(rename = "ReturnItemCollectionMetrics", default)]
    _metrics: Nothing,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Query {
    pub(super) table_name: String,
    pub(super) index_name: Option<String>,
    pub(super) key_condition_expression: Option<String>,
    pub(super) filter_expression: Option<String>,
    pub(super) projection_expression: Option<String>,
    expression_attribute_names: Option<BTreeMap<String, String>>,
    expression_attribute_values: Option<Value>,
    pub(super) exclusive_start_key: Option<Value>,
    pub(super) limit: Option<usize>,
    pub(super) scan_index_forward: Option<bool>,
    #[serde(default)]
    pub(super) consistent_read: bool,
    #[serde(default)]
    pub(super) select: Select,
    #[serde(rename = "ReturnConsumedCapacity", default)]
    _capacity: Nothing,
}

/// What a query answers with.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum Select {
    #[default]
    AllAttributes,
    SpecificAttributes,
    AllProjectedAttributes,
    Count,
}

/// Reads a request's body.
pub(super) fn read<T: DeserializeOwned>(body: Value) -> Result<T, Failure> {
    serde_json::from_value(body).map_err(|error| {
        Failure::validation(format!("the request is not as the local DynamoDB knows it: {error}"))
    })
}

fn placeholders(
    names: &mut Option<BTreeMap<String, String>>,
    values: &mut Option<Value>,
) -> Result<Placeholders, Failure> {
    let names = names.take().unwrap_or_default();
    let values: Item = values.take().map_or_else(|| Ok(Item::new()), |values| read_item(&values))?;
    Ok(Placeholders::new(names, values))
}

impl PutItem {
    pub(super) fn placeholders(&mut self) -> Result<Placeholders, Failure> {
        placeholders(&mut self.expression_attribute_names, &mut self.expression_attribute_values)
    }
}

impl GetItem {
    pub(super) fn placeholders(&mut self) -> Result<Placeholders, Failure> {
        placeholders(&mut self.expression_attribute_names, &mut None)
    }
}

impl UpdateItem {
    pub(super) fn placeholders(&mut self) -> Result<Placeholders, Failure> {
        placeholders(&mut self.expression_attribute_names, &mut self.expression_attribute_values)
    }
}

impl DeleteItem {
    pub(super) fn placeholders(&mut self) -> Result<Placeholders, Failure> {
        placeholders(&mut self.expression_attribute_names, &mut self.expression_attribute_values)
    }
}

impl Query {
    pub(super) fn placeholders(&mut self) -> Result<Placeholders, Failure> {
        placeholders(&mut self.expression_attribute_names, &mut self.expression_attribute_values)
    }
}
