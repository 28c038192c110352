//! The members of a body, read one by one: every one that is wrong is told, and every one that is not known.

use content::wire::{Timestamp, Violation};
use serde_json::{Map, Value};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use super::failure::{Answer, Failure};
use crate::ambient;

/// The members of an object that are not read yet, and what was wrong with the others.
pub(crate) struct Members {
    members: Map<String, Value>,
    prefix: String,
    violations: Vec<Violation>,
}

impl Members {
    /// Begins with a body.
    pub(crate) fn of(body: Value) -> Answer<Members> {
        match body {
            Value::Object(members) => Ok(Members { members, prefix: String::new(), violations: Vec::new() }),
            _ => Err(Failure::invalid_at("", "is something else, expected an object")),
        }
    }

    /// Notes what is wrong with a member.
    pub(crate) fn wrong<T>(&mut self, name: &str, detail: impl Into<String>) -> Option<T> {
        self.wrong_under(&name.replace('~', "~0").replace('/', "~1"), detail)
    }

    /// Notes what is wrong with what a pointer below this object leads to, such as `tags/3`.
    pub(crate) fn wrong_under<T>(&mut self, pointer: &str, detail: impl Into<String>) -> Option<T> {
        let pointer = format!("{}/{pointer}", self.prefix);
        self.violations.push(Violation { pointer, detail: detail.into() });
        None
    }

    /// Whether a member is there.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.members.contains_key(name)
    }

    /// Takes a member as it is.
    pub(crate) fn take(&mut self, name: &str) -> Option<Value> {
        self.members.remove(name)
    }

    /// A text of at most `limit` characters on one line.
    pub(crate) fn line(&mut self, name: &str, limit: usize) -> Option<String> {
        let text = self.text(name, limit)?;
        match text.chars().find(|c| c.is_control()) {
            Some(c) => {
                self.wrong(name, format!("holds the control character {c:?}, expected one line of text"))
            }
            None => Some(text),
        }
    }

    /// A text of at most `limit` characters.
    pub(crate) fn text(&mut self, name: &str, limit: usize) -> Option<String> {
        match self.take(name)? {
            Value::String(text) if text.contains('\0') => self.wrong(name, "holds a NUL character"),
            Value::String(text) if text.len() > limit && text.chars().count() > limit => {
                self.wrong(name, format!("has {} characters, expected at most {limit}", text.chars().count()))
            }
            Value::String(text) => Some(text),
            other => self.wrong(name, format!("is {}, expected text", kind(&other))),
        }
    }

    /// `true` or `false`.
    pub(crate) fn flag(&mut self, name: &str) -> Option<bool> {
        match self.take(name)? {
            Value::Bool(flag) => Some(flag),
            other => self.wrong(name, format!("is {}, expected true or false", kind(&other))),
        }
    }

    /// A whole number from `least` to `most`.
    pub(crate) fn number(&mut self, name: &str, least: i64, most: i64) -> Option<i64> {
        let value = self.take(name)?;
        match value.as_i64() {
            Some(number) if (least..=most).contains(&number) => Some(number),
            _ => self.wrong(name, format!("is {value}, expected a whole number from {least} to {most}")),
        }
    }

    /// An array of at most `limit` texts.
    pub(crate) fn texts(&mut self, name: &str, limit: usize) -> Option<Vec<String>> {
        let values = self.array(name, limit)?;
        let mut texts = Vec::new();
        for (position, value) in values.into_iter().enumerate() {
            match value {
                Value::String(text) if !text.contains('\0') => texts.push(text),
                other => {
                    let pointer = format!("{name}/{position}");
                    self.wrong_under(&pointer, format!("is {}, expected text", kind(&other)))?
                }
            }
        }
        Some(texts)
    }

    /// An array of at most `limit` values.
    pub(crate) fn array(&mut self, name: &str, limit: usize) -> Option<Vec<Value>> {
        match self.take(name)? {
            Value::Array(values) if values.len() > limit => {
                self.wrong(name, format!("has {} elements, expected at most {limit}", values.len()))
            }
            Value::Array(values) => Some(values),
            other => self.wrong(name, format!("is {}, expected an array", kind(&other))),
        }
    }

    /// A time, or null: none where the member is left out or wrong.
    pub(crate) fn time_or_null(&mut self, name: &str) -> Option<Option<Timestamp>> {
        match self.take(name)? {
            Value::Null => Some(None),
            Value::String(text) => match read_time(&text) {
                Some(time) => Some(Some(time)),
                None => {
                    self.wrong(name, format!("is {text:?}, expected a time such as 2026-11-26T19:30:00Z"))
                }
            },
            other => self.wrong(name, format!("is {}, expected a time or null", kind(&other))),
        }
    }

    /// An id, or null: none where the member is left out or wrong.
    pub(crate) fn id_or_null(&mut self, name: &str) -> Option<Option<String>> {
        match self.take(name)? {
            Value::Null => Some(None),
            Value::String(text) if uuid::Uuid::try_parse(&text).is_ok() => Some(Some(text)),
            other => self.wrong(name, format!("is {}, expected an id or null", kind(&other))),
        }
    }

    /// The pointer at an element of an array of objects, whose members are read by `read`.
    pub(crate) fn within<T>(
        &mut self,
        pointer: &str,
        value: Value,
        read: impl FnOnce(&mut Members) -> Option<T>,
    ) -> Option<T> {
        let Value::Object(members) = value else {
            return self.wrong_under(pointer, format!("is {}, expected an object", kind(&value)));
        };
        let mut inner =
            Members { members, prefix: format!("{}/{pointer}", self.prefix), violations: Vec::new() };
        let found = read(&mut inner);
        self.violations.extend(inner.all_violations());
        found
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// With all that was wrong, and with members that nobody asked for.
    pub(crate) fn finish(self) -> Answer<()> {
        let violations = self.all_violations();
        if violations.is_empty() { Ok(()) } else { Err(Failure::invalid(violations)) }
    }

    fn all_violations(mut self) -> Vec<Violation> {
        let unknown: Vec<String> = self.members.keys().cloned().collect();
        for name in unknown {
            self.wrong::<()>(&name, "is not known");
        }
        self.violations
    }
}

