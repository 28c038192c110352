//! Attribute values in DynamoDB's JSON: each is an object with one member that names its type.

use std::collections::{BTreeMap, BTreeSet};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Map, Value, json};

use super::{failure::Failure, number::Number};

/// An item: its attributes by name.
pub(super) type Item = BTreeMap<String, Attribute>;

/// The value of an attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Attribute {
    S(String),
    N(Number),
    B(Vec<u8>),
    Bool(bool),
    Null,
    M(Item),
    L(Vec<Attribute>),
    Ss(BTreeSet<String>),
    Ns(BTreeSet<Number>),
}

impl Attribute {
    /// Reads one value.
    pub(super) fn read(value: &Value) -> Result<Self, Failure> {
        let one =
            value.as_object().filter(|members| members.len() == 1).and_then(|members| members.iter().next());
        let (kind, value) = one.ok_or_else(|| {
            Failure::validation(
                "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
            )
        })?;
        let wrong = || Failure::validation(format!("an attribute of type {kind} has not its form: {value}"));
        let text = || value.as_str().ok_or_else(wrong);
        Ok(match kind.as_str() {
            "S" => Self::S(text()?.to_owned()),
            "N" => Self::N(Number::read(text()?)?),
            "B" => Self::B(STANDARD.decode(text()?).map_err(|_| wrong())?),
            "BOOL" => Self::Bool(value.as_bool().ok_or_else(wrong)?),
            "NULL" if value == &Value::Bool(true) => Self::Null,
            "M" => Self::M(read_item(value)?),
            "L" => {
                Self::L(value.as_array().ok_or_else(wrong)?.iter().map(Self::read).collect::<Result<_, _>>()?)
            }
            "SS" => Self::Ss(texts(value).ok_or_else(wrong)?.map(str::to_owned).collect()),
            "NS" => {
                let numbers = texts(value).ok_or_else(wrong)?.map(Number::read);
                Self::Ns(numbers.collect::<Result<_, _>>()?)
            }
            _ => return Err(wrong()),
        })
    }

    /// As it is sent.
    pub(super) fn json(&self) -> Value {
        match self {
            Self::S(text) => json!({ "S": text }),
            Self::N(number) => json!({ "N": number.text() }),
            Self::B(bytes) => json!({ "B": STANDARD.encode(bytes) }),
            Self::Bool(value) => json!({ "BOOL": value }),
            Self::Null => json!({ "NULL": true }),
            Self::M(item) => json!({ "M": json_of(item) }),
            Self::L(list) => json!({ "L": list.iter().map(Self::json).collect::<Vec<_>>() }),
            Self::Ss(set) => json!({ "SS": set }),
            Self::Ns(set) => json!({ "NS": set.iter().map(Number::text).collect::<Vec<_>>() }),
        }
    }

    /// The name of its type.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::S(_) => "S",
            Self::N(_) => "N",
            Self::B(_) => "B",
            Self::Bool(_) => "BOOL",
            Self::Null => "NULL",
            Self::M(_) => "M",
            Self::L(_) => "L",
            Self::Ss(_) => "SS",
            Self::Ns(_) => "NS",
        }
    }

    /// How large it is, for `size()` and the limits.
    pub(super) fn size(&self) -> usize {
        match self {
            Self::S(text) => text.len(),
            Self::N(number) => number.text().len(),
            Self::B(bytes) => bytes.len(),
            Self::Bool(_) | Self::Null => 1,
            Self::M(item) => item.len(),
            Self::L(list) => list.len(),
            Self::Ss(set) => set.len(),
            Self::Ns(set) => set.len(),
        }
    }
}

/// An empty set is none.
fn texts(value: &Value) -> Option<impl Iterator<Item = &str>> {
    let all: Vec<_> = value.as_array()?.iter().map(Value::as_str).collect::<Option<_>>()?;
    (!all.is_empty()).then(|| all.into_iter())
}

/// Reads an item.
pub(super) fn read_item(value: &Value) -> Result<Item, Failure> {
    let members = value.as_object().ok_or_else(|| Failure::validation("expected a map of attributes"))?;
    members.iter().map(|(name, value)| Ok((name.clone(), Attribute::read(value)?))).collect()
}

/// An item as it is sent.
pub(super) fn json_of(item: &Item) -> Value {
    Value::Object(item.iter().map(|(name, value)| (name.clone(), value.json())).collect::<Map<_, _>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_come_back_as_they_were_sent() {
        let item = json!({
            "a": {"S": "x"}, "b": {"N": "12"}, "c": {"BOOL": true}, "d": {"NULL": true}, "e": {"B": "AAE="},
            "f": {"M": {"g": {"L": [{"S": ""}]}}}, "h": {"SS": ["a", "b"]}, "i": {"NS": ["1", "2"]},
        });
        assert_eq!(json_of(&read_item(&item).unwrap()), item);
    }

    #[test]
    fn what_is_no_value_is_refused() {
        for wrong in [
            json!({}),
            json!("x"),
            json!({"S": 1}),
            json!({"N": "x"}),
            json!({"SS": []}),
            json!({"X": "x"}),
            json!({"NULL": false}),
            json!({"S": "a", "N": "1"}),
            json!({"B": "?"}),
        ] {
            assert!(Attribute::read(&wrong).is_err(), "{wrong}");
        }
    }
}
