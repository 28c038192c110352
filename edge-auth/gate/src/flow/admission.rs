//! Admission: whether a request may pass, for routes and for `/auth/session`.
//!
//! A page is decided by the ID token, an API call by the access token: one signature a request, and the token that
//! an API receives is the one that was checked.

use super::exchange::{Exchange, Purpose, Step};
use super::refusal::Refusal;
use super::renewal_plan::RenewalPlan;
use super::rule::{self, Rule, Verdict};
use super::visit::Visit;
use crate::asker::{is_prefetch, is_subresource};
use crate::cookie::FoundTokens;
use crate::decision::Decision;
use crate::memory::Memory;
use crate::moment::Moment;
use crate::pool_call::PoolCall;
use crate::reason::Reason;
use crate::route::Access;
use crate::session::{self, TokenState};
use crate::trace::{Observation, TokenKind, Trace};

/// Result of admission.
enum Admission {
    /// The rule has its verdict.
    Decided(Verdict),
    /// The keys must be fetched before that can be said.
    KeysNeeded,
    /// The session must be renewed first.
    RenewalNeeded(RenewalPlan),
}

impl Admission {
    fn refuse(refusal: Refusal) -> Admission {
        Admission::Decided(Verdict::refuse(refusal))
    }
}

/// The user pool did not give its keys a moment ago: the token may be a good one, so nobody is sent away for it.
const KEYS_UNAVAILABLE: Admission =
    Admission::Decided(Verdict::Refuse { refusal: Refusal::Pool(Reason::KeysUnavailable), claims: None });

/// Decides the request, or begins the exchange that it needs.
pub(super) fn step<'g, 'a, T: Trace>(
    visit: Visit<'g, 'a, T>,
    memory: &mut Memory,
    moment: &mut Moment<'_>,
) -> Step<'g, 'a, T> {
    match admit(&visit, memory, moment) {
        Admission::KeysNeeded if memory.may_ask_for_keys(moment.now) => {
            memory.keys_are_asked_for(moment.now);
            let call = PoolCall::fetch(visit.config.user_pool.jwks_uri.clone());
            Exchange::begin(call, visit, Purpose::Keys)
        }
        Admission::RenewalNeeded(plan) => {
            let call = visit.config.user_pool.token_endpoint.refresh_request(&plan.refresh_token);
            Exchange::begin(call, visit, Purpose::Renewal(plan))
        }
        admission => Step::Decided(conclude(visit, admission, moment)),
    }
}

/// Decides after an exchange, or where there may be none: a session that would still need one is no session.
pub(super) fn decide<'a>(
    visit: Visit<'_, 'a, impl Trace>,
    memory: &mut Memory,
    moment: &mut Moment<'_>,
) -> Decision<'a> {
    let admission = admit(&visit, memory, moment);
    conclude(visit, admission, moment)
}

fn conclude<'a>(
    visit: Visit<'_, 'a, impl Trace>,
    admission: Admission,
    moment: &mut Moment<'_>,
) -> Decision<'a> {
    match admission {
        Admission::Decided(verdict) => rule::conclude(visit, verdict, moment),
        Admission::KeysNeeded => rule::no_session(visit, Reason::UnknownKey, moment),
        Admission::RenewalNeeded(plan) => match plan.living {
            Some((claims, bearer)) => rule::with_session(visit, claims, bearer, moment),
            None => rule::without_session(visit, Reason::SessionEnded, moment),
        },
    }
}

fn admit(visit: &Visit<'_, '_, impl Trace>, memory: &mut Memory, moment: &mut Moment<'_>) -> Admission {
    let Some(rule) = Rule::of(visit) else { return Admission::refuse(Refusal::NoRoute) };
    // A public page is open to reading, and to nothing else (security case 41).
    if *rule.access == Access::Public && !rule.is_api && visit.request.is_safe() {
        visit.trace.note(Observation::OpenToEverybody);
        return Admission::Decided(Verdict::OPEN);
    }
    if rule.is_api
        && let Some(admission) = by_own_bearer(visit, rule, memory, moment)
    {
        return admission;
    }
    if !visit.request.is_safe() && visit.is_cross_site() {
        return Admission::refuse(Refusal::CrossSite);
    }
    let pairs = visit.pairs();
    let found = visit.tokens(&pairs);
    let admission = by_cookies(visit, rule, &found, memory, moment);
    match admission {
        // A public API is open to everybody; a session that cannot be used is none.
        Admission::Decided(Verdict::Refuse { refusal: Refusal::NoSession(_) | Refusal::Pool(_), .. })
        | Admission::KeysNeeded
            if rule::is_open_api(visit) =>
        {
            Admission::Decided(Verdict::OPEN)
        }
        admission => admission,
    }
}

