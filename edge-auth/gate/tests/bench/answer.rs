//! Answer: what the function returned, as CloudFront reads it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

use super::rules::SESSION_COOKIES;

/// What the function returned.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) json: Value,
    /// The line in the log, if there is one.
    pub(crate) log: Option<Value>,
}

impl Answer {
    /// Whether the request goes on to the origin.
    pub(crate) fn is_forwarded(&self) -> bool {
        self.json.get("status").is_none()
    }

    /// The status of a generated answer.
    #[track_caller]
    pub(crate) fn status(&self) -> u16 {
        assert!(
            !self.is_forwarded(),
            "expected a generated answer, found a forwarded request: {}",
            self.json
        );
        self.json["status"].as_str().unwrap().parse().unwrap()
    }

    /// The values of a header, of whichever of the two it is.
    pub(crate) fn headers(&self, name: &str) -> Vec<&str> {
        let lines = self.json["headers"][name].as_array();
        lines.into_iter().flatten().map(|line| line["value"].as_str().unwrap()).collect()
    }

    #[track_caller]
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers(name).first().unwrap_or_else(|| panic!("no {name} in {}", self.json))
    }

    #[track_caller]
    pub(crate) fn location(&self) -> &str {
        self.header("location")
    }

    /// A parameter of the Location's query.
    #[track_caller]
    pub(crate) fn parameter(&self, name: &str) -> String {
        let (_, query) = self.location().split_once('?').unwrap();
        let found = form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name);
        found.unwrap_or_else(|| panic!("no {name} in {}", self.location())).1.into_owned()
    }

    pub(crate) fn body(&self) -> &str {
        self.json["body"].as_str().unwrap_or_default()
    }

    pub(crate) fn document(&self) -> Value {
        serde_json::from_str(self.body()).unwrap()
    }

    /// The path that goes on to the origin.
    #[track_caller]
    pub(crate) fn uri(&self) -> &str {
        assert!(self.is_forwarded(), "expected a forwarded request, found an answer: {}", self.json);
        self.json["uri"].as_str().unwrap()
    }

    /// The user of the bearer token that goes on to the origin.
    #[track_caller]
    pub(crate) fn bearer_user(&self) -> String {
        let payload = self.assert_forwarded().header("authorization").split('.').nth(1).unwrap();
        let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap();
        claims["username"].as_str().unwrap().to_owned()
    }

    pub(crate) fn set_cookies(&self) -> Vec<&str> {
        self.headers("set-cookie")
    }

    /// The Set-Cookie lines that put a token into the browser.
    pub(crate) fn session_cookies(&self) -> Vec<&str> {
        let sets_a_token = |line: &&str| {
            let is_token = SESSION_COOKIES.iter().any(|part| line.split('=').next().unwrap().contains(part));
            is_token && !line.contains("Max-Age=0")
        };
        self.set_cookies().into_iter().filter(sets_a_token).collect()
    }

    /// Why it was, according to the log.
    pub(crate) fn reason(&self) -> &str {
        self.log.as_ref().map_or("", |line| line["reason"].as_str().unwrap())
    }

    /// "Refused": not forwarded, no session set, an answer of the gate's own.
    #[track_caller]
    pub(crate) fn assert_refused(&self) -> &Answer {
        assert!(!self.is_forwarded(), "forwarded: {}", self.json);
        assert!(self.session_cookies().is_empty(), "a session was set: {}", self.json);
        self
    }

    /// A trip to the user pool's sign-in page.
    #[track_caller]
    pub(crate) fn assert_sign_in(&self) -> &Answer {
        self.assert_refused();
        assert_eq!(self.status(), 302, "{}", self.json);
        assert!(
            self.location().starts_with("https://login.example.com/oauth2/authorize?"),
            "{}",
            self.location()
        );
        self
    }

    #[track_caller]
    pub(crate) fn assert_status(&self, status: u16) -> &Answer {
        assert_eq!(self.status(), status, "{}", self.json);
        self
    }

    /// A request of a living session that goes on.
    #[track_caller]
    pub(crate) fn assert_forwarded(&self) -> &Answer {
        assert!(self.is_forwarded(), "{}", self.json);
        self
    }
}
