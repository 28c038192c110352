//! Ask: a viewer request on its way to becoming a CloudFront event.

use serde_json::{Map, Value, json};

pub(crate) const HOST: &str = "cms.example.com";

/// A viewer request.
#[derive(Debug, Clone)]
pub(crate) struct Ask {
    method: String,
    uri: String,
    querystring: String,
    headers: Vec<(String, String)>,
    body: Option<Value>,
}

impl Ask {
    /// A request without a word about who asks. `url` is a path with an optional query, raw.
    pub(crate) fn new(method: &str, url: &str) -> Ask {
        let (uri, querystring) = url.split_once('?').unwrap_or((url, ""));
        let headers = [
            ("Host", HOST),
            ("Via", "2.0 0123456789abcdef.cloudfront.net (CloudFront)"),
            ("CDN-Loop", "CloudFront"),
            ("X-Forwarded-For", "192.0.2.7"),
            ("User-Agent", "a browser"),
        ];
        Ask {
            method: method.to_owned(),
            uri: uri.to_owned(),
            querystring: querystring.to_owned(),
            headers: headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec(),
            body: None,
        }
    }

    /// A person opens a page.
    pub(crate) fn page(url: &str) -> Ask {
        Ask::new("GET", url).navigating()
    }

    /// A script of the site calls an API.
    pub(crate) fn fetch(method: &str, url: &str) -> Ask {
        Ask::new(method, url)
            .header("Accept", "application/json")
            .header("Sec-Fetch-Dest", "empty")
            .header("Sec-Fetch-Mode", "cors")
            .header("Sec-Fetch-Site", "same-origin")
    }

    /// As a browser sends it when a person opens a page or posts a form.
    pub(crate) fn navigating(self) -> Ask {
        self.header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
            .header("Sec-Fetch-Dest", "document")
            .header("Sec-Fetch-Mode", "navigate")
            .header("Sec-Fetch-Site", "same-origin")
    }

    /// Adds a header line.
    pub(crate) fn header(mut self, name: &str, value: &str) -> Ask {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Replaces every line of a header.
    pub(crate) fn instead(mut self, name: &str, value: &str) -> Ask {
        self.headers.retain(|(present, _)| !present.eq_ignore_ascii_case(name));
        self.header(name, value)
    }

    /// Takes a header away.
    pub(crate) fn without(mut self, name: &str) -> Ask {
        self.headers.retain(|(present, _)| !present.eq_ignore_ascii_case(name));
        self
    }

    /// Adds a Cookie line, unless it is empty.
    pub(crate) fn cookies(self, line: &str) -> Ask {
        if line.is_empty() { self } else { self.header("Cookie", line) }
    }

    /// Adds an Authorization line.
    pub(crate) fn bearer(self, token: &str) -> Ask {
        self.header("Authorization", &format!("Bearer {token}"))
    }

    /// Adds a body as CloudFront describes it.
    pub(crate) fn body(mut self, data: &str) -> Ask {
        self.body =
            Some(json!({ "action": "read-only", "data": data, "encoding": "text", "inputTruncated": false }));
        self
    }

    /// The event.
    pub(crate) fn event(&self) -> Value {
        let mut headers = Map::new();
        for (name, value) in &self.headers {
            let lines = headers.entry(name.to_ascii_lowercase()).or_insert_with(|| json!([]));
            lines.as_array_mut().unwrap().push(json!({ "key": name, "value": value }));
        }
        let mut request = json!({
            "clientIp": "192.0.2.7", "headers": headers, "method": self.method,
            "querystring": self.querystring, "uri": self.uri,
        });
        if let Some(body) = &self.body {
            request["body"] = body.clone();
        }
        event_of(&request)
    }
}

/// An event around a request.
pub(crate) fn event_of(request: &Value) -> Value {
    json!({ "Records": [{ "cf": {
        "config": {
            "distributionDomainName": "d111111abcdef8.cloudfront.net", "distributionId": "EDFDVBD6EXAMPLE",
            "eventType": "viewer-request", "requestId": "4TyzHTaYWb1GX1qTfsHhEqV6HUDd_BzoBZnwfnvQc_1oF26ClkoUSEQ==",
        },
        "request": request,
    } }] })
}