/// An API client that brings its own bearer token is decided by it alone (RFC 6750).
fn by_own_bearer(
    visit: &Visit<'_, '_, impl Trace>,
    rule: Rule<'_>,
    memory: &mut Memory,
    moment: &mut Moment<'_>,
) -> Option<Admission> {
    let mut tokens = visit.request.headers.all("authorization").filter_map(bearer_token);
    let token = tokens.next()?;
    let refuse = |reason| Some(Admission::refuse(Refusal::BadBearer(reason)));
    visit.trace.note(Observation::Decides(TokenKind::Bearer));
    if tokens.next().is_some() {
        return refuse(Reason::RepeatedAuthorization);
    }
    match session::bearer_token(token, visit.config, memory, moment.now, visit.trace) {
        TokenState::Alive { claims, .. } => {
            Some(Admission::Decided(rule.of_session(claims, Some(token.to_owned()))))
        }
        TokenState::KeyUnknown if memory.may_ask_for_keys(moment.now) => Some(Admission::KeysNeeded),
        TokenState::KeyUnknown if memory.keys_are_unavailable(moment.now) => Some(KEYS_UNAVAILABLE),
        TokenState::KeyUnknown => refuse(Reason::UnknownKey),
        TokenState::Absent | TokenState::Ended(_) => refuse(Reason::Expired),
        TokenState::FromTheFuture => refuse(Reason::NotYetValid),
        TokenState::Forged(reason) => refuse(reason),
    }
}

fn by_cookies(
    visit: &Visit<'_, '_, impl Trace>,
    rule: Rule<'_>,
    found: &FoundTokens<'_>,
    memory: &mut Memory,
    moment: &mut Moment<'_>,
) -> Admission {
    let decides = if rule.is_api { TokenKind::Access } else { TokenKind::Id };
    visit.trace.note(Observation::Decides(decides));
    let state = if rule.is_api {
        session::access_token(found, visit.config, memory, moment.now, visit.trace)
    } else {
        session::id_token(found, visit.config, memory, moment.now, visit.trace)
    };
    match state {
        TokenState::Alive { claims, place } => {
            let access_token = || found.access.get(place).map(|found| found.token.clone().into_owned());
            let bearer = if rule.is_api { access_token() } else { None };
            let can_wait = is_subresource(&visit.request) || is_prefetch(&visit.request);
            if !can_wait
                && claims.renewal_is_due(visit.config.renew_within, moment.now)
                && !memory.renewals_are_paused(moment.now)
                && let Ok(plan) =
                    RenewalPlan::make(visit, found, Some(claims.subject()), None, memory, moment)
            {
                return Admission::RenewalNeeded(plan.of_living(claims, bearer));
            }
            Admission::Decided(rule.of_session(claims, bearer))
        }
        TokenState::Ended(_) | TokenState::Absent => {
            let subject = if let TokenState::Ended(subject) = &state { Some(subject) } else { None };
            // Without an access token, the ID token's state is not known yet; for pages, it is what was just read.
            let id_state = (!rule.is_api).then_some(&state);
            match RenewalPlan::make(visit, found, subject, id_state, memory, moment) {
                Ok(plan) => Admission::RenewalNeeded(plan),
                Err(reason) => Admission::refuse(Refusal::NoSession(reason)),
            }
        }
        TokenState::KeyUnknown if memory.keys_are_unavailable(moment.now) => KEYS_UNAVAILABLE,
        TokenState::KeyUnknown => Admission::KeysNeeded,
        TokenState::FromTheFuture => Admission::refuse(Refusal::NoSession(Reason::ClockWrong)),
        TokenState::Forged(reason) => Admission::refuse(Refusal::NoSession(reason)),
    }
}

/// The token of `Authorization: Bearer …`; the scheme's letters count as equal (RFC 9110 section 11.1).
fn bearer_token(header: &str) -> Option<&str> {
    let header = header.trim();
    let (scheme, token) = header.split_once([' ', '\t']).unwrap_or((header, ""));
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}
