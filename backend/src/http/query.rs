//! Query parameters, read one by one: one that is wrong, not known or given twice is a bad request.

use std::collections::BTreeMap;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::failure::{Answer, Failure};

/// The page size where none is asked for.
const DEFAULT_LIMIT: usize = 50;
/// The largest page.
const MAX_LIMIT: usize = 200;
/// The longest value.
const MAX_VALUE: usize = 2_000;

/// The query parameters that are not read yet.
#[derive(Debug, Default)]
pub(crate) struct Query {
    parameters: BTreeMap<String, String>,
}

impl Query {
    fn of(query: &str) -> Answer<Query> {
        let mut parameters = BTreeMap::new();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            if value.len() > MAX_VALUE || value.contains('\0') {
                return Err(Failure::bad_request(format!("the query parameter {name:?} cannot be read")));
            }
            if parameters.insert(name.clone().into_owned(), value.into_owned()).is_some() {
                return Err(Failure::bad_request(format!("the query parameter {name:?} is there twice")));
            }
        }
        Ok(Query { parameters })
    }

    /// A parameter as it is.
    pub(crate) fn text(&mut self, name: &str) -> Option<String> {
        self.parameters.remove(name)
    }

    /// One of a few values.
    pub(crate) fn one_of<T>(
        &mut self,
        name: &str,
        expected: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Answer<Option<T>> {
        let Some(text) = self.text(name) else { return Ok(None) };
        match read(&text) {
            Some(value) => Ok(Some(value)),
            None => Err(wrong(name, &text, expected)),
        }
    }

    /// `true` or `false`; false where it is left out.
    pub(crate) fn flag(&mut self, name: &str) -> Answer<bool> {
        let read = |text: &str| match text {
            "true" => Some(true),
            "false" => Some(false),
            _ => None,
        };
        Ok(self.one_of(name, "true or false", read)?.unwrap_or_default())
    }

    /// `limit`: how many are wanted.
    pub(crate) fn limit(&mut self) -> Answer<usize> {
        let read = |text: &str| text.parse().ok().filter(|limit| (1..=MAX_LIMIT).contains(limit));
        Ok(self.one_of("limit", "a whole number from 1 to 200", read)?.unwrap_or(DEFAULT_LIMIT))
    }

    /// Ends the reading.
    pub(crate) fn finish(self) -> Answer<()> {
        match self.parameters.into_keys().next() {
            None => Ok(()),
            Some(name) => Err(Failure::bad_request(format!("the query parameter {name:?} is not known"))),
        }
    }
}

/// A parameter that is something else than what was expected.
pub(crate) fn wrong(name: &str, text: &str, expected: &str) -> Failure {
    Failure::bad_request(format!("the query parameter {name} is {text:?}, expected {expected}"))
}

impl<S: Send + Sync> FromRequestParts<S> for Query {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Answer<Query> {
        Query::of(parts.uri.query().unwrap_or_default())
    }
}

/// For requests that take no parameters.
pub(crate) struct NoQuery;

impl<S: Send + Sync> FromRequestParts<S> for NoQuery {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Answer<NoQuery> {
        Query::of(parts.uri.query().unwrap_or_default())?.finish()?;
        Ok(NoQuery)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_from_1_to_200() {
        let limit = |query: &str| Query::of(query).unwrap().limit().map_err(|failure| failure.status());
        assert_eq!(limit("").unwrap(), 50);
        assert_eq!(limit("limit=1").unwrap(), 1);
        assert_eq!(limit("limit=200").unwrap(), 200);
        for wrong in ["limit=0", "limit=201", "limit=-1", "limit=x", "limit="] {
            assert_eq!(limit(wrong).unwrap_err(), 400, "{wrong}");
        }
    }

    #[test]
    fn what_is_not_known_or_twice_there_is_told() {
        assert!(Query::of("a=1&a=2").is_err());
        assert!(Query::of("a=%00").is_err());
        let mut query = Query::of("q=a+b%20c&x=1").unwrap();
        assert_eq!(query.text("q").as_deref(), Some("a b c"));
        assert!(query.finish().is_err());
    }
}
