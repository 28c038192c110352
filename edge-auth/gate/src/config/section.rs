//! Reading one object of the document, member by member.
//!
//! A member that is read is taken out; what is left at the end is unknown. A problem is noted and reading goes on.

use serde_json::{Map, Value};

use super::problem::Problems;

pub(super) struct Section<'p> {
    path: String,
    members: Map<String, Value>,
    /// A section that is itself wrong was reported once; its members are not reported again.
    is_broken: bool,
    problems: &'p Problems,
}

impl<'p> Section<'p> {
    pub(super) fn root(document: Value, problems: &'p Problems) -> Section<'p> {
        Section::of(String::new(), document, problems)
    }

    /// An object as a section; anything else is a problem.
    pub(super) fn of(path: String, value: Value, problems: &'p Problems) -> Section<'p> {
        match value {
            Value::Object(members) => Section { path, members, is_broken: false, problems },
            other => {
                problems.add(path.clone(), format!("expected an object, found {}", kind_of(&other)));
                Section { path, members: Map::new(), is_broken: true, problems }
            }
        }
    }

    pub(super) fn section(&mut self, name: &str) -> Section<'p> {
        let path = self.member(name);
        match self.members.remove(name) {
            Some(value) => Section::of(path, value, self.problems),
            None => {
                self.missing(name, "an object");
                Section { path, members: Map::new(), is_broken: true, problems: self.problems }
            }
        }
    }

    pub(super) fn optional_section(&mut self, name: &str) -> Section<'p> {
        let value = self.members.remove(name).unwrap_or_else(|| Value::Object(Map::new()));
        Section::of(self.member(name), value, self.problems)
    }

    /// A text, or `default` where it is not there.
    pub(super) fn text<T>(
        &mut self,
        name: &str,
        default: Option<&str>,
        parse: impl FnOnce(&str) -> Result<T, &'static str>,
    ) -> Option<T> {
        match (self.members.remove(name), default) {
            (Some(Value::String(text)), _) => {
                parse(&text).map_err(|expected| self.wrong(name, expected, &format!("{text:?}"))).ok()
            }
            (Some(other), _) => {
                self.wrong(name, "a string", kind_of(&other));
                None
            }
            (None, Some(default)) => parse(default).ok(),
            (None, None) => {
                self.missing(name, "a string");
                None
            }
        }
    }

    /// A text that may be null or missing, and must not be shown.
    pub(super) fn optional_secret(&mut self, name: &str) -> Option<Option<String>> {
        match self.members.remove(name) {
            None | Some(Value::Null) => Some(None),
            Some(Value::String(text)) if !text.is_empty() => Some(Some(text)),
            Some(other) => {
                self.wrong(name, "a string that is not empty, or null", kind_of(&other));
                None
            }
        }
    }

    /// A list of texts, at least one.
    pub(super) fn list<T>(
        &mut self,
        name: &str,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Option<Vec<T>> {
        let entries = self.array(name)?;
        if entries.is_empty() {
            self.wrong(name, "at least one entry", "none");
            return None;
        }
        self.entries(name, entries, parse)
    }

    /// A list of texts that may be missing or empty.
    pub(super) fn optional_list<T>(
        &mut self,
        name: &str,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Option<Vec<T>> {
        if !self.members.contains_key(name) {
            return Some(Vec::new());
        }
        let entries = self.array(name)?;
        self.entries(name, entries, parse)
    }

    /// A list of texts that must not be shown; `parse` names the positions of those that are wrong.
    pub(super) fn secrets<T>(
        &mut self,
        name: &str,
        expected: &str,
        parse: impl FnOnce(&[&str]) -> Result<T, Vec<usize>>,
    ) -> Option<T> {
        let entries = self.array(name)?;
        let texts: Vec<&str> = entries.iter().map(|entry| entry.as_str().unwrap_or_default()).collect();
        match parse(&texts) {
            Ok(value) => Some(value),
            Err(positions) if positions.is_empty() => {
                self.wrong(name, "at least one entry", "none");
                None
            }
            Err(positions) => {
                for position in positions {
                    self.wrong(&format!("{name}[{position}]"), expected, "something else");
                }
                None
            }
        }
    }

    /// A whole number of at most `most`, or `default` where it is not there.
    pub(super) fn number(&mut self, name: &str, default: u64, most: u64) -> Option<u64> {
        let Some(value) = self.members.remove(name) else { return Some(default) };
        let number = value.as_u64().filter(|number| *number <= most);
        if number.is_none() {
            self.wrong(name, &format!("a whole number from 0 to {most}"), &value.to_string());
        }
        number
    }

    /// The entries of an array, whatever they are.
    pub(super) fn array(&mut self, name: &str) -> Option<Vec<Value>> {
        match self.members.remove(name) {
            Some(Value::Array(entries)) => Some(entries),
            Some(other) => {
                self.wrong(name, "an array", kind_of(&other));
                None
            }
            None => {
                self.missing(name, "an array");
                None
            }
        }
    }

    /// Any value, or nothing.
    pub(super) fn take(&mut self, name: &str) -> Option<Value> {
        self.members.remove(name)
    }

    /// All members that are left, with their values.
    pub(super) fn take_all(&mut self) -> Map<String, Value> {
        std::mem::take(&mut self.members)
    }

    /// Notes that a member is not what it should be.
    pub(super) fn wrong(&self, name: &str, expected: &str, found: &str) {
        self.problems.add(self.member(name), format!("expected {expected}, found {found}"));
    }

    /// Notes that the section as a whole is not what it should be.
    pub(super) fn wrong_itself(&self, expected: &str, found: &str) {
        self.problems.add(self.path.clone(), format!("expected {expected}, found {found}"));
    }

    pub(super) fn missing(&self, name: &str, expected: &str) {
        if !self.is_broken {
            self.problems.add(self.member(name), format!("missing, expected {expected}"));
        }
    }

    pub(super) fn member(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }

    pub(super) fn problems(&self) -> &'p Problems {
        self.problems
    }

    /// Reports the members that nobody asked for.
    pub(super) fn finish(self) {
        for name in self.members.keys() {
            self.problems.add(self.member(name), "unknown member".to_owned());
        }
    }

    fn entries<T>(
        &self,
        name: &str,
        entries: Vec<Value>,
        parse: impl Fn(&str) -> Result<T, String>,
    ) -> Option<Vec<T>> {
        let count = entries.len();
        let read: Vec<T> = entries
            .into_iter()
            .enumerate()
            .filter_map(|(position, entry)| {
                let name = format!("{name}[{position}]");
                match entry {
                    Value::String(text) if text.is_empty() => {
                        self.wrong(&name, "a string that is not empty", "\"\"");
                        None
                    }
                    Value::String(text) => parse(&text)
                        .map_err(|expected| self.wrong(&name, &expected, &format!("{text:?}")))
                        .ok(),
                    other => {
                        self.wrong(&name, "a string", kind_of(&other));
                        None
                    }
                }
            })
            .collect();
        (read.len() == count).then_some(read)
    }
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}
