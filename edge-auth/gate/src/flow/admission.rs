//! Admission: whether a request may pass, for routes and for `/auth/session`.
//!
//! A page is decided by the ID token, an API call by the access token: one signature a request, and the token that
//! an API receives is the one that was checked.

use super::exchange::{Exchange, Purpose};
use super::origin_check::is_cross_site;
use super::refusal::Refusal;
use super::renewal::{self, Renewal};
use super::visit::{Target, Visit};
use super::{Step, session_document, sign_in};
use crate::asker::{Asker, is_prefetch, is_subresource};
use crate::auth_paths::Endpoint;
use crate::cookie::FoundTokens;
use crate::decision::Decision;
use crate::forward;
use crate::memory::Memory;
use crate::moment::Moment;
use crate::pool_call::PoolCall;
use crate::route::{Access, Kind};
use crate::session::{self, Claims, TokenState};

/// What the tokens of a request come to.
pub(super) enum Admission {
    /// It may pass, as this person, with this bearer token.
    Pass { claims: Option<Claims>, bearer: Option<String> },
    /// It may not.
    Refuse { refusal: Refusal, claims: Option<Claims> },
    /// The keys must be fetched before that can be said.
    KeysNeeded,
    /// The session must be renewed first.
    RenewalNeeded(Renewal),
}

/// The user pool did not give its keys a moment ago: the token may be a good one, so nobody is sent away for it.
const KEYS_UNAVAILABLE: Admission =
    Admission::Refuse { refusal: Refusal::Pool("keys_unavailable"), claims: None };

/// The rule for a path, as admission needs it.
#[derive(Clone, Copy)]
struct Rule<'g> {
    access: &'g Access,
    is_api: bool,
}

/// Decides the request, or begins the exchange that it needs.
pub(super) fn step<'g, 'a>(
    visit: Visit<'g, 'a>,
    memory: &mut Memory,
    moment: &mut Moment<'_>,
) -> Step<'g, 'a> {
    match admit(&visit, memory, moment) {
        Admission::KeysNeeded if memory.may_ask_for_keys(moment.now) => {
            memory.keys_are_asked_for(moment.now);
            let call = PoolCall::fetch(visit.config.user_pool.jwks_uri.clone());
            Step::Exchange(Box::new(Exchange::new(call, visit, Purpose::Keys)))
        }
        Admission::RenewalNeeded(renewal) => {
            let call = visit.config.user_pool.token_endpoint.refresh(renewal.refresh_token());
            Step::Exchange(Box::new(Exchange::new(call, visit, Purpose::Renewal(renewal))))
        }
        admission => Step::Decided(conclude(visit, admission, moment)),
    }
}

/// Decides after an exchange, or where there may be none: a session that would still need one is no session.
pub(super) fn decide<'a>(visit: Visit<'_, 'a>, memory: &mut Memory, moment: &mut Moment<'_>) -> Decision<'a> {
    let admission = admit(&visit, memory, moment);
    conclude(visit, admission, moment)
}

/// Decides for a session that is alive and was not renewed.
pub(super) fn decide_alive<'a>(
    visit: Visit<'_, 'a>,
    claims: Claims,
    bearer: Option<String>,
    moment: &mut Moment<'_>,
) -> Decision<'a> {
    let admission = match rule_of(&visit) {
        Some(rule) => by_groups(rule, claims, bearer),
        None => Admission::Refuse { refusal: Refusal::NoRoute, claims: None },
    };
    conclude(visit, admission, moment)
}

fn conclude<'a>(visit: Visit<'_, 'a>, admission: Admission, moment: &mut Moment<'_>) -> Decision<'a> {
    match admission {
        Admission::Pass { claims, bearer } => pass(visit, claims, bearer.as_deref()),
        Admission::Refuse { refusal: Refusal::NoSession(reason), .. } => no_session(visit, reason, moment),
        Admission::Refuse { refusal, claims } => {
            visit.rejection(refusal).about(claims.map(|claims| claims.who())).decide(&visit.request)
        }
        Admission::KeysNeeded => no_session(visit, "unknown_key", moment),
        Admission::RenewalNeeded(renewal) => match renewal.into_living() {
            Some((claims, bearer)) => decide_alive(visit, claims, bearer, moment),
            None => without_session(visit, "session_ended", moment),
        },
    }
}

