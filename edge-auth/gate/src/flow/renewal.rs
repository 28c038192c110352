//! Renewal: a session that ends soon, or has ended, goes on with its refresh token (RFC 6749 section 6).
//!
//! The answer is a 307 to the same URL, so that method and body survive. The renewed ID token must be of the person
//! whose session it was (OpenID Connect Core 12.2): a refresh token of somebody else, left in the browser, never
//! continues this session.

use std::borrow::Cow;

use cognito::{IdClaims, Subject};
use http::StatusCode;

use super::refusal::Refusal;
use super::visit::Visit;
use super::{admission, fresh_tokens};
use crate::cookie::{FoundTokens, SetCookie};
use crate::decision::{Decision, Outcome};
use crate::log::{Event, Who};
use crate::memory::Memory;
use crate::moment::Moment;
use crate::response::Response;
use crate::return_path::ReturnPath;
use crate::session::{self, Claims, TokenState};
use crate::token_endpoint::{TokenEndpointError, UnverifiedTokens};

/// A renewal that is to be made.
pub(super) struct Renewal {
    refresh_token: String,
    /// Whose session it was, as far as the token that decides and the ID token still tell.
    subjects: [Option<Subject>; 2],
    /// The user whose refresh token it is, where the cookie's name says so.
    owner: Option<String>,
    /// The session that is still alive, with its bearer token: it goes on if the renewal fails.
    living: Option<(Claims, Option<String>)>,
}

impl Renewal {
    pub(super) fn refresh_token(&self) -> &str {
        &self.refresh_token
    }

    /// The session that goes on without it, if it is still alive.
    pub(super) fn into_living(self) -> Option<(Claims, Option<String>)> {
        self.living
    }

    /// Notes that the session is still alive.
    pub(super) fn of_living(self, claims: Claims, bearer: Option<String>) -> Renewal {
        Renewal { living: Some((claims, bearer)), ..self }
    }

    /// Whether renewed tokens are of the person whose session it was (OpenID Connect Core 12.2).
    fn is_of(&self, claims: &IdClaims) -> bool {
        self.subjects.iter().flatten().all(|subject| subject == claims.subject())
            && self.owner.as_deref().is_none_or(|owner| owner == claims.username().as_str())
    }
}

/// Plans a renewal from the cookies of `subject`, where the token that decides tells who it is. Where a forged ID
/// token stands beside the refresh token, there is none (security case 54). `id_state` is the ID token's state where it
/// is known.
///
/// # Errors
///
/// Why there is none, for the log.
pub(super) fn plan(
    visit: &Visit<'_, '_>,
    found: &FoundTokens<'_>,
    subject: Option<&Subject>,
    id_state: Option<&TokenState>,
    memory: &mut Memory,
    moment: &Moment<'_>,
) -> Result<Renewal, &'static str> {
    // An expired token is not remembered: reading it again would cost its signature's verification again.
    let read_now;
    let id_state = match id_state {
        Some(known) => known,
        None => {
            read_now = session::id_token(found, visit.config, memory, moment.now);
            &read_now
        }
    };
    let id_subject = match id_state {
        TokenState::Forged(code) => return Err(code),
        TokenState::FromTheFuture => return Err("clock_wrong"),
        TokenState::Alive { claims, .. } => Some(claims.subject().clone()),
        TokenState::Ended(subject) => Some(subject.clone()),
        TokenState::Absent | TokenState::KeyUnknown => None,
    };
    match session::refresh_token(found, memory) {
        Some(refresh) => Ok(Renewal {
            refresh_token: refresh.token.clone().into_owned(),
            subjects: [subject.cloned(), id_subject],
            owner: refresh.owner.clone().map(Cow::into_owned),
            living: None,
        }),
        None if !found.refresh.is_empty() => Err("refresh_token_refused"),
        None if subject.is_some() || id_subject.is_some() => Err("session_ended"),
        None => Err("no_session"),
    }
}

