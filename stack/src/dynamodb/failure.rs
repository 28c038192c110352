//! DynamoDB's errors: status 400 and a JSON document with a qualified type.

use serde_json::{Value, json};

use super::attribute::Item;

/// Why DynamoDB refuses a request.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub(super) enum Failure {
    /// The request is wrong, or asks for something that is not known here.
    #[error("{0}")]
    Validation(String),
    /// The condition did not hold.
    #[error("The conditional request failed")]
    Condition {
        /// The item as it is, where the caller asked for it.
        item: Option<Item>,
    },
    /// There is no such table.
    #[error("Requested resource not found: Table: {0} not found")]
    NoTable(String),
    /// There is no such operation here.
    #[error("the operation {0} is not known to the local DynamoDB")]
    Operation(String),
    /// The body is no JSON.
    #[error("expected a JSON object: {0}")]
    Serialization(String),
    /// Asked for by a test.
    #[error("The level of configured provisioned throughput for the table was exceeded")]
    Throttled,
    /// Asked for by a test.
    #[error("User is not authorized to perform: dynamodb:{0}")]
    Denied(String),
}

impl Failure {
    /// A request that cannot be carried out.
    pub(super) fn validation(text: impl Into<String>) -> Self {
        Self::Validation(text.into())
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Validation(_) => "com.amazon.coral.validate#ValidationException",
            Self::Condition { .. } => "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException",
            Self::NoTable(_) => "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException",
            Self::Operation(_) => "com.amazon.coral.service#UnknownOperationException",
            Self::Serialization(_) => "com.amazon.coral.service#SerializationException",
            Self::Throttled => "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException",
            Self::Denied(_) => "com.amazon.coral.service#AccessDeniedException",
        }
    }

    /// The document that says so.
    pub(super) fn document(&self) -> Value {
        let mut document = json!({ "__type": self.code(), "message": self.to_string() });
        if let (Self::Condition { item: Some(item) }, Some(members)) = (self, document.as_object_mut()) {
            members.insert("Item".to_owned(), super::attribute::json_of(item));
        }
        document
    }
}
