//! One request to the hosted UI: who asks, for what, in which language.

use std::convert::Infallible;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};
use axum::response::Response;
use cookie::time::Duration;
use cookie::{Cookie, SameSite};

use super::language::Language;
use super::texts::Texts;
use crate::pool::attempt::{ATTEMPT_SECONDS, Attempt, Step};
use crate::pool::parameters::Parameters;
use crate::pool::random;
use crate::pool::server::Pool;
use crate::pool::session::{SESSION_SECONDS, Session};

const SESSION_COOKIE: &str = "cognito";
const ATTEMPT_COOKIE: &str = "cognito-attempt";
const CSRF_COOKIE: &str = "XSRF-TOKEN";

/// What an authorization request may carry; it goes along from page to page.
const CARRIED: [&str; 14] = [
    "client_id",
    "redirect_uri",
    "response_type",
    "scope",
    "state",
    "nonce",
    "code_challenge",
    "code_challenge_method",
    "identity_provider",
    "idp_identifier",
    "lang",
    "login_hint",
    "prompt",
    "resource",
];

/// What the pages know of a request.
pub(crate) struct Visit {
    pub(crate) language: Language,
    path: String,
    query: Parameters,
    session_id: Option<String>,
    attempt_id: Option<String>,
    csrf: String,
    csrf_is_new: bool,
}

impl FromRequestParts<Pool> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _pool: &Pool) -> Result<Self, Infallible> {
        let query = Parameters::parse(parts.uri.query().unwrap_or_default().as_bytes());
        let text = |value: &HeaderValue| value.to_str().map(str::to_owned).ok();
        let accepted = parts.headers.get(header::ACCEPT_LANGUAGE).and_then(text).unwrap_or_default();
        let language =
            Language::from_tag(query.field("lang")).unwrap_or_else(|| Language::accepted(&accepted));
        let headers: Vec<String> = parts.headers.get_all(header::COOKIE).iter().filter_map(text).collect();
        let cookie = |name: &str| {
            let cookies = headers.iter().flat_map(Cookie::split_parse).flatten();
            cookies.into_iter().find(|cookie| cookie.name() == name).map(|cookie| cookie.value().to_owned())
        };
        let csrf = cookie(CSRF_COOKIE).filter(|value| value.len() >= 43);
        Ok(Self {
            language,
            path: parts.uri.path().to_owned(),
            query,
            session_id: cookie(SESSION_COOKIE),
            attempt_id: cookie(ATTEMPT_COOKIE),
            csrf_is_new: csrf.is_none(),
            csrf: csrf.unwrap_or_else(random::token),
        })
    }
}

impl Visit {
    pub(crate) fn texts(&self) -> &'static Texts {
        self.language.texts()
    }

    pub(crate) fn whole_query(&self) -> &Parameters {
        &self.query
    }

    /// A link that takes the authorization request along.
    pub(crate) fn link(&self, path: &str) -> String {
        self.carried().appended_to(path)
    }

    /// The same, with word of what has just happened.
    pub(crate) fn link_with_notice(&self, path: &str, notice: &str) -> String {
        self.carried().with("notice", notice).appended_to(path)
    }

    /// This page in another language.
    pub(crate) fn in_language(&self, language: Language) -> String {
        let others = self.carried().only(|name| name != "lang");
        others.with("lang", language.tag()).appended_to(&self.path)
    }

    fn carried(&self) -> Parameters {
        self.query.only(|name| CARRIED.contains(&name))
    }

    /// What every form sends along; see [`Visit::csrf_matches`].
    pub(crate) fn csrf(&self) -> &str {
        &self.csrf
    }

    /// Double submission: only a page of this origin could have read the token that the cookie holds.
    pub(crate) fn csrf_matches(&self, submitted: &str) -> bool {
        !self.csrf_is_new && verify_slices_are_equal(self.csrf.as_bytes(), submitted.as_bytes()).is_ok()
    }

    pub(crate) fn session(&self, pool: &Pool) -> Option<Session> {
        pool.state().sessions.live(self.session_id.as_deref()?, pool.now()).cloned()
    }

    /// Changes the live session, if there is one.
    pub(crate) fn change_session(&self, pool: &Pool, change: impl FnOnce(&mut Session)) {
        if let Some(id) = &self.session_id
            && let Some(session) = pool.state().sessions.live(id, pool.now())
        {
            change(session);
        }
    }

    /// Starts a session in place of whatever was there, and sets its cookie.
    pub(crate) fn start_session(
        &self,
        pool: &Pool,
        username: &str,
        answer: impl FnOnce(&Session) -> Response,
    ) -> Response {
        let (id, session) = {
            let mut state = pool.state();
            if let Some(earlier) = &self.session_id {
                state.sessions.end(earlier);
            }
            state.sessions.start(username, pool.now())
        };
        let answer = set(answer(&session), SESSION_COOKIE, &id, SESSION_SECONDS);
        self.end_attempt(pool, answer)
    }

    pub(crate) fn end_session(&self, pool: &Pool, answer: Response) -> Response {
        match &self.session_id {
            Some(id) => {
                pool.state().sessions.end(id);
                set(answer, SESSION_COOKIE, "", 0)
            }
            None => answer,
        }
    }

    pub(crate) fn attempt(&self, pool: &Pool, step: Step) -> Option<Attempt> {
        pool.state().attempts.at(self.attempt_id.as_deref()?, step, pool.now())
    }

    pub(crate) fn start_attempt(
        &self,
        pool: &Pool,
        (username, login): (Option<&str>, &str),
        step: Step,
        answer: Response,
    ) -> Response {
        let id = pool.state().attempts.start(username, login, step, pool.now());
        set(answer, ATTEMPT_COOKIE, &id, ATTEMPT_SECONDS)
    }

    pub(crate) fn end_attempt(&self, pool: &Pool, answer: Response) -> Response {
        match &self.attempt_id {
            Some(id) => {
                pool.state().attempts.end(id);
                set(answer, ATTEMPT_COOKIE, "", 0)
            }
            None => answer,
        }
    }

    /// Sets the cookie behind the forms' tokens, once a browser.
    pub(crate) fn remember_csrf(&self, answer: Response) -> Response {
        if self.csrf_is_new { set(answer, CSRF_COOKIE, &self.csrf, 86_400) } else { answer }
    }
}

/// `Secure` is missing because the double speaks plain HTTP on loopback.
fn set(mut answer: Response, name: &'static str, value: &str, seconds: u64) -> Response {
    let cookie = Cookie::build((name, value))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .max_age(Duration::seconds(i64::try_from(seconds).unwrap_or(i64::MAX)))
        .build();
    if let Ok(value) = HeaderValue::from_str(&cookie.to_string()) {
        answer.headers_mut().append(header::SET_COOKIE, value);
    }
    answer
}
