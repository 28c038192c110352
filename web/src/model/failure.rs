//! What went wrong, for the person in front of it: what happened, and what to do now.

use content::wire::{Problem, ProblemType};
use serde::Deserialize;

use super::{Words, fill};

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
    /// The API refused, and says why.
    Problem(Box<Problem>),
    /// Something else refused: its status, and its own words if it sent any.
    Refused(u16, Option<String>),
    /// An answer came that is not in the agreed form.
    Unreadable,
}

/// The members of any RFC 9457 problem document that a person can use.
#[derive(Deserialize)]
struct AnyProblem {
    detail: Option<String>,
    title: Option<String>,
}

impl Failure {
    /// The failure that a status outside 200-299 stands for; `body` may be an RFC 9457 problem document.
    pub fn from_answer(status: u16, body: &str) -> Self {
        match status {
            401 => Self::SignedOut,
            400.. => match super::from_json::<Problem>(body) {
                Ok(problem) => Self::Problem(Box::new(problem)),
                Err(_) => Self::Refused(status, words(body).filter(|_| status < 500)),
            },
            _ => Self::Unreadable,
        }
    }

    /// The API's own problem document.
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Problem(problem) => Some(problem),
            _ => None,
        }
    }

    /// True if it is the API's problem of this kind.
    pub fn is(&self, kind: ProblemType) -> bool {
        self.problem().is_some_and(|problem| problem.kind == kind)
    }

    /// True if the same request may go through a moment later.
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Offline | Self::TimedOut | Self::Unreachable => true,
            Self::Refused(status, _) => matches!(status, 408 | 429 | 500..),
            Self::Problem(problem) => matches!(problem.status, 408 | 429 | 500..),
            Self::SignedOut | Self::Unreadable => false,
        }
    }

    /// What happened, as one sentence.
    pub fn what_happened(&self, words: &Words) -> String {
        match self {
            Self::Offline => words.you_are_offline.to_owned(),
            Self::TimedOut => words.no_answer_in_time.to_owned(),
            Self::Unreachable => words.server_not_reached.to_owned(),
            Self::SignedOut => words.session_over.to_owned(),
            Self::Problem(problem) => match (&problem.detail, problem.status) {
                (_, 500..) => fill(words.server_problem, &[&problem.status]),
                (Some(detail), _) if !problem.errors.is_empty() => {
                    let errors = problem
                        .errors
                        .iter()
                        .map(|error| format!("{}: {}", error.pointer.trim_start_matches('/'), error.detail));
                    format!("{} {}.", sentence(detail), errors.collect::<Vec<_>>().join("; "))
                }
                (Some(detail), _) => sentence(detail),
                (None, _) => sentence(&problem.title),
            },
            Self::Refused(_, Some(detail)) => sentence(detail),
            Self::Refused(403, None) => words.not_allowed.to_owned(),
            Self::Refused(status @ 500.., None) => fill(words.server_problem, &[status]),
            Self::Refused(status, None) => fill(words.server_refused, &[status]),
            Self::Unreadable => words.answer_unreadable.to_owned(),
        }
    }

    /// What to do, as one sentence.
    pub fn what_to_do<'w>(&self, words: &'w Words) -> &'w str {
        let status = match self {
            Self::Offline => return words.do_when_offline,
            Self::TimedOut | Self::Unreachable => return words.do_check_connection,
            Self::SignedOut => return words.do_sign_in_again,
            Self::Unreadable => return words.do_reload,
            Self::Problem(problem) => problem.status,
            Self::Refused(status, _) => *status,
        };
        match status {
            403 => words.do_ask_administrator,
            404 => words.do_go_back,
            500.. => words.do_wait,
            _ => words.do_change,
        }
    }
}

fn words(body: &str) -> Option<String> {
    let problem: AnyProblem = super::from_json(body).ok()?;
    problem.detail.or(problem.title).filter(|words| !words.is_empty())
}

fn sentence(words: &str) -> String {
    let words = words.trim();
    let mut letters = words.chars();
    // These are English, and the tables of all other letters would be a part of the app.
    let first = letters.next().as_ref().map(char::to_ascii_uppercase).map(String::from).unwrap_or_default();
    let stop = if words.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ENGLISH;

    fn told(status: u16, body: &str) -> String {
        Failure::from_answer(status, body).what_happened(&ENGLISH)
    }

    #[test]
    fn a_problem_documents_own_words_are_told() {
        let gate =
            r#"{"type":"about:blank","status":403,"title":"forbidden","detail":"needs the group editors"}"#;
        assert_eq!(told(403, gate), "Needs the group editors.");
        let invalid = r#"{"type":"invalid","title":"invalid","status":422,"detail":"members are wrong",
            "errors":[{"pointer":"/title","detail":"is empty, expected some"}]}"#;
        assert_eq!(told(422, invalid), "Members are wrong. title: is empty, expected some.");
    }

    #[test]
    fn the_apis_problems_are_known_by_their_type() {
        let taken = r#"{"type":"path-taken","title":"taken","status":409}"#;
        assert!(Failure::from_answer(409, taken).is(ProblemType::PathTaken));
        assert_eq!(told(409, taken), "Taken.");
    }

    #[test]
    fn other_bodies_are_not_shown() {
        for body in ["", "<h1>Bad Gateway</h1>", r#"{"detail":""}"#, "null", "{}"] {
            assert_eq!(Failure::from_answer(403, body), Failure::Refused(403, None), "{body}");
        }
        assert_eq!(Failure::from_answer(502, r#"{"detail":"inner cause"}"#), Failure::Refused(502, None));
    }

    #[test]
    fn what_may_pass_is_worth_another_try() {
        assert!(Failure::from_answer(503, "").may_pass());
        assert!(Failure::Offline.may_pass());
        assert!(!Failure::from_answer(404, "").may_pass());
        assert!(!Failure::from_answer(401, "").may_pass());
    }
}
