//! Answers that end a visit early: refusals as pages, and errors that the client is told.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use maud::html;

use super::page::{Page, redirect};
use super::visit::Visit;
use crate::pool::authorization_request::{RequestError, Untrusted};
use crate::pool::server::Pool;

/// An answer on the way of `?`, boxed because it is large.
pub(crate) struct Halt(Box<Response>);

impl Halt {
    /// An authorization request that cannot be granted.
    pub(crate) fn request(visit: &Visit, pool: &Pool, error: RequestError) -> Self {
        match error {
            RequestError::Untrusted(reason) => Self::untrusted(visit, pool, reason),
            RequestError::Redirected(answer) => redirect(StatusCode::FOUND, &answer.location()).into(),
        }
    }

    /// Nothing in the request may be followed, so the person is told.
    pub(crate) fn untrusted(visit: &Visit, pool: &Pool, reason: Untrusted) -> Self {
        let texts = visit.texts();
        let (code, explanation) = match reason {
            Untrusted::Client => ("invalid_client", texts.unknown_client),
            Untrusted::RedirectUri => ("redirect_mismatch", texts.unknown_redirect_uri),
            Untrusted::LogoutUri => ("logout_mismatch", texts.unknown_logout_uri),
        };
        Self::page(visit, pool, StatusCode::BAD_REQUEST, (texts.broken_link, explanation), Some(code))
    }

    /// A form without the right anti-forgery token.
    pub(crate) fn forged(visit: &Visit, pool: &Pool) -> Self {
        let texts = visit.texts();
        Self::page(visit, pool, StatusCode::FORBIDDEN, (texts.form_expired, texts.form_expired_why), None)
    }

    /// The trigger has ended the sign-in; the hosted UI shows what it said, in English.
    pub(crate) fn trigger_failed(visit: &Visit, pool: &Pool, message: &str) -> Self {
        let title = visit.texts().sign_in;
        let content = html! {
            div role="alert" {
                h1 { (title) }
                p lang="en" { (message) }
            }
            p { a .button href=(visit.link("/login")) { (visit.texts().back_to_sign_in) } }
        };
        Page::failed(title, StatusCode::BAD_REQUEST, content).answer(visit, pool).into()
    }

    /// The pool is going down and has given up its work in the background.
    pub(crate) fn stopping() -> Self {
        StatusCode::SERVICE_UNAVAILABLE.into_response().into()
    }

    /// Lets nobody go on who guesses at `subject` too fast.
    pub(crate) fn if_throttled(visit: &Visit, pool: &Pool, title: &str, subject: &str) -> Result<(), Self> {
        let wait = pool.state().throttle.wait(subject, pool.now());
        wait.map_or(Ok(()), |seconds| Err(Self::throttled(visit, pool, title, seconds)))
    }

    /// The answer to guesses that come too fast.
    pub(crate) fn throttled(visit: &Visit, pool: &Pool, title: &str, seconds: u64) -> Self {
        let texts = visit.texts();
        let content = html! {
            div role="alert" {
                h1 { (texts.too_many_attempts) }
                p { (texts.wait_seconds.replace("{}", &seconds.to_string())) }
            }
            p { a .button href=(visit.link("/login")) { (texts.back_to_sign_in) } }
        };
        let mut answer = Page::failed(title, StatusCode::TOO_MANY_REQUESTS, content).answer(visit, pool);
        answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        answer.into()
    }

    pub(crate) fn not_found(visit: &Visit, pool: &Pool) -> Self {
        let texts = visit.texts();
        Self::page(visit, pool, StatusCode::NOT_FOUND, (texts.not_found, texts.not_found_why), None)
    }

    fn page(
        visit: &Visit,
        pool: &Pool,
        status: StatusCode,
        (title, explanation): (&str, &str),
        code: Option<&str>,
    ) -> Self {
        let texts = visit.texts();
        let content = html! {
            div role="alert" {
                h1 { (title) }
                p { (explanation) }
            }
            @if let Some(code) = code {
                p .quiet { (texts.error_code) " " code { (code) } }
            }
            @if status == StatusCode::FORBIDDEN {
                p { a .button href=(visit.link("/login")) { (texts.back_to_sign_in) } }
            } @else {
                p { a .button .secondary href="/" { (texts.to_start_page) } }
            }
        };
        Page { status, ..Page::new(title, content) }.answer(visit, pool).into()
    }
}

impl From<Response> for Halt {
    fn from(response: Response) -> Self {
        Self(Box::new(response))
    }
}

impl IntoResponse for Halt {
    fn into_response(self) -> Response {
        *self.0
    }
}
