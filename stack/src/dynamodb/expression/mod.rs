//! Expressions: conditions, updates and projections, in DynamoDB's own grammar.
//! <https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.html>

mod condition;
mod evaluation;
mod parser;
mod path;
mod placeholders;
mod projection;
mod token;
mod update;

pub(super) use condition::{Comparison, Condition, Operand};
pub(super) use placeholders::Placeholders;
pub(super) use projection::Projection;
pub(super) use update::Update;
