//! Viewer request, borrowed from the event.

use std::borrow::Cow;

use serde_json::value::RawValue;

/// A viewer's request. It borrows from the event's text.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    /// CloudFront's id of the request, shown to viewers and written to the log.
    pub id: Cow<'a, str>,
    /// The method, as it was sent. Read-only in a forwarded request.
    pub method: Cow<'a, str>,
    /// The path, raw.
    pub uri: Cow<'a, str>,
    /// The query string without its question mark, raw.
    pub querystring: Cow<'a, str>,
    /// The viewer's address. Read-only in a forwarded request.
    pub client_ip: Cow<'a, str>,
    /// The header fields in their order.
    pub headers: Headers<'a>,
    /// The body as CloudFront described it, handed back unread.
    pub body: Option<&'a RawValue>,
}

impl Request<'_> {
    /// An empty request, for an event that could not be read.
    #[must_use]
    pub fn none() -> Request<'static> {
        Request {
            id: "".into(),
            method: "".into(),
            uri: "".into(),
            querystring: "".into(),
            client_ip: "".into(),
            headers: Headers::default(),
            body: None,
        }
    }

    /// Whether the method asks for nothing to change (RFC 9110 section 9.2.1).
    #[must_use]
    pub fn is_safe(&self) -> bool {
        matches!(&*self.method, "GET" | "HEAD" | "OPTIONS")
    }

    /// Whether the method is one that a page is read with.
    #[must_use]
    pub fn is_read(&self) -> bool {
        matches!(&*self.method, "GET" | "HEAD")
    }
}

/// One header field line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header<'a> {
    /// The name, lowered, under which CloudFront lists the field.
    pub name: Cow<'a, str>,
    /// The name as the viewer wrote it.
    pub key: Option<Cow<'a, str>>,
    /// The value.
    pub value: Cow<'a, str>,
}

/// Header fields in the order of the event; lines of one name stand together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Headers<'a> {
    lines: Vec<Header<'a>>,
}

impl<'a> Headers<'a> {
    /// Takes lines in their order.
    #[must_use]
    pub fn new(lines: Vec<Header<'a>>) -> Headers<'a> {
        Headers { lines }
    }

    /// The values under `name`, which is lower case.
    pub fn all<'h>(&'h self, name: &'static str) -> impl Iterator<Item = &'h str> {
        self.lines.iter().filter(move |line| line.name.eq_ignore_ascii_case(name)).map(|line| &*line.value)
    }

    /// The value under `name` if it is there exactly once: of two values, neither is to be believed.
    #[must_use]
    pub fn single(&self, name: &'static str) -> Option<&str> {
        let mut values = self.all(name);
        match (values.next(), values.next()) {
            (Some(value), None) => Some(value),
            _ => None,
        }
    }

    /// Whether there is a line under `name`.
    #[must_use]
    pub fn has(&self, name: &'static str) -> bool {
        self.all(name).next().is_some()
    }

    /// Keeps the lines that `keep` wants; it may change them.
    pub fn retain(&mut self, keep: impl FnMut(&mut Header<'a>) -> bool) {
        self.lines.retain_mut(keep);
    }

    /// Adds a line at the end.
    pub fn push(&mut self, name: &'static str, key: &'static str, value: String) {
        self.lines.push(Header {
            name: Cow::Borrowed(name),
            key: Some(Cow::Borrowed(key)),
            value: Cow::Owned(value),
        });
    }

    /// The lines in their order.
    #[must_use]
    pub fn lines(&self) -> &[Header<'a>] {
        &self.lines
    }
}
