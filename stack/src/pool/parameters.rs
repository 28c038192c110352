//! Query strings and form bodies.

/// The pairs of an `application/x-www-form-urlencoded` text, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Parameters(Vec<(String, String)>);

/// A parameter that may be there once was there twice (RFC 6749 section 3.1).
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Repeated;

impl Parameters {
    pub(crate) fn parse(text: &[u8]) -> Self {
        Self(form_urlencoded::parse(text).into_owned().collect())
    }

    /// The value of a parameter; an empty one counts as left out (RFC 6749 section 3.1).
    pub(crate) fn one(&self, name: &str) -> Result<Option<&str>, Repeated> {
        let mut values = self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let first = values.next().filter(|value| !value.is_empty());
        if values.next().is_some() { Err(Repeated) } else { Ok(first) }
    }

    /// The first value of a field, empty if there is none; for the pages' own forms.
    pub(crate) fn field(&self, name: &str) -> &str {
        self.0.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    }

    /// The same without the parameters that `keep` refuses.
    pub(crate) fn only(&self, keep: impl Fn(&str) -> bool) -> Self {
        Self(self.0.iter().filter(|(key, _)| keep(key)).cloned().collect())
    }

    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.0.push((name.to_owned(), value.to_owned()));
        self
    }

    /// `url` with these parameters in its query.
    pub(crate) fn appended_to(&self, url: &str) -> String {
        let mut joined = url.to_owned();
        let mut separator = if url.contains('?') { '&' } else { '?' };
        for (name, value) in &self.0 {
            joined.push(separator);
            joined.extend(form_urlencoded::byte_serialize(name.as_bytes()));
            joined.push('=');
            joined.extend(form_urlencoded::byte_serialize(value.as_bytes()));
            separator = '&';
        }
        joined
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_is_told_from_missing_and_empty() {
        let parameters = Parameters::parse(b"a=1&b=&c=1&c=2");
        assert_eq!(parameters.one("a"), Ok(Some("1")));
        assert_eq!(parameters.one("b"), Ok(None));
        assert_eq!(parameters.one("c"), Err(Repeated));
        assert_eq!(parameters.one("d"), Ok(None));
    }

    #[test]
    fn appending_keeps_a_query_and_every_character() {
        let odd = "a b+c&d=e%\u{e4}/?#\"<";
        let url = Parameters::default().with("state", odd).appended_to("http://x/?y=1");
        let query = url.split_once('?').unwrap().1;
        assert_eq!(Parameters::parse(query.as_bytes()).one("state"), Ok(Some(odd)));
        assert!(url.starts_with("http://x/?y=1&state="));
    }
}
