//! Rule: the access rule of a path, and the decisions that follow from it with a session and without one.

use super::refusal::Refusal;
use super::visit::{Target, Visit};
use super::{session_document, sign_in};
use crate::asker::Asker;
use crate::auth_paths::Endpoint;
use crate::decision::Decision;
use crate::forward;
use crate::moment::Moment;
use crate::reason::Reason;
use crate::route::{Access, RouteKind};
use crate::session::Claims;
use crate::trace::Trace;

/// The rule for a path.
#[derive(Clone, Copy)]
pub(super) struct Rule<'g> {
    pub(super) access: &'g Access,
    pub(super) is_api: bool,
}

/// What the rule says of a request.
pub(super) enum Verdict {
    /// It may pass, as this person, with this bearer token.
    Pass { claims: Option<Claims>, bearer: Option<String> },
    /// It may not.
    Refuse { refusal: Refusal, claims: Option<Claims> },
}

impl Verdict {
    /// For what is open to everybody.
    pub(super) const OPEN: Verdict = Verdict::Pass { claims: None, bearer: None };

    pub(super) fn refuse(refusal: Refusal) -> Verdict {
        Verdict::Refuse { refusal, claims: None }
    }
}

impl<'g> Rule<'g> {
    /// The rule of a route, or of `/auth/session`; no other endpoint has one.
    pub(super) fn of(visit: &Visit<'g, '_, impl Trace>) -> Option<Rule<'g>> {
        match visit.target {
            Target::Route(route) => {
                Some(Rule { access: &route.access, is_api: route.kind == RouteKind::Api })
            }
            Target::Endpoint(Endpoint::Session) => Some(Rule { access: &Access::SignedIn, is_api: false }),
            Target::Endpoint(_) => None,
        }
    }

    /// What it says of a living session.
    pub(super) fn of_session(self, claims: Claims, bearer: Option<String>) -> Verdict {
        if self.access.allows(claims.groups()) {
            Verdict::Pass { claims: Some(claims), bearer }
        } else {
            Verdict::Refuse { refusal: Refusal::NotInGroup, claims: Some(claims) }
        }
    }
}

/// Whether everybody may call what is asked for, signed in or not: a public API is open to reading, and to nothing
/// else (security case 41).
pub(super) fn is_open_api(visit: &Visit<'_, '_, impl Trace>) -> bool {
    visit.request.is_safe()
        && Rule::of(visit).is_some_and(|rule| rule.is_api && *rule.access == Access::Public)
}

/// Decides by the rule's verdict.
pub(super) fn conclude<'a>(
    visit: Visit<'_, 'a, impl Trace>,
    verdict: Verdict,
    moment: &mut Moment<'_>,
) -> Decision<'a> {
    match verdict {
        Verdict::Pass { claims, bearer } => pass(visit, claims, bearer.as_deref()),
        Verdict::Refuse { refusal: Refusal::NoSession(reason), .. } => no_session(visit, reason, moment),
        Verdict::Refuse { refusal, claims } => {
            visit.rejection(refusal).about(claims.map(|claims| claims.who())).decide(&visit.request)
        }
    }
}

/// Decides for a session that is alive and was not renewed.
pub(super) fn with_session<'a>(
    visit: Visit<'_, 'a, impl Trace>,
    claims: Claims,
    bearer: Option<String>,
    moment: &mut Moment<'_>,
) -> Decision<'a> {
    let verdict = match Rule::of(&visit) {
        Some(rule) => rule.of_session(claims, bearer),
        None => Verdict::refuse(Refusal::NoRoute),
    };
    conclude(visit, verdict, moment)
}

/// Decides where a session turns out to be none: a public API is open all the same.
pub(super) fn without_session<'a>(
    visit: Visit<'_, 'a, impl Trace>,
    reason: Reason,
    moment: &mut Moment<'_>,
) -> Decision<'a> {
    if is_open_api(&visit) { pass(visit, None, None) } else { no_session(visit, reason, moment) }
}

/// A person who opens a page is sent to sign in; everything else is told 401.
pub(super) fn no_session<'a>(
    visit: Visit<'_, 'a, impl Trace>,
    reason: Reason,
    moment: &mut Moment<'_>,
) -> Decision<'a> {
    let is_page = matches!(visit.target, Target::Route(route) if route.kind != RouteKind::Api);
    if is_page && visit.request.is_read() && visit.asker() == Asker::Navigation {
        return sign_in::for_page(&visit, reason, moment);
    }
    visit.refuse(Refusal::NoSession(reason))
}

fn pass<'a>(visit: Visit<'_, 'a, impl Trace>, claims: Option<Claims>, bearer: Option<&str>) -> Decision<'a> {
    match visit.target {
        Target::Route(route) => {
            Decision::forward(forward::prepare(visit.request, &visit.path, &route.kind, bearer))
        }
        Target::Endpoint(_) => match claims {
            Some(Claims::Id(claims)) => session_document::answer(&claims),
            _ => visit.refuse(Refusal::NoSession(Reason::NoSession)),
        },
    }
}
