//! Whether a condition holds for an item.

use std::cmp::Ordering;

use super::condition::{Comparison, Condition, Operand};
use crate::dynamodb::{
    attribute::{Attribute, Item},
    number::Number,
};

impl Condition {
    /// Whether it holds. An attribute that is not there is unlike every value.
    pub(in crate::dynamodb) fn holds(&self, item: &Item) -> bool {
        match self {
            Self::Or(one, two) => one.holds(item) || two.holds(item),
            Self::And(one, two) => one.holds(item) && two.holds(item),
            Self::Not(inner) => !inner.holds(item),
            Self::Compare(left, comparison, right) => compare(left.of(item), *comparison, right.of(item)),
            Self::Between(value, low, high) => {
                let value = value.of(item);
                compare(low.of(item), Comparison::AtMost, value.clone())
                    && compare(value, Comparison::AtMost, high.of(item))
            }
            Self::In(value, list) => {
                let value = value.of(item);
                list.iter().any(|other| compare(value.clone(), Comparison::Equal, other.of(item)))
            }
            Self::Exists(path) => path.find(item).is_some(),
            Self::NotExists(path) => path.find(item).is_none(),
            Self::BeginsWith(value, prefix) => match (value.of(item), prefix.of(item)) {
                (Some(Attribute::S(value)), Some(Attribute::S(prefix))) => value.starts_with(&prefix),
                (Some(Attribute::B(value)), Some(Attribute::B(prefix))) => value.starts_with(&prefix),
                _ => false,
            },
            Self::Contains(value, part) => match (value.of(item), part.of(item)) {
                (Some(Attribute::S(value)), Some(Attribute::S(part))) => value.contains(&part),
                (Some(Attribute::Ss(set)), Some(Attribute::S(part))) => set.contains(&part),
                (Some(Attribute::Ns(set)), Some(Attribute::N(part))) => set.contains(&part),
                (Some(Attribute::L(list)), Some(part)) => list.contains(&part),
                _ => false,
            },
            Self::OfType(path, kind) => match (path.find(item), kind.of(item)) {
                (Some(value), Some(Attribute::S(kind))) => value.kind() == kind,
                _ => false,
            },
        }
    }
}

impl Operand {
    fn of(&self, item: &Item) -> Option<Attribute> {
        match self {
            Self::Path(path) => path.find(item).cloned(),
            Self::Value(value) => Some(value.clone()),
            Self::Size(path) => {
                let size = path.find(item)?.size().to_string();
                Number::read(&size).ok().map(Attribute::N)
            }
        }
    }
}

fn compare(left: Option<Attribute>, comparison: Comparison, right: Option<Attribute>) -> bool {
    let (left, right) = match (left, right) {
        (Some(left), Some(right)) => (left, right),
        _ => return comparison == Comparison::NotEqual,
    };
    let order = match (&left, &right) {
        (Attribute::S(one), Attribute::S(two)) => Some(one.cmp(two)),
        (Attribute::N(one), Attribute::N(two)) => Some(one.cmp(two)),
        (Attribute::B(one), Attribute::B(two)) => Some(one.cmp(two)),
        _ => None,
    };
    match comparison {
        Comparison::Equal => left == right,
        Comparison::NotEqual => left != right,
        Comparison::Less => order == Some(Ordering::Less),
        Comparison::AtMost => order.is_some_and(Ordering::is_le),
        Comparison::Greater => order == Some(Ordering::Greater),
        Comparison::AtLeast => order.is_some_and(Ordering::is_ge),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::dynamodb::{attribute::read_item, expression::Placeholders, failure::Failure};

    fn holds(text: &str) -> Result<bool, Failure> {
        let item = json!({
            "pk": {"S": "USER#1"}, "n": {"N": "7"}, "tags": {"SS": ["a"]}, "m": {"M": {"x": {"S": "y"}}}, "name": {"S": "Rae"},
        });
        let values = json!({
            ":u": {"S": "USER#"}, ":seven": {"N": "7.0"}, ":ten": {"N": "10"}, ":a": {"S": "a"}, ":y": {"S": "y"}, ":s": {"S": "S"},
        });
        let names = [("#name".to_owned(), "name".to_owned())].into();
        let placeholders = Placeholders::new(names, read_item(&values).unwrap());
        let condition = Condition::read(text, "ConditionExpression", &placeholders)?;
        Ok(condition.holds(&read_item(&item).unwrap()))
    }

    #[test]
    fn conditions_hold_as_they_are_written() {
        for (text, expected) in [
            ("attribute_exists(pk)", true),
            ("attribute_not_exists(pk) OR n = :seven", true),
            ("NOT attribute_exists(pk)", false),
            ("begins_with(pk, :u) AND n < :ten", true),
            ("n BETWEEN :seven AND :ten", true),
            ("n > :ten or (n >= :seven and n <> :ten)", true),
            ("contains(tags, :a) and contains(pk, :u)", true),
            ("m.x = :y", true),
            ("m.absent = :y", false),
            ("absent <> :y", true),
            ("n IN (:ten, :seven)", true),
            ("size(pk) < :ten", true),
            ("attribute_type(pk, :s)", true),
            ("attribute_exists(#name)", true),
            ("n = :s", false),
        ] {
            assert_eq!(holds(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_is_not_known_is_refused() {
        for text in [
            "",
            "pk",
            "pk =",
            "pk = :none",
            "#none = :a",
            "name = :a",
            "attribute_exists(pk",
            "starts(pk, :u)",
            "pk ~ :u",
            "pk = :u AND",
            "list[0] = :a",
            "pk = :u :a",
        ] {
            assert!(matches!(holds(text), Err(Failure::Validation(_))), "{text}");
        }
    }
}
