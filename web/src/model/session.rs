//! Who is signed in, as the gate's `/auth/session` tells it.

use serde::Deserialize;

/// A reader of RFC 3339 times: milliseconds since the epoch, or nothing if the text is no time.
type ReadTime = fn(&str) -> Option<i64>;

/// A session that the gate has confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The user's name in the user pool.
    pub username: String,
    /// The address the user signed up with; a pool need not have one.
    pub email: Option<String>,
    /// The groups that decide what the user may do.
    pub groups: Vec<String>,
    /// When the tokens end, in milliseconds since the epoch. The gate renews them on the next request after that, if it can.
    pub expires_at: i64,
    /// When the user signed in, in milliseconds since the epoch.
    pub authenticated_at: Option<i64>,
}

/// Why an answer of `/auth/session` could not be read.
#[derive(Debug, thiserror::Error)]
pub enum SessionError {
    /// Not JSON, or a member is missing or of another type.
    #[error("session answer is not the expected JSON object")]
    Shape(#[from] serde_json::Error),
    /// `username` holds nothing.
    #[error("session member `username` is empty, expected a name")]
    NoName,
    /// A time that is not RFC 3339.
    #[error("session member `{0}` is not an RFC 3339 time")]
    Time(&'static str),
}

/// The wire format: unknown members are the gate's to add.
#[derive(Deserialize)]
struct Wire {
    user: WireUser,
    #[serde(default)]
    groups: Vec<String>,
    expires_at: String,
    #[serde(default)]
    authenticated_at: Option<String>,
}

#[derive(Deserialize)]
struct WireUser {
    username: String,
    #[serde(default)]
    email: Option<String>,
}

impl Session {
    /// Reads the body of a 200 answer.
    ///
    /// # Errors
    /// When the body is not the agreed JSON object, names no user, or holds a time that `read_time` refuses.
    pub fn from_json(body: &str, read_time: ReadTime) -> Result<Self, SessionError> {
        let wire: Wire = super::from_json(body)?;
        if wire.user.username.is_empty() {
            return Err(SessionError::NoName);
        }
        let expires_at = read_time(&wire.expires_at).ok_or(SessionError::Time("expires_at"))?;
        let authenticated_at = match wire.authenticated_at {
            Some(text) => Some(read_time(&text).ok_or(SessionError::Time("authenticated_at"))?),
            None => None,
        };
        Ok(Self {
            username: wire.user.username,
            email: wire.user.email.filter(|email| !email.is_empty()),
            groups: wire.groups,
            expires_at,
            authenticated_at,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADA: &str = r#"{"user":{"sub":"5f0c","username":"ada","email":"ada@example.com"},"groups":["editors"],
        "expires_at":"2026-11-21T10:00:00Z","authenticated_at":"2026-11-21T09:00:00Z"}"#;

    fn read(text: &str) -> Option<i64> {
        match text {
            "2026-11-21T10:00:00Z" => Some(1_795_255_200_000),
            "2026-11-21T09:00:00Z" => Some(1_795_251_600_000),
            _ => None,
        }
    }

    #[test]
    fn reads_the_gates_answer() {
        let session = Session::from_json(ADA, read).unwrap();
        assert_eq!(session.username, "ada");
        assert_eq!(session.email.as_deref(), Some("ada@example.com"));
        assert_eq!(session.groups, ["editors"]);
        assert_eq!(session.expires_at - session.authenticated_at.unwrap(), 3_600_000);
    }

    #[test]
    fn needs_only_a_name_and_an_end() {
        let body = r#"{"user":{"username":"ada"},"expires_at":"2026-11-21T10:00:00Z","later":{"added":1}}"#;
        let session = Session::from_json(body, read).unwrap();
        assert_eq!((session.email, session.groups.len(), session.authenticated_at), (None, 0, None));
    }

    #[test]
    fn an_empty_address_is_no_address() {
        let body = r#"{"user":{"username":"ada","email":""},"expires_at":"2026-11-21T10:00:00Z"}"#;
        assert_eq!(Session::from_json(body, read).unwrap().email, None);
    }

    #[test]
    fn refuses_what_is_not_a_session() {
        for body in [
            "",
            "null",
            "[]",
            "<!doctype html>",
            r#"{"user":{"username":"ada"}}"#,
            r#"{"user":{"username":1},"expires_at":""}"#,
        ] {
            assert!(matches!(Session::from_json(body, read), Err(SessionError::Shape(_))), "{body}");
        }
        let nobody = ADA.replace(r#""username":"ada""#, r#""username":"""#);
        assert!(matches!(Session::from_json(&nobody, read), Err(SessionError::NoName)));
        let endless = ADA.replace("10:00:00Z", "never");
        assert!(matches!(Session::from_json(&endless, read), Err(SessionError::Time("expires_at"))));
        let timeless = ADA.replace("09:00:00Z", "once");
        assert!(matches!(Session::from_json(&timeless, read), Err(SessionError::Time("authenticated_at"))));
    }
}
