//! What went wrong, for the person in front of it: what happened, and what to do now.

use serde::Deserialize;

/// Why a request brought no usable answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The browser has no network.
    Offline,
    /// No answer came in time.
    TimedOut,
    /// The network is there, the server was not reached.
    Unreachable,
    /// Signed out, where that has no better place to be told.
    SignedOut,
    /// Signed in, but not allowed; the server's own words if it sent any.
    Forbidden(Option<String>),
    /// The server refused the request: its status, and its own words if it sent any.
    Refused(u16, Option<String>),
    /// The server failed.
    Server(u16),
    /// An answer came that is not in the agreed form.
    Unreadable,
}

/// The members of an RFC 9457 problem document that a person can use.
#[derive(Deserialize)]
struct Problem {
    detail: Option<String>,
    title: Option<String>,
}

impl Failure {
    /// The failure that a status outside 200-299 stands for; `body` may be an RFC 9457 problem document.
    pub fn from_answer(status: u16, body: &str) -> Self {
        let words = || {
            let problem: Problem = serde_json::from_str(body).ok()?;
            problem.detail.or(problem.title).filter(|words| !words.is_empty())
        };
        match status {
            401 => Self::SignedOut,
            403 => Self::Forbidden(words()),
            400..=499 => Self::Refused(status, words()),
            500.. => Self::Server(status),
            _ => Self::Unreadable,
        }
    }

    /// What happened, as one sentence.
    pub fn what_happened(&self) -> String {
        match self {
            Self::Offline => "You are offline.".to_owned(),
            Self::TimedOut => "The server took too long to answer.".to_owned(),
            Self::Unreachable => "The server could not be reached.".to_owned(),
            Self::SignedOut => "Your session has ended.".to_owned(),
            Self::Forbidden(Some(words)) | Self::Refused(_, Some(words)) => sentence(words),
            Self::Forbidden(None) => "You are not allowed to do this.".to_owned(),
            Self::Refused(status, None) => format!("The server refused the request (status {status})."),
            Self::Server(status) => format!("The server has a problem (status {status})."),
            Self::Unreadable => "The server answered in a form this page does not understand.".to_owned(),
        }
    }

    /// What to do, as one sentence.
    pub fn what_to_do(&self) -> &'static str {
        match self {
            Self::Offline => "Nothing you typed is lost; try again when the connection is back.",
            Self::TimedOut | Self::Unreachable => "Check the connection, then try again.",
            Self::SignedOut => "Sign in again to go on.",
            Self::Forbidden(_) => "Ask an administrator to put you in the right group.",
            Self::Refused(..) => "Change what was asked for, then try again.",
            Self::Server(_) => {
                "Wait a moment, then try again; if it stays, tell an operator the time and the status."
            }
            Self::Unreadable => "Reload the page: a newer version of it may be waiting.",
        }
    }
}

fn sentence(words: &str) -> String {
    let words = words.trim();
    let mut letters = words.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    let stop = if words.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_documents_own_words_are_told() {
        let body =
            r#"{"type":"about:blank","status":403,"title":"forbidden","detail":"needs the group editors"}"#;
        assert_eq!(Failure::from_answer(403, body).what_happened(), "Needs the group editors.");
        let titled = r#"{"title":"Payload too large."}"#;
        assert_eq!(Failure::from_answer(413, titled).what_happened(), "Payload too large.");
    }

    #[test]
    fn other_bodies_are_not_shown() {
        for body in ["", "<h1>Bad Gateway</h1>", r#"{"detail":""}"#, "null", "{}"] {
            assert_eq!(Failure::from_answer(403, body), Failure::Forbidden(None), "{body}");
        }
        assert_eq!(Failure::from_answer(502, r#"{"detail":"inner cause"}"#), Failure::Server(502));
    }

    #[test]
    fn each_status_has_its_meaning() {
        assert_eq!(Failure::from_answer(401, ""), Failure::SignedOut);
        assert_eq!(Failure::from_answer(404, ""), Failure::Refused(404, None));
        assert_eq!(Failure::from_answer(499, ""), Failure::Refused(499, None));
        assert_eq!(Failure::from_answer(500, ""), Failure::Server(500));
        assert_eq!(Failure::from_answer(304, ""), Failure::Unreadable);
    }
}
