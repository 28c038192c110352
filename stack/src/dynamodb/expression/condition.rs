//! Condition, key condition and filter expressions.

use super::{parser::Parser, path::Path, placeholders::Placeholders};
use crate::dynamodb::{attribute::Attribute, failure::Failure};

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::dynamodb) enum Comparison {
    Equal,
    NotEqual,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

/// What is compared.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::dynamodb) enum Operand {
    Path(Path),
    Value(Attribute),
    Size(Path),
}

/// A condition.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::dynamodb) enum Condition {
    Or(Box<Condition>, Box<Condition>),
    And(Box<Condition>, Box<Condition>),
    Not(Box<Condition>),
    Compare(Operand, Comparison, Operand),
    Between(Operand, Operand, Operand),
    In(Operand, Vec<Operand>),
    Exists(Path),
    NotExists(Path),
    BeginsWith(Operand, Operand),
    Contains(Operand, Operand),
    OfType(Path, Operand),
}

const FUNCTIONS: [&str; 5] =
    ["attribute_exists", "attribute_not_exists", "begins_with", "contains", "attribute_type"];

impl Condition {
    /// Reads an expression; `what` is the request's member that holds it.
    pub(in crate::dynamodb) fn read(
        text: &str,
        what: &'static str,
        placeholders: &Placeholders,
    ) -> Result<Self, Failure> {
        let mut parser = Parser::new(text, what, placeholders)?;
        let condition = or(&mut parser)?;
        parser.done()?;
        Ok(condition)
    }
}

fn or(parser: &mut Parser<'_>) -> Result<Condition, Failure> {
    let mut left = and(parser)?;
    while parser.keyword("OR") {
        left = Condition::Or(Box::new(left), Box::new(and(parser)?));
    }
    Ok(left)
}

fn and(parser: &mut Parser<'_>) -> Result<Condition, Failure> {
    let mut left = not(parser)?;
    while parser.keyword("AND") {
        left = Condition::And(Box::new(left), Box::new(not(parser)?));
    }
    Ok(left)
}

fn not(parser: &mut Parser<'_>) -> Result<Condition, Failure> {
    if parser.keyword("NOT") {
        return Ok(Condition::Not(Box::new(not(parser)?)));
    }
    if parser.sign("(") {
        let inner = or(parser)?;
        parser.expect(")")?;
        return Ok(inner);
    }
    match parser.function(&FUNCTIONS) {
        Some(name) => function(name, parser),
        None => comparison(parser),
    }
}

fn function(name: &str, parser: &mut Parser<'_>) -> Result<Condition, Failure> {
    let condition = match name {
        "attribute_exists" => Condition::Exists(parser.path()?),
        "attribute_not_exists" => Condition::NotExists(parser.path()?),
        "attribute_type" => {
            let path = parser.path()?;
            parser.expect(",")?;
            Condition::OfType(path, operand(parser)?)
        }
        _ => {
            let one = operand(parser)?;
            parser.expect(",")?;
            let two = operand(parser)?;
            if name == "contains" { Condition::Contains(one, two) } else { Condition::BeginsWith(one, two) }
        }
    };
    parser.expect(")")?;
    Ok(condition)
}

fn comparison(parser: &mut Parser<'_>) -> Result<Condition, Failure> {
    let left = operand(parser)?;
    if parser.keyword("BETWEEN") {
        let low = operand(parser)?;
        if !parser.keyword("AND") {
            return Err(parser.unexpected("AND"));
        }
        return Ok(Condition::Between(left, low, operand(parser)?));
    }
    if parser.keyword("IN") {
        parser.expect("(")?;
        let mut list = vec![operand(parser)?];
        while parser.sign(",") {
            list.push(operand(parser)?);
        }
        parser.expect(")")?;
        return Ok(Condition::In(left, list));
    }
    let comparison = match parser.any_sign(&["=", "<>", "<", "<=", ">", ">="]) {
        Some("=") => Comparison::Equal,
        Some("<>") => Comparison::NotEqual,
        Some("<") => Comparison::Less,
        Some("<=") => Comparison::AtMost,
        Some(">") => Comparison::Greater,
        Some(">=") => Comparison::AtLeast,
        _ => return Err(parser.unexpected("a comparison")),
    };
    Ok(Condition::Compare(left, comparison, operand(parser)?))
}

fn operand(parser: &mut Parser<'_>) -> Result<Operand, Failure> {
    if let Some(value) = parser.value()? {
        return Ok(Operand::Value(value));
    }
    if parser.function(&["size"]).is_some() {
        let path = parser.path()?;
        parser.expect(")")?;
        return Ok(Operand::Size(path));
    }
    parser.path().map(Operand::Path)
}