/// Decides where a session turns out to be none: a public API is open all the same.
pub(super) fn without_session<'a>(
    visit: Visit<'_, 'a>,
    reason: &'static str,
    moment: &mut Moment<'_>,
) -> Decision<'a> {
    if is_open_api(&visit) { pass(visit, None, None) } else { no_session(visit, reason, moment) }
}

/// Whether everybody may call what is asked for, signed in or not: a public API is open to reading, and to nothing
/// else (security case 41).
pub(super) fn is_open_api(visit: &Visit<'_, '_>) -> bool {
    visit.request.is_safe()
        && rule_of(visit).is_some_and(|rule| rule.is_api && *rule.access == Access::Public)
}

/// A person who opens a page is sent to sign in; everything else is told 401.
fn no_session<'a>(visit: Visit<'_, 'a>, reason: &'static str, moment: &mut Moment<'_>) -> Decision<'a> {
    let is_page = matches!(visit.target, Target::Route(route) if route.kind != Kind::Api);
    if is_page && visit.request.is_read() && visit.asker() == Asker::Navigation {
        return sign_in::for_page(&visit, reason, moment);
    }
    visit.refuse(Refusal::NoSession(reason))
}

fn pass<'a>(visit: Visit<'_, 'a>, claims: Option<Claims>, bearer: Option<&str>) -> Decision<'a> {
    match visit.target {
        Target::Route(route) => {
            Decision::forward(forward::prepare(visit.request, &visit.path, &route.kind, bearer))
        }
        Target::Endpoint(_) => match claims {
            Some(Claims::Id(claims)) => session_document::answer(&claims),
            _ => visit.refuse(Refusal::NoSession("no_session")),
        },
    }
}

fn rule_of<'g>(visit: &Visit<'g, '_>) -> Option<Rule<'g>> {
    match visit.target {
        Target::Route(route) => Some(Rule { access: &route.access, is_api: route.kind == Kind::Api }),
        Target::Endpoint(Endpoint::Session) => Some(Rule { access: &Access::SignedIn, is_api: false }),
        Target::Endpoint(_) => None,
    }
}

fn admit(visit: &Visit<'_, '_>, memory: &mut Memory, moment: &mut Moment<'_>) -> Admission {
    let Some(rule) = rule_of(visit) else {
        return Admission::Refuse { refusal: Refusal::NoRoute, claims: None };
    };
    // A public page is open to reading, and to nothing else (security case 41).
    if *rule.access == Access::Public && !rule.is_api && visit.request.is_safe() {
        return Admission::Pass { claims: None, bearer: None };
    }
    if rule.is_api
        && let Some(admission) = by_own_bearer(visit, rule, memory, moment)
    {
        return admission;
    }
    if !visit.request.is_safe() && is_cross_site(&visit.request, visit.host) {
        return Admission::Refuse { refusal: Refusal::CrossSite, claims: None };
    }
    let pairs = visit.pairs();
    let found = visit.tokens(&pairs);
    let admission = by_cookies(visit, rule, &found, memory, moment);
    match admission {
        // A public API is open to everybody; a session that cannot be used is none.
        Admission::Refuse { refusal: Refusal::NoSession(_) | Refusal::Pool(_), .. }
        | Admission::KeysNeeded
            if is_open_api(visit) =>
        {
            Admission::Pass { claims: None, bearer: None }
        }
        admission => admission,
    }
}

