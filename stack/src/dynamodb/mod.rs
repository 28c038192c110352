//! The part of Amazon DynamoDB that the records need: PutItem, GetItem, UpdateItem, DeleteItem and Query, with condition,
//! update, key, filter and projection expressions, on tables that `infra/functions.yaml` declares.
//!
//! What is not known here is refused as DynamoDB refuses nonsense, with a ValidationException: an operation that did half
//! of what was asked would be a record lost without a word.

mod api;
mod attribute;
mod expression;
mod failure;
mod kept;
mod key;
mod number;
mod query;
mod records;
mod request;
mod schema;
mod table;

pub use kept::KeptError;
pub use records::{Records, RecordsFault};
pub use schema::{IndexSchema, KeySchema, SchemaError, TableSchema};
