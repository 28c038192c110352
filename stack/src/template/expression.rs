//! Values with intrinsic functions in them, each with as many arguments of such a kind as it takes.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{
    problem::{Fault, Problems, inside},
    substitution::Substitution,
};

/// A value, or what makes one.
#[derive(Clone, Debug)]
pub(super) enum Expression {
    Literal(Value),
    List(Vec<Expression>),
    Map(Vec<(String, Expression)>),
    Ref(String),
    GetAtt { resource: String, attribute: String },
    Sub(Substitution),
    If { condition: String, branches: Box<(Expression, Expression)> },
    Select { index: Box<Expression>, list: Box<Expression> },
    Join { delimiter: String, list: Box<Expression> },
    Split { delimiter: String, text: Box<Expression> },
    FindInMap { mapping: String, keys: Box<(Expression, Expression)> },
    Equals(Box<(Expression, Expression)>),
    And(Vec<Expression>),
    Or(Vec<Expression>),
    Not(Box<Expression>),
    Condition(String),
}

impl Expression {
    /// What is wrong is added to `problems`; then the value is of no use.
    pub(super) fn read(value: &Value, at: &str, problems: &mut Problems) -> Self {
        match value {
            Value::Array(items) => Self::List(Self::read_all(items, at, problems)),
            Value::Object(members) => Self::read_members(members, at, problems),
            literal => Self::Literal(literal.clone()),
        }
    }

    fn read_all(items: &[Value], at: &str, problems: &mut Problems) -> Vec<Self> {
        items.iter().enumerate().map(|(index, item)| Self::read(item, &inside(at, index), problems)).collect()
    }

    fn read_members(members: &Map<String, Value>, at: &str, problems: &mut Problems) -> Self {
        if let (1, Some((name, argument))) = (members.len(), members.iter().next()) {
            let condition = name == "Condition" && argument.is_string();
            if is_function(name) || condition {
                return Self::read_call(name, argument, at, problems);
            }
        }
        if let Some(function) = members.keys().find(|name| is_function(name)) {
            problems.add(&inside(at, function), Fault::Expected("a function to stand alone"));
        }
        let read = |(name, value): (&String, &Value), problems: &mut Problems| {
            (name.clone(), Self::read(value, &inside(at, name), problems))
        };
        Self::Map(members.iter().map(|member| read(member, problems)).collect())
    }

    fn read_call(name: &str, argument: &Value, at: &str, problems: &mut Problems) -> Self {
        let at = &inside(at, name);
        match Self::call(name, argument, at, problems) {
            Ok(call) => call,
            Err(fault) => {
                problems.add(at, fault);
                Self::Literal(Value::Null)
            }
        }
    }

    fn call(name: &str, argument: &Value, at: &str, problems: &mut Problems) -> Result<Self, Fault> {
        let mut read = |value: &Value| Self::read(value, at, problems);
        let boxed = |expression: Expression| Box::new(expression);
        Ok(match (name, arguments(argument)) {
            ("Ref", [Value::String(name)]) => Self::Ref(name.clone()),
            ("Condition", [Value::String(name)]) => Self::Condition(name.clone()),
            ("Fn::GetAtt", [Value::String(resource), Value::String(attribute)]) => {
                Self::GetAtt { resource: resource.clone(), attribute: attribute.clone() }
            }
            ("Fn::Sub", [Value::String(text)]) => Self::Sub(Substitution::read(text, BTreeMap::new())?),
            ("Fn::Sub", [Value::String(text), Value::Object(own)]) => {
                let own = own.iter().map(|(name, value)| (name.clone(), read(value))).collect();
                Self::Sub(Substitution::read(text, own)?)
            }
            ("Fn::If", [Value::String(condition), yes, no]) => {
                Self::If { condition: condition.clone(), branches: Box::new((read(yes), read(no))) }
            }
            ("Fn::Select", [index, list]) => {
                Self::Select { index: boxed(read(index)), list: boxed(read(list)) }
            }
            ("Fn::Join", [Value::String(delimiter), list]) => {
                Self::Join { delimiter: delimiter.clone(), list: boxed(read(list)) }
            }
            ("Fn::Split", [Value::String(delimiter), text]) if !delimiter.is_empty() => {
                Self::Split { delimiter: delimiter.clone(), text: boxed(read(text)) }
            }
            ("Fn::FindInMap", [Value::String(mapping), first, second]) => {
                Self::FindInMap { mapping: mapping.clone(), keys: Box::new((read(first), read(second))) }
            }
            ("Fn::Equals", [left, right]) => Self::Equals(Box::new((read(left), read(right)))),
            ("Fn::And", all @ [_, _, ..]) => Self::And(all.iter().map(read).collect()),
            ("Fn::Or", all @ [_, _, ..]) => Self::Or(all.iter().map(read).collect()),
            ("Fn::Not", [one]) => Self::Not(boxed(read(one))),
            (name, _) => return Err(wrong_arguments(name)),
        })
    }
}

/// A single argument needs no list.
fn arguments(argument: &Value) -> &[Value] {
    match argument {
        Value::Array(arguments) => arguments,
        single => std::slice::from_ref(single),
    }
}

fn is_function(name: &str) -> bool {
    name == "Ref" || name.starts_with("Fn::")
}

fn wrong_arguments(name: &str) -> Fault {
    Fault::Expected(match name {
        "Ref" => "the name of a parameter or resource",
        "Fn::GetAtt" => "a resource and an attribute, as in Bucket.Arn",
        "Fn::Sub" => "a text, or a text and its own variables",
        "Fn::If" => "the name of a condition and two values",
        "Fn::Select" => "an index and a list",
        "Fn::Join" => "a delimiter and a list",
        "Fn::Split" => "a delimiter that is not empty, and a text",
        "Fn::FindInMap" => "the name of a mapping and two keys",
        "Fn::Equals" => "two values",
        "Fn::And" | "Fn::Or" => "two conditions or more",
        "Fn::Not" => "one condition",
        unknown => return Fault::UnknownFunction(unknown.to_owned()),
    })
}
