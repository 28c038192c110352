//! What reached the API, as the API tells it: the proof that the gate put the bearer token in and kept the cookies.

use serde::Deserialize;

/// What reached the API.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The request's method.
    pub method: String,
    /// The request's path.
    pub path: String,
    /// The user that the bearer token's claims name; none if no token came.
    pub username: Option<String>,
    /// Whether a Cookie header came. None ever should.
    pub cookie: bool,
    /// The body, if it was text.
    pub body: Option<String>,
}

#[derive(Deserialize)]
struct Wire {
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    #[serde(default)]
    unverified_claims: Option<Claims>,
    #[serde(default)]
    body: Option<String>,
}

#[derive(Deserialize)]
struct Claims {
    #[serde(default)]
    username: Option<String>,
}

#[derive(Deserialize)]
struct SentNote {
    note: String,
}

impl Seen {
    /// Reads the body of a 200 answer.
    ///
    /// # Errors
    /// When the body is not the agreed JSON object.
    pub fn from_json(body: &str) -> Result<Self, serde_json::Error> {
        let wire: Wire = serde_json::from_str(body)?;
        Ok(Self {
            method: wire.method,
            path: wire.path,
            username: wire.unverified_claims.and_then(|claims| claims.username),
            cookie: wire.headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("cookie")),
            body: wire.body,
        })
    }

    /// The note in the body that reached the API.
    pub fn note(&self) -> Option<String> {
        let sent: SentNote = serde_json::from_str(self.body.as_deref()?).ok()?;
        Some(sent.note)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SEEN: &str = r#"{"method":"POST","path":"/api/echo","query":"","headers":[["host","api.example.com"],
        ["content-type","application/json"]],"unverified_claims":{"username":"ada","token_use":"access"},
        "body_length":16,"body":"{\"note\":\"hello\"}"}"#;

    #[test]
    fn reads_what_the_api_saw() {
        let seen = Seen::from_json(SEEN).unwrap();
        assert_eq!((seen.method.as_str(), seen.path.as_str()), ("POST", "/api/echo"));
        assert_eq!(seen.username.as_deref(), Some("ada"));
        assert!(!seen.cookie);
        assert_eq!(seen.note().as_deref(), Some("hello"));
    }

    #[test]
    fn a_cookie_is_noticed_in_any_case() {
        let seen = Seen::from_json(&SEEN.replace("\"host\"", "\"Cookie\"")).unwrap();
        assert!(seen.cookie);
    }

    #[test]
    fn no_token_is_no_user() {
        let seen =
            Seen::from_json(r#"{"method":"GET","path":"/api/whoami","headers":[],"unverified_claims":null}"#)
                .unwrap();
        assert_eq!((seen.username.as_ref(), seen.note()), (None, None));
    }
}
