//! Refusal: a request that the gate says no to, with status, reason, page and header fields.

use http::StatusCode;

use super::callback_problem::CallbackProblem;
use crate::asker::{Asker, prefers_html};
use crate::decision::Decision;
use crate::log::{Event, Record, Who};
use crate::page::{Action, Language, Message, Page};
use crate::path::PathProblem;
use crate::problem::Problem;
use crate::reason::Reason;
use crate::request::Request;
use crate::response::Response;

/// `Retry-After` while the user pool does not answer, in seconds.
const RETRY_AFTER: &str = "5";

/// Why a request is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    /// The Host header names no listed host.
    UnknownHost,
    /// The path has no safe reading.
    UnsafePath(PathProblem),
    /// No route matches.
    NoRoute,
    /// Nobody is signed in; with the reason.
    NoSession(Reason),
    /// An API client's own bearer token is not accepted; with the reason.
    BadBearer(Reason),
    /// Somebody is signed in, but in none of the groups.
    NotInGroup,
    /// Another site asked for something that only this one may.
    CrossSite,
    /// The endpoint takes only these methods.
    MethodNotAllowed(&'static str),
    /// The callback cannot be finished.
    Callback(CallbackProblem),
    /// The user pool does not answer as it should; with the reason.
    Pool(Reason),
    /// The user pool does not know the client as it is configured.
    ClientRefused,
    /// The tokens are longer than a browser keeps or sends.
    SessionTooLong,
    /// Fresh tokens are not valid by this clock.
    ClockWrong,
    /// The gate itself failed.
    Internal,
}

impl Refusal {
    fn status(&self) -> StatusCode {
        match self {
            Refusal::UnknownHost | Refusal::UnsafePath(_) => StatusCode::BAD_REQUEST,
            Refusal::Callback(CallbackProblem::AccessDenied) => StatusCode::FORBIDDEN,
            Refusal::Callback(_) => StatusCode::BAD_REQUEST,
            Refusal::NoSession(_) | Refusal::BadBearer(_) => StatusCode::UNAUTHORIZED,
            Refusal::NoRoute | Refusal::NotInGroup | Refusal::CrossSite => StatusCode::FORBIDDEN,
            Refusal::MethodNotAllowed(_) => StatusCode::METHOD_NOT_ALLOWED,
            Refusal::Pool(_) | Refusal::ClockWrong => StatusCode::SERVICE_UNAVAILABLE,
            Refusal::ClientRefused | Refusal::SessionTooLong | Refusal::Internal => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
        }
    }

    /// The reason of every refusal of this kind: a problem document's type.
    fn kind(&self) -> Reason {
        match self {
            Refusal::UnknownHost => Reason::UnknownHost,
            Refusal::UnsafePath(_) => Reason::UnsafePath,
            Refusal::NoRoute => Reason::NoRoute,
            Refusal::NoSession(_) => Reason::NoSession,
            Refusal::BadBearer(_) => Reason::InvalidToken,
            Refusal::NotInGroup => Reason::NotInGroup,
            Refusal::CrossSite => Reason::CrossSite,
            Refusal::MethodNotAllowed(_) => Reason::MethodNotAllowed,
            Refusal::Callback(problem) => problem.reason(),
            Refusal::Pool(_) => Reason::UserPoolUnavailable,
            Refusal::ClientRefused => Reason::ClientRefused,
            Refusal::SessionTooLong => Reason::SessionTooLong,
            Refusal::ClockWrong => Reason::ClockWrong,
            Refusal::Internal => Reason::Internal,
        }
    }

    /// The reason for the log: the kind's, or what is known more exactly.
    fn reason(&self) -> Reason {
        match self {
            Refusal::NoSession(reason) | Refusal::BadBearer(reason) | Refusal::Pool(reason) => *reason,
            other => other.kind(),
        }
    }

    fn event(&self) -> Event {
        match self {
            Refusal::Pool(_)
            | Refusal::ClientRefused
            | Refusal::SessionTooLong
            | Refusal::ClockWrong
            | Refusal::Internal => Event::Fault,
            _ => Event::Refusal,
        }
    }

