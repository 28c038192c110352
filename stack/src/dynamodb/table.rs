//! A table: its items by key, and what each request does to them.

use std::collections::BTreeMap;

use super::{
    attribute::{Item, json_of, read_item},
    expression::{Condition, Placeholders, Projection, Update},
    failure::Failure,
    key::Key,
    request::{DeleteItem, GetItem, PutItem, ReturnValues, UpdateItem},
    schema::TableSchema,
};

/// The largest item, in bytes.
const LARGEST_ITEM: usize = 400 * 1024;

/// A table.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) schema: TableSchema,
    pub(super) items: BTreeMap<Key, Item>,
}

/// What a writing request changed, and what it answers with.
pub(super) struct Written {
    pub(super) key: Key,
    pub(super) answer: Option<Item>,
}

impl Table {
    pub(super) fn new(schema: TableSchema) -> Self {
        Self { schema, items: BTreeMap::new() }
    }

    pub(super) fn put(&mut self, mut request: PutItem) -> Result<Written, Failure> {
        let placeholders = request.placeholders()?;
        let condition = condition(request.condition_expression.as_deref(), &placeholders)?;
        let returns = only(request.return_values, &[ReturnValues::None, ReturnValues::AllOld])?;
        let (item, key) = self.sound(read_item(&request.item)?)?;
        self.check(&key, condition.as_ref(), request.return_values_on_condition_check_failure)?;
        let before = self.items.insert(key.clone(), item);
        Ok(Written { key, answer: before.filter(|_| returns == ReturnValues::AllOld) })
    }

    pub(super) fn get(&self, mut request: GetItem) -> Result<Option<Item>, Failure> {
        let placeholders = request.placeholders()?;
        let projection = request.projection_expression.as_deref();
        let projection = projection.map(|text| Projection::read(text, &placeholders)).transpose()?;
        placeholders.all_used()?;
        let found = self.items.get(&Key::read(&read_item(&request.key)?, &self.schema.key)?);
        Ok(found.map(|item| projection.map_or_else(|| item.clone(), |projection| projection.of(item))))
    }

    pub(super) fn update(&mut self, mut request: UpdateItem) -> Result<Written, Failure> {
        let placeholders = request.placeholders()?;
        let update = request.update_expression.as_deref();
        let update = update.map(|text| Update::read(text, &placeholders)).transpose()?;
        let condition = condition(request.condition_expression.as_deref(), &placeholders)?;
        let given = read_item(&request.key)?;
        let key = Key::read(&given, &self.schema.key)?;
        let names_key =
            |update: &Update| update.changes().any(|name| self.schema.key.names().any(|key| key == name));
        if update.as_ref().is_some_and(names_key) {
            return Err(Failure::validation(
                "One or more parameter values were invalid: Cannot update attribute. This attribute is part of the key",
            ));
        }
        self.check(&key, condition.as_ref(), request.return_values_on_condition_check_failure)?;
        let before = self.items.get(&key).cloned();
        let start = before.clone().unwrap_or(given);
        let after = update.as_ref().map_or_else(|| Ok(start.clone()), |update| update.apply(&start))?;
        let (after, _) = self.sound(after)?;
        self.items.insert(key.clone(), after.clone());
        let changed = |item: Item| -> Item {
            let is_changed =
                |name: &String| update.as_ref().is_some_and(|update| update.changes().any(|n| n == name));
            item.into_iter().filter(|(name, _)| is_changed(name)).collect()
        };
        let answer = match request.return_values {
            ReturnValues::None => None,
            ReturnValues::AllOld => before,
            ReturnValues::AllNew => Some(after),
            ReturnValues::UpdatedOld => before.map(changed),
            ReturnValues::UpdatedNew => Some(changed(after)),
        };
        Ok(Written { key, answer })
    }

    pub(super) fn delete(&mut self, mut request: DeleteItem) -> Result<Written, Failure> {
        let placeholders = request.placeholders()?;
        let condition = condition(request.condition_expression.as_deref(), &placeholders)?;
        let returns = only(request.return_values, &[ReturnValues::None, ReturnValues::AllOld])?;
        let key = Key::read(&read_item(&request.key)?, &self.schema.key)?;
        self.check(&key, condition.as_ref(), request.return_values_on_condition_check_failure)?;
        let before = self.items.remove(&key);
        Ok(Written { key, answer: before.filter(|_| returns == ReturnValues::AllOld) })
    }

    /// An item that may be kept, with its key: keys of indexes are text, too, where they are there at all.
    fn sound(&self, item: Item) -> Result<(Item, Key), Failure> {
        let key = Key::of(&item, &self.schema.key)?;
        for index in &self.schema.indexes {
            if index.key.names().all(|name| item.contains_key(name)) {
                Key::of(&item, &index.key)?;
            }
        }
        if json_of(&item).to_string().len() > LARGEST_ITEM {
            return Err(Failure::validation("Item size has exceeded the maximum allowed size"));
        }
        Ok((item, key))
    }

    fn check(&self, key: &Key, condition: Option<&Condition>, returns: ReturnValues) -> Result<(), Failure> {
        let returns = only(returns, &[ReturnValues::None, ReturnValues::AllOld])?;
        let there = self.items.get(key);
        let nothing = Item::new();
        match condition {
            Some(condition) if !condition.holds(there.unwrap_or(&nothing)) => {
                Err(Failure::Condition { item: there.filter(|_| returns == ReturnValues::AllOld).cloned() })
            }
            _ => Ok(()),
        }
    }
}

fn condition(text: Option<&str>, placeholders: &Placeholders) -> Result<Option<Condition>, Failure> {
    let condition =
        text.map(|text| Condition::read(text, "ConditionExpression", placeholders)).transpose()?;
    placeholders.all_used()?;
    Ok(condition)
}

fn only(asked: ReturnValues, known: &[ReturnValues]) -> Result<ReturnValues, Failure> {
    if known.contains(&asked) {
        Ok(asked)
    } else {
        Err(Failure::validation("ReturnValues set to invalid value"))
    }
}
