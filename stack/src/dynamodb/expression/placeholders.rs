//! `ExpressionAttributeNames` and `ExpressionAttributeValues`: each is defined, and each is used.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
};

use crate::dynamodb::{
    attribute::{Attribute, Item},
    failure::Failure,
};

/// AWS's list of words that no bare name may be.
const RESERVED: &str = include_str!("reserved_words.txt");

/// The placeholders of a request.
#[derive(Debug, Default)]
pub(in crate::dynamodb) struct Placeholders {
    names: BTreeMap<String, String>,
    values: Item,
    used: RefCell<BTreeSet<String>>,
}

impl Placeholders {
    pub(in crate::dynamodb) fn new(names: BTreeMap<String, String>, values: Item) -> Self {
        Self { names, values, used: RefCell::default() }
    }

    /// What `#name` stands for.
    pub(super) fn name(&self, placeholder: &str) -> Result<String, Failure> {
        let name = self.names.get(placeholder).ok_or_else(|| {
            Failure::validation(format!(
                "An expression attribute name used in the document path is not defined; attribute name: {placeholder}"
            ))
        })?;
        self.used.borrow_mut().insert(placeholder.to_owned());
        Ok(name.clone())
    }

    /// What `:value` stands for.
    pub(super) fn value(&self, placeholder: &str) -> Result<Attribute, Failure> {
        let value = self.values.get(placeholder).ok_or_else(|| {
            Failure::validation(format!(
                "An expression attribute value used in expression is not defined; attribute value: {placeholder}"
            ))
        })?;
        self.used.borrow_mut().insert(placeholder.to_owned());
        Ok(value.clone())
    }

    /// A bare name, which must not be a reserved word.
    pub(super) fn bare(&self, word: &str) -> Result<String, Failure> {
        if RESERVED.lines().any(|reserved| reserved.eq_ignore_ascii_case(word)) {
            return Err(Failure::validation(format!(
                "Attribute name is a reserved keyword; reserved keyword: {word}"
            )));
        }
        Ok(word.to_owned())
    }

    /// Refuses placeholders that no expression has used.
    pub(in crate::dynamodb) fn all_used(&self) -> Result<(), Failure> {
        let used = self.used.borrow();
        let unused = |given: &str, what: &str| {
            Failure::validation(format!("Value provided in {what} unused in expressions: keys: {{{given}}}"))
        };
        if let Some(name) = self.names.keys().find(|name| !used.contains(*name)) {
            return Err(unused(name, "ExpressionAttributeNames"));
        }
        match self.values.keys().find(|name| !used.contains(*name)) {
            Some(name) => Err(unused(name, "ExpressionAttributeValues")),
            None => Ok(()),
        }
    }
}
