//! What a visitor sees.

use stack::function_host::InvokeError;
use stack::viewer_request::Failure;

use super::answer::Answer;
use super::event::REQUEST_ID;
use super::visitor::Visit;

const SESSION: [&str; 3] = ["__Host-access-token", "__Host-id-token", "__Host-refresh-token"];

/// What a visitor sees, and what becomes of their cookies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Seen {
    Page,
    Passed,
    Renewed,
    Back,
    SignIn,
    SignedOut,
    NotRevoked,
    Later,
    LaterAnew,
    LaterTold,
    Told,
    Clock,
    ClockTold,
    ClockAnew,
    Lost,
    LostAnew,
    OneRenewsOthersSignIn,
    OneRenewsOthersTold,
    OneRenewsOthersGoOn,
}

impl Seen {
    /// As the document calls it.
    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Page => "the page",
            Self::Passed => "goes through",
            Self::Renewed => "renewed",
            Self::Back => "signed in",
            Self::SignIn => "sign-in",
            Self::SignedOut => "signed out",
            Self::NotRevoked => "signed out here",
            Self::Later => "try again",
            Self::LaterAnew => "sign in again",
            Self::LaterTold => "503 told",
            Self::Told => "401 told",
            Self::Clock => "clock",
            Self::ClockTold => "clock told",
            Self::ClockAnew => "clock, sign in again",
            Self::Lost => "CloudFront's 503",
            Self::LostAnew => "CloudFront's 503, sign in again",
            Self::OneRenewsOthersSignIn => "one renewed, the others sign-in",
            Self::OneRenewsOthersTold => "one renewed, the others 401 told",
            Self::OneRenewsOthersGoOn => "one renewed, the others the page",
        }
    }

    /// What it means for people.
    pub(super) fn meaning(self) -> &'static str {
        match self {
            Self::Page => "The page opens. Cookies stay as they are.",
            Self::Passed => "The call reaches the API with its bearer token. Cookies stay as they are.",
            Self::Renewed => {
                "307 to the same address with a new session in the cookies; method and body survive, and nobody notices."
            }
            Self::Back => "303 to the page first asked for, with a session in the cookies.",
            Self::SignIn => {
                "302 to the hosted UI, which sends whoever it still knows straight back. Nothing is taken away from the \
                 session's cookies; signing in replaces them."
            }
            Self::SignedOut => {
                "303 to the hosted UI's logout. Every cookie is gone, and the user pool has answered 200 to the revocation, of \
                 which no more may be read (RFC 7009 section 2.2)."
            }
            Self::NotRevoked => {
                "303 to the hosted UI's logout. Every cookie is gone; the log says that the refresh token could not be revoked."
            }
            Self::Later => {
                "503 with Retry-After: “The sign-in service does not answer”, with a link. Cookies stay as they are, and \
                 once it is over the same address works."
            }
            Self::LaterAnew => {
                "The same page; the authorization code is used up, so once it is over the link on the page begins the \
                 sign-in again."
            }
            Self::LaterTold => {
                "503 with Retry-After as `application/problem+json`. Cookies stay as they are, and once it is over the \
                 same call goes through."
            }
            Self::Told => {
                "401 as `application/problem+json`, so that the app can ask for a sign-in without leaving the page. \
                 Cookies stay as they are."
            }
            Self::Clock => "503 with Retry-After: “A clock is wrong”. Cookies stay as they are.",
            Self::ClockTold => {
                "503 with Retry-After as `application/problem+json`. Cookies stay as they are."
            }
            Self::ClockAnew => {
                "503 with Retry-After: “A clock is wrong”. No session is set; the sign-in has to be begun again."
            }
            Self::Lost => {
                "503 with CloudFront's own page: nobody is left to answer. Cookies stay as they are, and the same \
                 address works at once, on another instance."
            }
            Self::LostAnew => {
                "The same; the authorization code is used up, so the second time a page says so, and its link begins the \
                 sign-in again."
            }
            Self::OneRenewsOthersSignIn => {
                "The first tab renews the session. The others come with a refresh token that is used up and are sent to \
                 sign in, without touching what the first one brought: each of them works when it is loaded again."
            }
            Self::OneRenewsOthersTold => {
                "The same for calls of an app: the others are told 401 and may ask again."
            }
            Self::OneRenewsOthersGoOn => {
                "The first tab renews the session; the others go on with the one that is still alive."
            }
        }
    }

    /// What the first of several is to see, and the others.
    pub(super) fn each(self) -> (Self, Self) {
        match self {
            Self::OneRenewsOthersSignIn => (Self::Renewed, Self::SignIn),
            Self::OneRenewsOthersTold => (Self::Renewed, Self::Told),
            Self::OneRenewsOthersGoOn => (Self::Renewed, Self::Page),
            Self::LaterAnew => (Self::Later, Self::Later),
            Self::ClockAnew => (Self::Clock, Self::Clock),
            Self::LostAnew => (Self::Lost, Self::Lost),
            Self::NotRevoked => (Self::SignedOut, Self::SignedOut),
            same => (same, same),
        }
    }

    /// What came of one address of a visit; what cannot be named is told.
    pub(super) fn of(
        came: &Result<Answer, InvokeError>,
        visit: &Visit,
        target: &str,
    ) -> Result<Self, String> {
        let answer = match came {
            Ok(answer) => answer,
            Err(error @ InvokeError::Died { .. }) => {
                let page = Failure::of_invocation(error, REQUEST_ID);
                return if page.status == 503 { Ok(Self::Lost) } else { Err(format!("{page:?}")) };
            }
            Err(error) => return Err(error.to_string()),
        };
        let named = match answer.status() {
            None => forwarded(answer),
            Some(302) => begins_sign_in(answer),
            Some(303) => goes_on(answer, visit),
            Some(307) => (answer.location() == target && sets_session(answer)).then_some(Self::Renewed),
            Some(401 | 503) if answer.headers("set-cookie").is_empty() => is_told(answer),
            _ => None,
        };
        named.ok_or_else(|| format!("{answer:?}"))
    }
}

