//! Update expressions: SET, REMOVE and ADD.

use super::{parser::Parser, path::Path, placeholders::Placeholders};
use crate::dynamodb::{
    attribute::{Attribute, Item},
    failure::Failure,
};

/// What an update does, in the order of its words.
#[derive(Debug)]
pub(in crate::dynamodb) struct Update(Vec<Action>);

#[derive(Debug)]
enum Action {
    Set(Path, Term, Option<(i8, Term)>),
    Remove(Path),
    Add(Path, Attribute),
}

#[derive(Debug)]
enum Term {
    Path(Path),
    Value(Attribute),
    IfNotExists(Path, Box<Term>),
}

impl Update {
    pub(in crate::dynamodb) fn read(text: &str, placeholders: &Placeholders) -> Result<Self, Failure> {
        let mut parser = Parser::new(text, "UpdateExpression", placeholders)?;
        let mut actions = Vec::new();
        while !parser.is_done() {
            let read: fn(&mut Parser<'_>) -> Result<Action, Failure> = if parser.keyword("SET") {
                set
            } else if parser.keyword("REMOVE") {
                |parser| parser.path().map(Action::Remove)
            } else if parser.keyword("ADD") {
                add
            } else {
                return Err(parser.unexpected("SET, REMOVE or ADD"));
            };
            actions.push(read(&mut parser)?);
            while parser.sign(",") {
                actions.push(read(&mut parser)?);
            }
        }
        let update = Self(actions);
        update.each_path_once()?;
        Ok(update)
    }

    /// The names of the attributes that it changes.
    pub(in crate::dynamodb) fn changes(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|action| action.path().attribute())
    }

    /// The item after it. Every term sees the item as it was.
    pub(in crate::dynamodb) fn apply(&self, before: &Item) -> Result<Item, Failure> {
        let mut after = before.clone();
        for action in &self.0 {
            match action {
                Action::Set(path, term, more) => {
                    let mut value = term.value(before)?;
                    if let Some((sign, other)) = more {
                        value = sum(&value, &other.value(before)?, *sign)?;
                    }
                    path.set(&mut after, value)?;
                }
                Action::Remove(path) => path.remove(&mut after)?,
                Action::Add(path, value) => {
                    let value = match path.find(before) {
                        None => value.clone(),
                        Some(there) => added(there, value)?,
                    };
                    path.set(&mut after, value)?;
                }
            }
        }
        Ok(after)
    }

    fn each_path_once(&self) -> Result<(), Failure> {
        let paths: Vec<_> = self.0.iter().map(Action::path).collect();
        let twice =
            paths.iter().enumerate().any(|(index, path)| paths.iter().take(index).any(|other| other == path));
        if twice {
            return Err(Failure::validation(
                "Invalid UpdateExpression: Two document paths overlap with each other",
            ));
        }
        Ok(())
    }
}

impl Action {
    fn path(&self) -> &Path {
        match self {
            Self::Set(path, ..) | Self::Remove(path) | Self::Add(path, _) => path,
        }
    }
}

impl Term {
    fn value(&self, item: &Item) -> Result<Attribute, Failure> {
        match self {
            Self::Value(value) => Ok(value.clone()),
            Self::Path(path) => path.find(item).cloned().ok_or_else(|| {
                Failure::validation(
                    "The provided expression refers to an attribute that does not exist in the item",
                )
            }),
            Self::IfNotExists(path, other) => path.find(item).cloned().map_or_else(|| other.value(item), Ok),
        }
    }
}

fn set(parser: &mut Parser<'_>) -> Result<Action, Failure> {
    let path = parser.path()?;
    parser.expect("=")?;
    let first = term(parser)?;
    let more = match parser.any_sign(&["+", "-"]) {
        Some(sign) => Some((if sign == "+" { 1 } else { -1 }, term(parser)?)),
        None => None,
    };
    Ok(Action::Set(path, first, more))
}

fn term(parser: &mut Parser<'_>) -> Result<Term, Failure> {
    if let Some(value) = parser.value()? {
        return Ok(Term::Value(value));
    }
    if parser.function(&["if_not_exists"]).is_some() {
        let path = parser.path()?;
        parser.expect(",")?;
        let other = term(parser)?;
        parser.expect(")")?;
        return Ok(Term::IfNotExists(path, Box::new(other)));
    }
    parser.path().map(Term::Path)
}

fn add(parser: &mut Parser<'_>) -> Result<Action, Failure> {
    let path = parser.path()?;
    let value = parser.value()?.ok_or_else(|| parser.unexpected("a value"))?;
    Ok(Action::Add(path, value))
}

fn sum(one: &Attribute, two: &Attribute, sign: i8) -> Result<Attribute, Failure> {
    match (one, two) {
        (Attribute::N(one), Attribute::N(two)) => Ok(Attribute::N(one.plus(two, sign))),
        _ => Err(mismatch()),
    }
}

fn added(there: &Attribute, value: &Attribute) -> Result<Attribute, Failure> {
    match (there, value) {
        (Attribute::N(one), Attribute::N(two)) => Ok(Attribute::N(one.plus(two, 1))),
        (Attribute::Ss(one), Attribute::Ss(two)) => Ok(Attribute::Ss(one.union(two).cloned().collect())),
        (Attribute::Ns(one), Attribute::Ns(two)) => Ok(Attribute::Ns(one.union(two).cloned().collect())),
        _ => Err(mismatch()),
    }
}

fn mismatch() -> Failure {
    Failure::validation("An operand in the update expression has an incorrect data type")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::dynamodb::attribute::{json_of, read_item};

    fn updated(text: &str) -> Result<serde_json::Value, Failure> {
        let item = json!({"a": {"N": "1"}, "b": {"S": "x"}, "m": {"M": {}}, "s": {"SS": ["p"]}});
        let values = json!({":one": {"N": "1"}, ":t": {"S": "t"}, ":q": {"SS": ["q"]}});
        let placeholders = Placeholders::new([].into(), read_item(&values).unwrap());
        let update = Update::read(text, &placeholders)?;
        Ok(json_of(&update.apply(&read_item(&item).unwrap())?))
    }

    #[test]
    fn updates_do_what_they_say() {
        assert_eq!(
            updated("SET a = a + :one, c = if_not_exists(c, :t), m.k = :t REMOVE b ADD s :q, n :one")
                .unwrap(),
            json!({"a": {"N": "2"}, "c": {"S": "t"}, "m": {"M": {"k": {"S": "t"}}}, "s": {"SS": ["p", "q"]}, "n": {"N": "1"}}),
        );
        assert_eq!(updated("SET a = if_not_exists(z, :one) - :one").unwrap()["a"], json!({"N": "0"}));
    }

    #[test]
    fn what_is_not_known_is_refused() {
        for text in [
            "",
            "DELETE s :q",
            "SET a = z",
            "SET a = b + :one",
            "SET a = :one, a = :t",
            "SET x.y = :t",
            "ADD b :one",
        ] {
            assert!(matches!(updated(text), Err(Failure::Validation(_))), "{text}");
        }
    }
}
