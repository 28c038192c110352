//! A request that is described on the command line, as the event that CloudFront would make of it.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::ExplainError;

/// A request that is described on the command line.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// Where to: `https://docs.example.com/guide/?a=b`.
    pub url: String,
    /// The method.
    pub method: String,
    /// Header fields, `Name: value`.
    pub headers: Vec<String>,
    /// Cookies, `name=value`.
    pub cookies: Vec<String>,
}

impl Asked {
    /// Whether a text is a URL of a web page.
    #[must_use]
    pub fn is_url(text: &str) -> bool {
        without_scheme(text).is_some()
    }

    /// The event.
    ///
    /// # Errors
    ///
    /// When the URL, a header field or a cookie is none.
    pub fn event(&self) -> Result<String, ExplainError> {
        let (host, uri, querystring) = self.parts()?;
        let mut headers: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        let mut add = |name: &str, value: &str| {
            let line = json!({ "key": name, "value": value });
            headers.entry(name.to_ascii_lowercase()).or_default().push(line);
        };
        add("Host", host);
        for field in &self.headers {
            let (name, value) = header(field)?;
            add(name, value);
        }
        if !self.cookies.is_empty() {
            add("Cookie", &self.cookie_line()?);
        }
        let request = json!({
            "clientIp": "192.0.2.1",
            "headers": headers,
            "method": self.method,
            "querystring": querystring,
            "uri": uri,
        });
        let config = json!({ "eventType": "viewer-request", "requestId": "explained" });
        Ok(json!({ "Records": [{ "cf": { "config": config, "request": request } }] }).to_string())
    }

    /// Host, path and query, just as they are written: what a browser would tidy up, an attacker would not.
    fn parts(&self) -> Result<(&str, &str, &str), ExplainError> {
        let no_url = || ExplainError::NoUrl { text: self.url.clone() };
        let rest = without_scheme(&self.url).ok_or_else(no_url)?;
        let rest = rest.split('#').next().unwrap_or_default();
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (host, rest) = rest.split_at_checked(end).ok_or_else(no_url)?;
        let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
        let plain = rest.bytes().all(|b| b > b' ' && b != 0x7f);
        if host.is_empty() || host.contains('@') || !plain {
            return Err(no_url());
        }
        Ok((host, if path.is_empty() { "/" } else { path }, query))
    }

    fn cookie_line(&self) -> Result<String, ExplainError> {
        match self.cookies.iter().position(|cookie| !cookie.contains('=') || !is_field_text(cookie)) {
            Some(position) => Err(ExplainError::NoCookie { position: position.saturating_add(1) }),
            None => Ok(self.cookies.join("; ")),
        }
    }
}

fn without_scheme(text: &str) -> Option<&str> {
    ["https://", "http://"]
        .iter()
        .find(|scheme| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)))
        .and_then(|scheme| text.get(scheme.len()..))
}

/// What is wrong with a field is not repeated: it may hold a token.
fn header(field: &str) -> Result<(&str, &str), ExplainError> {
    let (name, value) = field.split_once(':').ok_or(ExplainError::NoHeader)?;
    let is_name = http::HeaderName::from_bytes(name.as_bytes()).is_ok();
    let value = value.trim();
    if !is_name || !is_field_text(value) || name.eq_ignore_ascii_case("host") {
        return Err(ExplainError::NoHeader);
    }
    Ok((name, value))
}

fn is_field_text(text: &str) -> bool {
    !text.chars().any(|c| c.is_control() && c != '\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(url: &str) -> Asked {
        Asked { url: url.to_owned(), method: "GET".to_owned(), ..Asked::default() }
    }

    #[test]
    fn a_url_is_taken_as_it_is_written() {
        for (url, parts) in [
            ("https://docs.example.com", ("docs.example.com", "/", "")),
            ("https://docs.example.com?a=b", ("docs.example.com", "/", "a=b")),
            ("HTTP://localhost:8080/a/../%2e/b?x?y#z", ("localhost:8080", "/a/../%2e/b", "x?y")),
            ("https://docs.example.com//a\\b", ("docs.example.com", "//a\\b", "")),
        ] {
            assert_eq!(asked(url).parts().unwrap(), parts, "{url}");
        }
    }

    #[test]
    fn what_no_client_could_send_is_refused() {
        for url in [
            "docs.example.com/",
            "ftp://a/",
            "https://",
            "https:///a",
            "https://u@a/",
            "https://a/b c",
            "https://a/\n",
        ] {
            assert!(matches!(asked(url).event(), Err(ExplainError::NoUrl { .. })), "{url:?}");
        }
        for header in ["no colon", ": empty", "a b: c", "x: a\r\ny: b", "Host: evil.example"] {
            let asked = Asked { headers: vec![header.to_owned()], ..asked("https://a/") };
            assert!(matches!(asked.event(), Err(ExplainError::NoHeader)), "{header:?}");
        }
        let asked = Asked { cookies: vec!["a=b".to_owned(), "c".to_owned()], ..asked("https://a/") };
        assert!(matches!(asked.event(), Err(ExplainError::NoCookie { position: 2 })));
    }

    #[test]
    fn the_event_is_one_that_the_gate_reads() {
        let asked = Asked {
            headers: vec!["X-A: 1".to_owned(), "x-a: 2".to_owned()],
            cookies: vec!["a=b".to_owned(), "c=d".to_owned()],
            ..asked("https://docs.example.com/é?q")
        };
        let event = asked.event().unwrap();
        let request = gate::event::read(&event).unwrap();
        assert_eq!(request.headers.all("x-a").collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(request.headers.single("cookie"), Some("a=b; c=d"));
        assert_eq!((&*request.uri, &*request.querystring), ("/é", "q"));
    }
}
