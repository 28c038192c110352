//! Renewal plan: whether a session can be renewed, with which refresh token, and whose it has to be.

use std::borrow::Cow;

use cognito::{IdClaims, Subject};

use super::visit::Visit;
use crate::cookie::FoundTokens;
use crate::memory::Memory;
use crate::moment::Moment;
use crate::reason::Reason;
use crate::session::{self, Claims, TokenState};
use crate::trace::Trace;

/// A renewal that is to be made.
pub(super) struct RenewalPlan {
    pub(super) refresh_token: String,
    /// Whose session it was, as far as the token that decides and the ID token still tell.
    subjects: [Option<Subject>; 2],
    /// The user whose refresh token it is, where the cookie's name says so.
    owner: Option<String>,
    /// The session that is still alive, with its bearer token: it goes on if the renewal fails.
    pub(super) living: Option<(Claims, Option<String>)>,
}

impl RenewalPlan {
    /// Plans a renewal from the cookies of `subject`, where the token that decides tells who it is. Where a forged ID
    /// token stands beside the refresh token, there is none (security case 54). `id_state` is the ID token's state where
    /// it is known.
    ///
    /// # Errors
    ///
    /// Why there is none.
    pub(super) fn make(
        visit: &Visit<'_, '_, impl Trace>,
        found: &FoundTokens<'_>,
        subject: Option<&Subject>,
        id_state: Option<&TokenState>,
        memory: &mut Memory,
        moment: &Moment<'_>,
    ) -> Result<RenewalPlan, Reason> {
        // An expired token is not remembered: reading it again would cost its signature's verification again.
        let read_now;
        let id_state = match id_state {
            Some(known) => known,
            None => {
                read_now = session::id_token(found, visit.config, memory, moment.now, visit.trace);
                &read_now
            }
        };
        let id_subject = match id_state {
            TokenState::Forged(reason) => return Err(*reason),
            TokenState::FromTheFuture => return Err(Reason::ClockWrong),
            TokenState::Alive { claims, .. } => Some(claims.subject().clone()),
            TokenState::Ended(subject) => Some(subject.clone()),
            TokenState::Absent | TokenState::KeyUnknown => None,
        };
        match session::refresh_token(found, memory, visit.trace) {
            Some(refresh) => Ok(RenewalPlan {
                refresh_token: refresh.token.clone().into_owned(),
                subjects: [subject.cloned(), id_subject],
                owner: refresh.owner.clone().map(Cow::into_owned),
                living: None,
            }),
            None if !found.refresh.is_empty() => Err(Reason::RefreshTokenRefused),
            None if subject.is_some() || id_subject.is_some() => Err(Reason::SessionEnded),
            None => Err(Reason::NoSession),
        }
    }

    /// Notes that the session is still alive.
    pub(super) fn of_living(self, claims: Claims, bearer: Option<String>) -> RenewalPlan {
        RenewalPlan { living: Some((claims, bearer)), ..self }
    }

    /// Whether renewed tokens are of the person whose session it was (OpenID Connect Core 12.2).
    pub(super) fn is_of(&self, claims: &IdClaims) -> bool {
        self.subjects.iter().flatten().all(|subject| subject == claims.subject())
            && self.owner.as_deref().is_none_or(|owner| owner == claims.username().as_str())
    }
}