    fn message(&self) -> Message {
        match self {
            Refusal::UnknownHost => Message::UnknownHost,
            Refusal::UnsafePath(_) => Message::UnsafeAddress,
            Refusal::NoRoute => Message::NoRoute,
            Refusal::NoSession(_) | Refusal::BadBearer(_) => Message::SignInNeeded,
            Refusal::NotInGroup => Message::NotInGroup,
            Refusal::CrossSite => Message::CrossSite,
            Refusal::MethodNotAllowed(_) => Message::MethodNotAllowed,
            Refusal::Callback(problem) => problem.message(),
            Refusal::Pool(_) => Message::PoolUnavailable,
            Refusal::ClientRefused | Refusal::SessionTooLong => Message::SetUpWrongly,
            Refusal::ClockWrong => Message::ClockWrong,
            Refusal::Internal => Message::Internal,
        }
    }

    /// The header fields that go with the status.
    fn with_headers(&self, response: Response) -> Response {
        match self {
            // RFC 9110 section 11.6.1 and RFC 6750 section 3.
            Refusal::NoSession(_) => response.with_header("www-authenticate", "Bearer"),
            Refusal::BadBearer(_) => {
                response.with_header("www-authenticate", "Bearer error=\"invalid_token\"")
            }
            Refusal::Pool(_) | Refusal::ClockWrong => response.with_header("retry-after", RETRY_AFTER),
            Refusal::MethodNotAllowed(methods) => response.with_header("allow", methods),
            _ => response,
        }
    }
}

/// The format of a refusal: HTML or a problem document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// A page for a person.
    Page,
    /// A page inside another one of this site.
    Framed,
    /// A problem document for a program (RFC 9457).
    Problem,
}

impl Format {
    /// The format that the asker can use: HTML in a window, in a frame, or where Accept prefers it.
    pub(super) fn of(request: &Request<'_>, asker: Asker) -> Format {
        match asker {
            Asker::Frame => Format::Framed,
            Asker::Navigation => Format::Page,
            Asker::Program if prefers_html(request) => Format::Page,
            Asker::Program => Format::Problem,
        }
    }
}

/// Builds the answer and the log record of a refusal.
pub(super) struct Rejection {
    refusal: Refusal,
    format: Format,
    actions: Vec<(Action, String)>,
    goes_on_to: Option<String>,
    who: Option<Who>,
}

impl Rejection {
    pub(super) fn new(refusal: Refusal, format: Format) -> Rejection {
        Rejection { refusal, format, actions: Vec::new(), goes_on_to: None, who: None }
    }

    pub(super) fn with_actions(self, actions: Vec<(Action, String)>) -> Rejection {
        Rejection { actions, ..self }
    }

    /// Adds a refresh to the page, which goes on by itself.
    pub(super) fn going_on_to(self, address: Option<String>) -> Rejection {
        Rejection { goes_on_to: address, ..self }
    }

    pub(super) fn about(self, who: Option<Who>) -> Rejection {
        Rejection { who, ..self }
    }

    pub(super) fn decide<'a>(self, request: &Request<'_>) -> Decision<'a> {
        let status = self.refusal.status();
        let language = Language::of(&request.headers);
        let message = self.refusal.message();
        let response = match self.format {
            Format::Page | Format::Framed => Page {
                message,
                language,
                actions: self.actions,
                goes_on_to: self.goes_on_to,
                is_framed: self.format == Format::Framed,
                request_id: &request.id,
            }
            .into_response(status),
            Format::Problem => {
                let text = language.text(message);
                Problem::new(status, self.refusal.kind(), text.title, text.body, &request.id).into_response()
            }
        };
        let record = Record::new(self.refusal.event(), self.refusal.reason(), request)
            .with_status(status)
            .about(self.who);
        Decision::answer(self.refusal.with_headers(response), Some(record))
    }
}
