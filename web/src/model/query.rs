//! A query string: what a list shows, in the address bar and in the API's addresses alike.

/// Names and values in their order. A name without a value is not kept: it says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query(Vec<(String, String)>);

impl Query {
    /// Reads a query, with or without its question mark.
    pub fn parse(text: &str) -> Self {
        let text = text.strip_prefix('?').unwrap_or(text);
        let pairs = text.split('&').filter_map(|pair| {
            let (name, value) = pair.split_once('=')?;
            Some((decoded(name), decoded(value)))
        });
        Self(pairs.filter(|(_, value)| !value.is_empty()).collect())
    }

    /// The value of a name; empty where it has none.
    pub fn value(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    /// The same query with another value. Whatever else a list is filtered by, a cursor belongs to one order of one
    /// list, so that every other change starts at its beginning.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut pairs = self.0.clone();
        pairs.retain(|(known, _)| known != name && known != "cursor");
        if !value.is_empty() {
            pairs.push((name.to_owned(), value.to_owned()));
        }
        Self(pairs)
    }

    /// The same query and one thing more, which begins no list anew.
    #[must_use]
    pub fn and(mut self, name: &str, value: &str) -> Self {
        self.0.push((name.to_owned(), value.to_owned()));
        self
    }

    /// What it says by these names alone.
    #[must_use]
    pub fn only(&self, names: &[&str]) -> Self {
        Self(self.0.iter().filter(|(name, _)| names.contains(&name.as_str())).cloned().collect())
    }

    /// True if nothing is asked for by these names.
    pub fn is_without(&self, names: &[&str]) -> bool {
        names.iter().all(|name| self.value(name).is_empty())
    }

    /// As it stands behind a path, with its question mark; nothing if it is empty.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for (name, value) in &self.0 {
            text.push(if text.is_empty() { '?' } else { '&' });
            encode(name, &mut text);
            text.push('=');
            encode(value, &mut text);
        }
        text
    }
}

/// A text as it may stand in a query or as a part of a path.
pub fn encoded(text: &str) -> String {
    let mut out = String::new();
    encode(text, &mut out);
    out
}

fn encode(text: &str, out: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            for digit in [byte >> 4, byte & 15] {
                out.extend(char::from_digit(u32::from(digit), 16).map(|digit| digit.to_ascii_uppercase()));
            }
        }
    }
}

fn decoded(text: &str) -> String {
    let (mut bytes, mut rest) = (Vec::with_capacity(text.len()), text.bytes());
    while let Some(byte) = rest.next() {
        let mut ahead = rest.clone();
        let pair = (ahead.next(), ahead.next());
        let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        match (byte, pair) {
            (b'%', (Some(high), Some(low))) => match (digit(high), digit(low)) {
                (Some(high), Some(low)) => {
                    bytes.push(high << 4 | low);
                    rest = ahead;
                }
                _ => bytes.push(byte),
            },
            (b'+', _) => bytes.push(b' '),
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let query = Query::default().with("q", "café & co = 100%?").with("section", "/news/");
        assert_eq!(query.text(), "?q=caf%C3%A9%20%26%20co%20%3D%20100%25%3F&section=/news/");
        assert_eq!(Query::parse(&query.text()), query);
        assert_eq!(query.value("section"), "/news/");
        assert_eq!(query.value("tag"), "");
    }

    #[test]
    fn a_change_begins_the_list_anew() {
        let query = Query::parse("?state=draft&cursor=abc");
        assert_eq!(query.with("sort", "title").text(), "?state=draft&sort=title");
        assert_eq!(query.with("cursor", "def").text(), "?state=draft&cursor=def");
        assert_eq!(query.with("state", "").text(), "");
        assert_eq!(query.only(&["cursor", "q"]).and("limit", "9").text(), "?cursor=abc&limit=9");
    }

    #[test]
    fn odd_queries_are_read_as_far_as_they_go() {
        assert_eq!(Query::parse("?a&=&b=%zz+%").value("b"), "%zz %");
        assert_eq!(Query::parse("a=%e4").value("a"), "\u{fffd}");
        assert!(Query::parse("?q=").is_without(&["q"]));
    }
}