/// An API client that brings its own bearer token is decided by it alone (RFC 6750).
fn by_own_bearer(
    visit: &Visit<'_, '_>,
    rule: Rule<'_>,
    memory: &mut Memory,
    moment: &mut Moment<'_>,
) -> Option<Admission> {
    let mut tokens = visit.request.headers.all("authorization").filter_map(bearer_token);
    let token = tokens.next()?;
    let refuse = |reason| Some(Admission::Refuse { refusal: Refusal::BadBearer(reason), claims: None });
    if tokens.next().is_some() {
        return refuse("repeated_authorization");
    }
    match session::bearer_token(token, visit.config, memory, moment.now) {
        TokenState::Alive { claims, .. } => Some(by_groups(rule, claims, Some(token.to_owned()))),
        TokenState::KeyUnknown if memory.may_ask_for_keys(moment.now) => Some(Admission::KeysNeeded),
        TokenState::KeyUnknown if memory.keys_are_unavailable(moment.now) => Some(KEYS_UNAVAILABLE),
        TokenState::KeyUnknown => refuse("unknown_key"),
        TokenState::Absent | TokenState::Ended(_) => refuse("expired"),
        TokenState::FromTheFuture => refuse("not_yet_valid"),
        TokenState::Forged(code) => refuse(code),
    }
}

fn by_cookies(
    visit: &Visit<'_, '_>,
    rule: Rule<'_>,
    found: &FoundTokens<'_>,
    memory: &mut Memory,
    moment: &mut Moment<'_>,
) -> Admission {
    let state = if rule.is_api {
        session::access_token(found, visit.config, memory, moment.now)
    } else {
        session::id_token(found, visit.config, memory, moment.now)
    };
    match state {
        TokenState::Alive { claims, place } => {
            let access_token = || found.access.get(place).map(|found| found.token.clone().into_owned());
            let bearer = if rule.is_api { access_token() } else { None };
            let can_wait = is_subresource(&visit.request) || is_prefetch(&visit.request);
            if !can_wait
                && claims.renewal_is_due(visit.config.renew_within, moment.now)
                && !memory.renewals_are_paused(moment.now)
                && let Ok(renewal) = renewal::plan(visit, found, Some(claims.subject()), None, memory, moment)
            {
                return Admission::RenewalNeeded(renewal.of_living(claims, bearer));
            }
            by_groups(rule, claims, bearer)
        }
        TokenState::Ended(_) | TokenState::Absent => {
            let subject = if let TokenState::Ended(subject) = &state { Some(subject) } else { None };
            // Without an access token, the ID token's state is not known yet; for pages, it is what was just read.
            let id_state = (!rule.is_api).then_some(&state);
            match renewal::plan(visit, found, subject, id_state, memory, moment) {
                Ok(renewal) => Admission::RenewalNeeded(renewal),
                Err(reason) => Admission::Refuse { refusal: Refusal::NoSession(reason), claims: None },
            }
        }
        TokenState::KeyUnknown if memory.keys_are_unavailable(moment.now) => KEYS_UNAVAILABLE,
        TokenState::KeyUnknown => Admission::KeysNeeded,
        TokenState::FromTheFuture => {
            Admission::Refuse { refusal: Refusal::NoSession("clock_wrong"), claims: None }
        }
        TokenState::Forged(code) => Admission::Refuse { refusal: Refusal::NoSession(code), claims: None },
    }
}

fn by_groups(rule: Rule<'_>, claims: Claims, bearer: Option<String>) -> Admission {
    if rule.access.allows(claims.groups()) {
        Admission::Pass { claims: Some(claims), bearer }
    } else {
        Admission::Refuse { refusal: Refusal::NotInGroup, claims: Some(claims) }
    }
}

/// The token of `Authorization: Bearer …`; the scheme's letters count as equal (RFC 9110 section 11.1).
fn bearer_token(header: &str) -> Option<&str> {
    let header = header.trim();
    let (scheme, token) = header.split_once([' ', '\t']).unwrap_or((header, ""));
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