/// Takes the token endpoint's answer.
pub(super) fn finish<'a>(
    visit: Visit<'_, 'a>,
    renewal: Renewal,
    answer: Result<UnverifiedTokens, TokenEndpointError>,
    memory: &mut Memory,
    moment: &mut Moment<'_>,
) -> Decision<'a> {
    match answer {
        Ok(tokens) => renew(visit, renewal, tokens, memory, moment),
        Err(TokenEndpointError::InvalidGrant) => {
            memory.refuse_refresh_token(&renewal.refresh_token);
            match renewal.living {
                Some((claims, bearer)) => admission::decide_alive(visit, claims, bearer, moment),
                // The cookies stay: another tab, which came first with this refresh token, may have put a new session
                // in their place meanwhile. Signing in replaces whatever is there.
                None => admission::without_session(visit, "invalid_grant", moment),
            }
        }
        Err(error) => {
            let refusal = match &error {
                TokenEndpointError::ClientRefused(_) => Refusal::ClientRefused,
                TokenEndpointError::Failed(failure) => Refusal::Pool(failure.code()),
                _ => Refusal::Pool("unexpected_answer"),
            };
            go_on_or_refuse(visit, renewal, refusal, &error.to_string(), memory, moment)
        }
    }
}

fn renew<'a>(
    visit: Visit<'_, 'a>,
    renewal: Renewal,
    tokens: UnverifiedTokens,
    memory: &mut Memory,
    moment: &mut Moment<'_>,
) -> Decision<'a> {
    let claims = match fresh_tokens::verify(visit.config, &tokens, memory, moment) {
        Ok(claims) => claims,
        Err(refusal) => {
            let detail = "the renewed tokens are not valid";
            return go_on_or_refuse(visit, renewal, refusal, detail, memory, moment);
        }
    };
    if !renewal.is_of(&claims.id) {
        memory.refuse_refresh_token(&renewal.refresh_token);
        return of_another(visit, moment);
    }
    // The redirect would lead here again, and again.
    if renewal.living.is_some() && claims.are_nearly_over(visit.config, moment.now) {
        let detail = "the renewed tokens are nearly over";
        return go_on_or_refuse(visit, renewal, Refusal::ClockWrong, detail, memory, moment);
    }
    let who = Who::new(claims.id.subject(), claims.id.username());
    match fresh_tokens::cookies(&visit, tokens, &claims, Some(&renewal.refresh_token)) {
        Ok(cookies) => renewed(&visit, cookies, who),
        Err(refusal) => {
            let detail = "the renewed tokens are too long";
            go_on_or_refuse(visit, renewal, refusal, detail, memory, moment)
        }
    }
}

/// The same URL once more, with the new session.
fn renewed<'a>(visit: &Visit<'_, 'a>, cookies: Vec<SetCookie>, who: Who) -> Decision<'a> {
    let again = ReturnPath::same_url(&visit.request.uri, &visit.request.querystring);
    let response = Response::redirect(StatusCode::TEMPORARY_REDIRECT, &again).with_cookies(cookies);
    let record =
        visit.record(Event::Renewal, "renewed").about(Some(who)).with_status(StatusCode::TEMPORARY_REDIRECT);
    Decision::answer(response, Some(record))
}

/// The session goes on as long as it lives; without one, the viewer is told to try again, and every cookie stays.
fn go_on_or_refuse<'a>(
    visit: Visit<'_, 'a>,
    renewal: Renewal,
    refusal: Refusal,
    detail: &str,
    memory: &mut Memory,
    moment: &mut Moment<'_>,
) -> Decision<'a> {
    let mut refused = visit.refuse(refusal);
    refused.record = refused.record.map(|record| record.with_detail(detail));
    match renewal.living {
        Some((claims, bearer)) => {
            memory.pause_renewals(moment.now);
            let decision = admission::decide_alive(visit, claims, bearer, moment);
            let record = decision.record.or_else(|| refused.record.map(|record| record.with_status(None)));
            Decision { record, outcome: decision.outcome }
        }
        // The calls of a public API need no session, and so no user pool.
        None if admission::is_open_api(&visit) => {
            let decision = admission::without_session(visit, "session_ended", moment);
            Decision { record: refused.record.map(|record| record.with_status(None)), ..decision }
        }
        None => refused,
    }
}

/// Two people's tokens stand side by side. A person is sent to sign in, once, and the cookies that led here are taken
/// away; a program is only told.
fn of_another<'a>(visit: Visit<'_, 'a>, moment: &mut Moment<'_>) -> Decision<'a> {
    let pairs = visit.pairs();
    let cookies = visit.config.cookies.clear(&pairs, visit.host);
    drop(pairs);
    let decision = admission::without_session(visit, "refresh_token_of_another_user", moment);
    match decision.outcome {
        Outcome::Answer(response) if response.status().is_redirection() => {
            Decision { outcome: Outcome::Answer(response.with_cookies(cookies)), ..decision }
        }
        outcome => Decision { outcome, ..decision },
    }
}