/// A time in RFC 3339, in the form in which it is stored.
pub(crate) fn read_time(text: &str) -> Option<Timestamp> {
    // A time of the year 9999 may be one of the year 10000 in UTC, which is no time here.
    let time = OffsetDateTime::parse(text, &Rfc3339).ok()?.checked_to_offset(time::UtcOffset::UTC)?;
    (1..=9999).contains(&time.year()).then(|| ambient::timestamp(time))
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "some other text",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn pointers(members: Members) -> Vec<String> {
        let failure = members.finish().unwrap_err();
        failure.into_problem().errors.into_iter().map(|violation| violation.pointer).collect()
    }

    #[test]
    fn every_member_that_is_wrong_or_not_known_is_told() {
        let body = json!({ "title": 7, "tags": ["a", 1], "order": "x", "a/b~c": 1, "no_index": true });
        let mut members = Members::of(body).unwrap();
        assert_eq!(members.line("title", 10), None);
        assert_eq!(members.texts("tags", 5), None);
        assert_eq!(members.number("order", 0, 5), None);
        assert_eq!(members.flag("no_index"), Some(true));
        assert_eq!(members.flag("absent"), None);
        assert_eq!(pointers(members), ["/title", "/tags/1", "/order", "/a~1b~0c"]);
    }

    #[test]
    fn limits_count_characters() {
        let mut members = Members::of(json!({ "a": "äöü", "b": "äöüß", "c": "x\ny" })).unwrap();
        assert_eq!(members.line("a", 3).as_deref(), Some("äöü"));
        assert_eq!(members.line("b", 3), None);
        assert_eq!(members.line("c", 3), None);
        assert_eq!(pointers(members), ["/b", "/c"]);
    }

    #[test]
    fn times_become_utc_in_milliseconds() {
        let read = |text: &str| read_time(text).map(|time| time.0);
        assert_eq!(read("2026-11-26T21:30:00.5+02:00").as_deref(), Some("2026-11-26T19:30:00.500Z"));
        assert_eq!(read("2026-11-26"), None);
        assert_eq!(read("9999-12-31T23:59:59-10:00"), None);
    }
}
