//! Refusals: every reason for which the gate says no, with its status, its name in the log and its page.

use http::StatusCode;

use crate::asker::{Asker, prefers_html};
use crate::decision::Decision;
use crate::log::{Event, Record, Who};
use crate::page::{Action, Language, Message, Page};
use crate::path::PathProblem;
use crate::problem::Problem;
use crate::request::Request;
use crate::response::Response;

/// How long somebody should wait before trying again when the user pool does not answer, in seconds.
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
    NoSession(&'static str),
    /// An API client's own bearer token is not accepted; with the reason.
    BadBearer(&'static str),
    /// Somebody is signed in, but in none of the groups.
    NotInGroup,
    /// Another site asked for something that only this one may.
    CrossSite,
    /// The endpoint takes only these methods.
    MethodNotAllowed(&'static str),
    /// The callback cannot be finished.
    Callback(CallbackProblem),
    /// The user pool does not answer as it should; with the reason.
    Pool(&'static str),
    /// The user pool does not know the client as it is configured.
    ClientRefused,
    /// The tokens are longer than a browser keeps or sends.
    SessionTooLong,
    /// Fresh tokens are not valid by this clock.
    ClockWrong,
    /// The gate itself failed.
    Internal,
}

/// Why a callback cannot be finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CallbackProblem {
    /// `code` or `state` is missing, repeated or not ours.
    Incomplete,
    /// This browser has no attempt with that `state`.
    UnknownAttempt,
    /// The attempt is older than ten minutes, or its time is broken.
    ExpiredAttempt,
    /// The browser sent no cookie at all.
    CookiesOff,
    /// The authorization endpoint answered `access_denied`.
    Declined,
    /// The authorization endpoint answered another error.
    ProviderError,
    /// The token endpoint answered `invalid_grant`.
    CodeRefused,
    /// The ID token's nonce is not the attempt's.
    WrongNonce,
}

impl Refusal {
    fn status(&self) -> StatusCode {
        match self {
            Refusal::UnknownHost | Refusal::UnsafePath(_) => StatusCode::BAD_REQUEST,
            Refusal::Callback(CallbackProblem::Declined) => StatusCode::FORBIDDEN,
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

    /// The name of the kind of refusal, for problem documents.
    fn code(&self) -> &'static str {
        match self {
            Refusal::UnknownHost => "unknown_host",
            Refusal::UnsafePath(_) => "unsafe_path",
            Refusal::NoRoute => "no_route",
            Refusal::NoSession(_) => "no_session",
            Refusal::BadBearer(_) => "invalid_token",
            Refusal::NotInGroup => "not_in_group",
            Refusal::CrossSite => "cross_site",
            Refusal::MethodNotAllowed(_) => "method_not_allowed",
            Refusal::Callback(problem) => problem.code(),
            Refusal::Pool(_) => "user_pool_unavailable",
            Refusal::ClientRefused => "client_refused",
            Refusal::SessionTooLong => "session_too_long",
            Refusal::ClockWrong => "clock_wrong",
            Refusal::Internal => "internal",
        }
    }

    /// The reason for the log: the kind's name, or what is known more exactly.
    fn reason(&self) -> &'static str {
        match self {
            Refusal::NoSession(reason) | Refusal::BadBearer(reason) | Refusal::Pool(reason) => reason,
            other => other.code(),
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
    fn dress(&self, response: Response) -> Response {
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

impl CallbackProblem {
    fn code(self) -> &'static str {
        match self {
            CallbackProblem::Incomplete => "incomplete_callback",
            CallbackProblem::UnknownAttempt => "unknown_attempt",
            CallbackProblem::ExpiredAttempt => "expired_attempt",
            CallbackProblem::CookiesOff => "cookies_off",
            CallbackProblem::Declined => "access_denied",
            CallbackProblem::ProviderError => "provider_error",
            CallbackProblem::CodeRefused => "invalid_grant",
            CallbackProblem::WrongNonce => "wrong_nonce",
        }
    }

    fn message(self) -> Message {
        match self {
            CallbackProblem::Incomplete => Message::IncompleteCallback,
            CallbackProblem::UnknownAttempt | CallbackProblem::WrongNonce => Message::UnknownAttempt,
            CallbackProblem::ExpiredAttempt => Message::ExpiredAttempt,
            CallbackProblem::CookiesOff => Message::CookiesOff,
            CallbackProblem::Declined => Message::SignInDeclined,
            CallbackProblem::ProviderError => Message::SignInFailed,
            CallbackProblem::CodeRefused => Message::CodeRefused,
        }
    }
}

/// How a refusal is told.
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
    /// What somebody can use: a page in a window or in a frame, or for whatever would rather have HTML.
    pub(super) fn of(request: &Request<'_>, asker: Asker) -> Format {
        match asker {
            Asker::Frame => Format::Framed,
            Asker::Navigation => Format::Page,
            Asker::Program if prefers_html(request) => Format::Page,
            Asker::Program => Format::Problem,
        }
    }
}

/// A refusal on its way to becoming a decision.
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

    /// Lets the page go on by itself.
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
                Problem::new(status, self.refusal.code(), text.title, text.body, &request.id).into_response()
            }
        };
        let record = Record::new(self.refusal.event(), self.refusal.reason(), request)
            .with_status(status)
            .about(self.who);
        Decision::answer(self.refusal.dress(response), Some(record))
    }
}