fn forwarded(answer: &Answer) -> Option<Seen> {
    let is_clean = answer.headers("cookie").is_empty();
    let bearer = answer.header("authorization").map(|value| value.starts_with("Bearer eyJ"));
    match (answer.uri(), bearer) {
        ("/guide/index.html", None) if is_clean => Some(Seen::Page),
        ("/api/entries", Some(true)) if is_clean => Some(Seen::Passed),
        _ => None,
    }
}

/// One cookie is set, that of the attempt, and none is touched besides.
fn begins_sign_in(answer: &Answer) -> Option<Seen> {
    let is_there = answer.location().contains("/oauth2/authorize?response_type=code&");
    let cookies = answer.headers("set-cookie");
    let is_attempt = cookies.len() == 1 && cookies.iter().all(|line| line.starts_with("__Host-sign-in-"));
    (is_there && is_attempt).then_some(Seen::SignIn)
}

fn goes_on(answer: &Answer, visit: &Visit) -> Option<Seen> {
    let mut cookies = visit.cookies.clone();
    cookies.keep(answer);
    if answer.location().contains("/logout?client_id=") {
        return cookies.names().is_empty().then_some(Seen::SignedOut);
    }
    (answer.location().starts_with("/guide/?tab=") && sets_session(answer)).then_some(Seen::Back)
}

fn is_told(answer: &Answer) -> Option<Seen> {
    let is_problem = answer.header("content-type") == Some("application/problem+json");
    let is_page = answer.header("content-type") == Some("text/html; charset=utf-8");
    let has_way_on = is_page && answer.body().contains("<a ");
    let may_retry = answer.header("retry-after").is_some();
    match (answer.status(), answer.body()) {
        (Some(401), _) if is_problem => Some(Seen::Told),
        (_, body) if is_problem && may_retry && body.contains("clock") => Some(Seen::ClockTold),
        (_, _) if is_problem && may_retry => Some(Seen::LaterTold),
        (_, body) if has_way_on && may_retry && body.contains("A clock is wrong") => Some(Seen::Clock),
        (_, body) if has_way_on && may_retry && body.contains("The sign-in service does not answer") => {
            Some(Seen::Later)
        }
        _ => None,
    }
}

fn sets_session(answer: &Answer) -> bool {
    let cookies = answer.headers("set-cookie");
    SESSION.iter().all(|name| {
        cookies.iter().any(|line| line.starts_with(&format!("{name}=eyJ")) && !line.contains("Max-Age=0"))
    })
}
