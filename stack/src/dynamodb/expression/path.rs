//! Document paths: an attribute, or a member of a map in it. Elements of lists are not known here.

use crate::dynamodb::{
    attribute::{Attribute, Item},
    failure::Failure,
};

/// A path: the attribute's name first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::dynamodb) struct Path {
    first: String,
    rest: Vec<String>,
}

impl Path {
    pub(super) fn new(first: String, rest: Vec<String>) -> Self {
        Self { first, rest }
    }

    /// The attribute's name.
    pub(in crate::dynamodb) fn attribute(&self) -> &str {
        &self.first
    }

    /// The name, if it is of an attribute and not of something in it.
    pub(in crate::dynamodb) fn plain(&self) -> Option<&str> {
        self.rest.is_empty().then_some(self.first.as_str())
    }

    /// What lies there.
    pub(in crate::dynamodb) fn find<'a>(&self, item: &'a Item) -> Option<&'a Attribute> {
        let mut found = item.get(&self.first)?;
        for name in &self.rest {
            let Attribute::M(members) = found else { return None };
            found = members.get(name)?;
        }
        Some(found)
    }

    /// Puts a value there.
    pub(super) fn set(&self, item: &mut Item, value: Attribute) -> Result<(), Failure> {
        let (map, name) = self.place(item)?;
        map.insert(name.to_owned(), value);
        Ok(())
    }

    /// Takes away what lies there.
    pub(super) fn remove(&self, item: &mut Item) -> Result<(), Failure> {
        let (map, name) = self.place(item)?;
        map.remove(name);
        Ok(())
    }

    fn place<'a, 'b>(&'a self, item: &'b mut Item) -> Result<(&'b mut Item, &'a str), Failure> {
        let invalid = || {
            Failure::validation("The document path provided in the update expression is invalid for update")
        };
        let Some((last, between)) = self.rest.split_last() else { return Ok((item, &self.first)) };
        let mut map = item;
        for name in std::iter::once(&self.first).chain(between) {
            let Some(Attribute::M(members)) = map.get_mut(name) else { return Err(invalid()) };
            map = members;
        }
        Ok((map, last))
    }
}
