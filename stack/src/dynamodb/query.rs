//! Query: the items of one partition, of a table or of an index, in the order of their sort key.

use serde_json::{Value, json};

use super::{
    attribute::{Attribute, Item, json_of, read_item},
    expression::{Comparison, Condition, Operand, Projection},
    failure::Failure,
    key::Key,
    request::{Query, Select},
    schema::KeySchema,
    table::Table,
};

/// A page ends with the item that makes it this large, in bytes.
const LARGEST_PAGE: usize = 1024 * 1024;

impl Table {
    pub(super) fn query(&self, mut request: Query) -> Result<Value, Failure> {
        let placeholders = request.placeholders()?;
        let key_condition = request.key_condition_expression.as_deref().ok_or_else(|| {
            Failure::validation(
                "Either the KeyConditions or KeyConditionExpression parameter must be specified",
            )
        })?;
        let key_condition = Condition::read(key_condition, "KeyConditionExpression", &placeholders)?;
        let filter = request.filter_expression.as_deref();
        let filter =
            filter.map(|text| Condition::read(text, "FilterExpression", &placeholders)).transpose()?;
        let projection = request.projection_expression.as_deref();
        let projection = projection.map(|text| Projection::read(text, &placeholders)).transpose()?;
        placeholders.all_used()?;
        let key = self.queried_key(&request)?;
        check_key_condition(&key_condition, key)?;
        if request.limit == Some(0) {
            return Err(Failure::validation("Limit must be greater than or equal to 1"));
        }

        let found = self.ordered(key, &key_condition, request.scan_index_forward.unwrap_or(true));
        let after = self.start(&request, key, &found)?;
        let (mut items, mut scanned, mut size, mut last) = (Vec::new(), 0, 0, None);
        for (_, item) in found.iter().skip(after) {
            scanned += 1;
            size += json_of(item).to_string().len();
            if filter.as_ref().is_none_or(|filter| filter.holds(item)) {
                items.push(projection.as_ref().map_or_else(|| (*item).clone(), |wanted| wanted.of(item)));
            }
            if request.limit == Some(scanned) || size > LARGEST_PAGE {
                last = Some(self.position(key, item));
                break;
            }
        }
        let mut answer = json!({ "Count": items.len(), "ScannedCount": scanned });
        if let Some(members) = answer.as_object_mut() {
            if request.select != Select::Count {
                members.insert("Items".to_owned(), items.iter().map(json_of).collect());
            }
            if let Some(last) = last {
                members.insert("LastEvaluatedKey".to_owned(), json_of(&last));
            }
        }
        Ok(answer)
    }

    fn queried_key(&self, request: &Query) -> Result<&KeySchema, Failure> {
        let Some(name) = &request.index_name else { return Ok(&self.schema.key) };
        if request.consistent_read {
            return Err(Failure::validation(
                "Consistent reads are not supported on global secondary indexes",
            ));
        }
        let index = self.schema.indexes.iter().find(|index| index.name == *name);
        index.map(|index| &index.key).ok_or_else(|| {
            Failure::validation(format!("The table does not have the specified index: {name}"))
        })
    }

    /// Those that the key condition holds for, by sort key and then by the table's key.
    fn ordered(&self, key: &KeySchema, condition: &Condition, forward: bool) -> Vec<(Key, &Item)> {
        // An item without the index's attributes is not in the index.
        let inside = self.items.values().filter_map(|item| Some((Key::of(item, key).ok()?, item)));
        let mut found: Vec<_> = inside.filter(|(_, item)| condition.holds(item)).collect();
        found.sort_by(|(one, _), (two, _)| one.cmp(two));
        if !forward {
            found.reverse();
        }
        found
    }

    /// How many to leave out: all up to the one that the last page ended with.
    fn start(&self, request: &Query, key: &KeySchema, found: &[(Key, &Item)]) -> Result<usize, Failure> {
        let Some(start) = &request.exclusive_start_key else { return Ok(0) };
        let start = read_item(start)?;
        let invalid = || Failure::validation("The provided starting key is invalid");
        let names = self.schema.key.names().chain(key.names());
        if names.into_iter().any(|name| !start.contains_key(name)) {
            return Err(invalid());
        }
        if let Some(at) = found.iter().position(|(_, item)| self.position(key, item) == start) {
            return Ok(at + 1);
        }
        // It is gone: the next is the first beyond it.
        let key = Key::of(&start, key).map_err(|_| invalid())?;
        let beyond = |there: &Key| match request.scan_index_forward.unwrap_or(true) {
            true => *there > key,
            false => *there < key,
        };
        Ok(found.iter().position(|(there, _)| beyond(there)).unwrap_or(found.len()))
    }

    /// The attributes that tell where an item is.
    fn position(&self, key: &KeySchema, item: &Item) -> Item {
        let names = self.schema.key.names().chain(key.names());
        names
            .filter_map(|name| item.get_key_value(name))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect()
    }
}

/// The partition key is one value; the sort key may be compared, between two, or begin with a text.
fn check_key_condition(condition: &Condition, key: &KeySchema) -> Result<(), Failure> {
    let (partition, sort) = match condition {
        Condition::And(one, two) => match is_partition(one, key) {
            true => (&**one, Some(&**two)),
            false => (&**two, Some(&**one)),
        },
        one => (one, None),
    };
    if is_partition(partition, key) && sort.is_none_or(|sort| is_sort(sort, key)) {
        return Ok(());
    }
    Err(Failure::validation("Query key condition not supported"))
}

fn is_partition(condition: &Condition, key: &KeySchema) -> bool {
    match condition {
        Condition::Compare(left, Comparison::Equal, Operand::Value(Attribute::S(_))) => {
            names(left, Some(key.partition.as_str()))
        }
        _ => false,
    }
}

fn is_sort(condition: &Condition, key: &KeySchema) -> bool {
    let sort = key.sort.as_deref();
    match condition {
        Condition::Compare(left, comparison, Operand::Value(_)) => {
            *comparison != Comparison::NotEqual && names(left, sort)
        }
        Condition::Between(left, Operand::Value(_), Operand::Value(_))
        | Condition::BeginsWith(left, Operand::Value(_)) => names(left, sort),
        _ => false,
    }
}

fn names(operand: &Operand, name: Option<&str>) -> bool {
    matches!(operand, Operand::Path(path) if name.is_some() && path.plain() == name)
}
