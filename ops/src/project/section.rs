//! Reading one table of the file, key by key.
//!
//! A key that is read is taken out; what is left at the end is unknown. A problem is noted and reading goes on with
//! the default: nothing that is read so ever leaves this folder while there are problems.

use toml::{Table, Value};

use super::problem::Problems;
use super::rule::Rule;

pub(super) struct Section<'p> {
    path: String,
    keys: Table,
    problems: &'p Problems,
}

impl<'p> Section<'p> {
    pub(super) fn root(keys: Table, problems: &'p Problems) -> Section<'p> {
        Section { path: String::new(), keys, problems }
    }

    /// A table inside of this one; an empty one where it is missing.
    pub(super) fn section(&mut self, key: &str) -> Section<'p> {
        self.optional_section(key).unwrap_or_else(|| Section {
            path: self.key(key),
            keys: Table::new(),
            problems: self.problems,
        })
    }

    /// A table inside of this one, if it is there.
    pub(super) fn optional_section(&mut self, key: &str) -> Option<Section<'p>> {
        let path = self.key(key);
        match self.keys.remove(key)? {
            Value::Table(keys) => Some(Section { path, keys, problems: self.problems }),
            other => {
                self.wrong(key, "a table", kind_of(&other));
                None
            }
        }
    }

    /// The tables of an array of tables; none where it is missing.
    pub(super) fn sections(&mut self, key: &str) -> Vec<Section<'p>> {
        let tables = match self.keys.remove(key) {
            None => return Vec::new(),
            Some(Value::Array(tables)) => tables,
            Some(other) => {
                self.wrong(key, "an array of tables", kind_of(&other));
                return Vec::new();
            }
        };
        let mut sections = Vec::with_capacity(tables.len());
        for (position, table) in tables.into_iter().enumerate() {
            let path = format!("{}[{position}]", self.key(key));
            match table {
                Value::Table(keys) => sections.push(Section { path, keys, problems: self.problems }),
                other => self.problems.wrong(&path, "a table", kind_of(&other)),
            }
        }
        sections
    }

    /// The names of the keys that were not read yet.
    pub(super) fn names(&self) -> Vec<String> {
        self.keys.keys().cloned().collect()
    }

    /// Refuses a key that nobody would read.
    pub(super) fn refuse_as(&mut self, key: &str, expected: &str) {
        self.keys.remove(key);
        self.wrong(key, expected, "another name");
    }

    /// A text that must be there.
    pub(super) fn required(&mut self, key: &str, rule: &Rule) -> String {
        if !self.keys.contains_key(key) {
            self.problems.add(self.key(key), format!("missing, expected {}", rule.expected));
        }
        self.optional(key, rule).unwrap_or_default()
    }

    /// A text, or `default` where it is missing.
    pub(super) fn text(&mut self, key: &str, default: &str, rule: &Rule) -> String {
        self.optional(key, rule).unwrap_or_else(|| default.to_owned())
    }

    /// A text that may be missing.
    pub(super) fn optional(&mut self, key: &str, rule: &Rule) -> Option<String> {
        let value = self.keys.remove(key)?;
        self.checked(&self.key(key), value, rule)
    }

    /// A list of texts, each once; empty where it is missing.
    pub(super) fn list(&mut self, key: &str, rule: &Rule) -> Vec<String> {
        let entries = match self.keys.remove(key) {
            None => return Vec::new(),
            Some(Value::Array(entries)) => entries,
            Some(other) => {
                self.wrong(key, "an array", kind_of(&other));
                return Vec::new();
            }
        };
        let mut texts: Vec<String> = Vec::with_capacity(entries.len());
        for (position, entry) in entries.into_iter().enumerate() {
            let key = format!("{}[{position}]", self.key(key));
            let Some(text) = self.checked(&key, entry, rule) else { continue };
            if texts.contains(&text) {
                self.problems.wrong(&key, "each entry once", &format!("{text:?} again"));
            }
            texts.push(text);
        }
        texts
    }

    /// A switch, or `default` where it is missing.
    pub(super) fn switch(&mut self, key: &str, default: bool) -> bool {
        match self.keys.remove(key) {
            None => default,
            Some(Value::Boolean(value)) => value,
            Some(other) => {
                self.wrong(key, "true or false", &shown(&other));
                default
            }
        }
    }

    /// A whole number for which `holds`, or `default` where it is missing.
    pub(super) fn number(
        &mut self,
        key: &str,
        default: u32,
        expected: &str,
        holds: impl FnOnce(u32) -> bool,
    ) -> u32 {
        let Some(value) = self.keys.remove(key) else { return default };
        let number = value.as_integer().and_then(|number| u32::try_from(number).ok());
        match number.filter(|number| holds(*number)) {
            Some(number) => number,
            None => {
                self.wrong(key, expected, &shown(&value));
                default
            }
        }
    }

    /// Any value, or nothing.
    pub(super) fn take(&mut self, key: &str) -> Option<Value> {
        self.keys.remove(key)
    }

    /// Whether a key is there that was not read yet.
    pub(super) fn has(&self, key: &str) -> bool {
        self.keys.contains_key(key)
    }

    /// Refuses these keys where they are there, since nobody would read them.
    pub(super) fn refuse(&mut self, keys: &[&str], because: &str) {
        for key in keys {
            if self.keys.remove(*key).is_some() {
                self.wrong(key, &format!("nothing, since {because}"), "a value");
            }
        }
    }

    /// The key's whole name.
    pub(super) fn key(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    pub(super) fn wrong(&self, key: &str, expected: &str, found: &str) {
        self.problems.wrong(&self.key(key), expected, found);
    }

    pub(super) fn missing(&self, key: &str, expected: &str) {
        self.problems.add(self.key(key), format!("missing, expected {expected}"));
    }

    pub(super) fn problems(&self) -> &'p Problems {
        self.problems
    }

    /// Reports the keys that nobody asked for.
    pub(super) fn finish(self) {
        for key in self.keys.keys() {
            self.problems.add(self.key(key), "unknown key");
        }
    }

    fn checked(&self, key: &str, value: Value, rule: &Rule) -> Option<String> {
        match value {
            Value::String(text) if rule.holds(&text) => Some(text),
            other => {
                self.problems.wrong(key, rule.expected, &shown(&other));
                None
            }
        }
    }
}

/// The longest text that a message repeats, in bytes.
const MAX_SHOWN: usize = 100;

/// A value as a message shows it.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) if text.len() <= MAX_SHOWN => format!("{text:?}"),
        Value::String(text) => format!("a text of {} bytes", text.len()),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Boolean(value) => value.to_string(),
        other => kind_of(other).to_owned(),
    }
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::String(_) => "a string",
        Value::Integer(_) => "an integer",
        Value::Float(_) => "a float",
        Value::Boolean(_) => "a boolean",
        Value::Datetime(_) => "a date",
        Value::Array(_) => "an array",
        Value::Table(_) => "a table",
    }
}
