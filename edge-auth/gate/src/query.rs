//! A query string, read as the form encoding that OAuth 2.0 uses (RFC 6749 appendix B).

use std::borrow::Cow;

/// The parameters of a query string.
pub struct Query<'a> {
    text: &'a str,
}

/// What a query holds under one name.
#[derive(Debug, PartialEq, Eq)]
pub enum Parameter<'a> {
    /// It is not there.
    Absent,
    /// It is there once.
    One(Cow<'a, str>),
    /// It is there more than once, which RFC 6749 section 3.1 forbids.
    Repeated,
}

impl<'a> Query<'a> {
    /// Takes a query string without its question mark.
    #[must_use]
    pub fn new(text: &'a str) -> Query<'a> {
        Query { text }
    }

    /// What stands under `name`.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Parameter<'a> {
        let mut found = form_urlencoded::parse(self.text.as_bytes())
            .filter(|(key, _)| key == name)
            .map(|(_, value)| value);
        match (found.next(), found.next()) {
            (None, _) => Parameter::Absent,
            (Some(value), None) => Parameter::One(value),
            (Some(_), Some(_)) => Parameter::Repeated,
        }
    }

    /// The value under `name` if it is there exactly once.
    #[must_use]
    pub fn single(&self, name: &str) -> Option<Cow<'a, str>> {
        match self.parameter(name) {
            Parameter::One(value) => Some(value),
            Parameter::Absent | Parameter::Repeated => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repeated_parameter_is_no_value() {
        let query = Query::new("code=a&state=b%20c&code=d&empty=");
        assert_eq!(query.parameter("code"), Parameter::Repeated);
        assert_eq!(query.single("code"), None);
        assert_eq!(query.single("state").as_deref(), Some("b c"));
        assert_eq!(query.single("empty").as_deref(), Some(""));
        assert_eq!(query.parameter("other"), Parameter::Absent);
    }
}
