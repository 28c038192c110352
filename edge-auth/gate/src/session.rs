//! Session: verifies the candidate tokens of a request and ranks what they come to.

use std::sync::Arc;

use cognito::{AccessClaims, Group, IdClaims, Subject, TokenError, UnixTime, Unverified, Username};

use crate::config::Config;
use crate::cookie::{FoundToken, FoundTokens};
use crate::log::Who;
use crate::memory::Memory;
use crate::reason::Reason;
use crate::trace::{Observation, TokenKind, TokenVerdict, Trace};

/// The most candidates of one name that are verified. Each costs an RSA verification.
const MAX_CANDIDATES: usize = 4;

/// The claims of a verified token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claims {
    /// An ID token's.
    Id(Arc<IdClaims>),
    /// An access token's.
    Access(Arc<AccessClaims>),
}

impl Claims {
    /// The groups that the person belongs to.
    #[must_use]
    pub fn groups(&self) -> &[Group] {
        match self {
            Claims::Id(claims) => claims.groups(),
            Claims::Access(claims) => claims.groups(),
        }
    }

    /// When the token expires.
    #[must_use]
    pub fn expires_at(&self) -> UnixTime {
        match self {
            Claims::Id(claims) => claims.expires_at(),
            Claims::Access(claims) => claims.expires_at(),
        }
    }

    /// The person.
    #[must_use]
    pub fn subject(&self) -> &Subject {
        match self {
            Claims::Id(claims) => claims.subject(),
            Claims::Access(claims) => claims.subject(),
        }
    }

    /// The person, for the log.
    #[must_use]
    pub fn who(&self) -> Who {
        Who::new(self.subject(), self.username())
    }

    /// Whether the session is to be renewed: less than `within` seconds are left, but never while more than half
    /// of the token's life is, so that a pool with short-lived tokens is not asked at every request.
    #[must_use]
    pub fn renewal_is_due(&self, within: u64, now: UnixTime) -> bool {
        let lifetime = self.expires_at().since(self.issued_at());
        self.expires_at().since(now) <= within.min(lifetime / 2)
    }

    fn issued_at(&self) -> UnixTime {
        match self {
            Claims::Id(claims) => claims.issued_at(),
            Claims::Access(claims) => claims.issued_at(),
        }
    }

    fn username(&self) -> &Username {
        match self {
            Claims::Id(claims) => claims.username(),
            Claims::Access(claims) => claims.username(),
        }
    }
}

/// State of a token: that of its best candidate ([`TokenState::rank`]).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TokenState {
    /// One is verified and alive.
    Alive {
        /// Its claims.
        claims: Claims,
        /// Its place among the candidates.
        place: usize,
    },
    /// There is none, or one that is past its own expiry under a key nobody knows any more.
    Absent,
    /// One was the user pool's, and has expired.
    Ended(Subject),
    /// One may be good, but its key is not known yet.
    KeyUnknown,
    /// One is the user pool's, but begins in the future: a clock is wrong.
    FromTheFuture,
    /// All there are were not issued by the user pool for this client. Holds why.
    Forged(Reason),
}

/// Reads the ID token's state.
pub fn id_token(
    found: &FoundTokens<'_>,
    config: &Config,
    memory: &mut Memory,
    now: UnixTime,
    trace: impl Trace,
) -> TokenState {
    examine(TokenKind::Id, &found.id, now, trace, |token| {
        memory.id_token(&config.user_pool.tokens, token, now).map(Claims::Id)
    })
}

/// Reads the access token's state.
pub fn access_token(
    found: &FoundTokens<'_>,
    config: &Config,
    memory: &mut Memory,
    now: UnixTime,
    trace: impl Trace,
) -> TokenState {
    examine(TokenKind::Access, &found.access, now, trace, |token| {
        memory.access_token(&config.user_pool.tokens, token, now, &[]).map(Claims::Access)
    })
}

/// Reads the state of a bearer token that an API client sent itself (RFC 6750 section 2.1).
pub fn bearer_token(
    token: &str,
    config: &Config,
    memory: &mut Memory,
    now: UnixTime,
    trace: impl Trace,
) -> TokenState {
    let candidate = FoundToken { token: token.into(), owner: None };
    examine(TokenKind::Bearer, &[candidate], now, trace, |token| {
        memory.access_token(&config.user_pool.tokens, token, now, &config.api_clients).map(Claims::Access)
    })
}

/// The refresh token to use: the last one that the user pool has not refused, since a browser sends the cookie
/// that was set last behind the others.
#[must_use]
pub fn refresh_token<'f, 'r>(
    found: &'f FoundTokens<'r>,
    memory: &Memory,
    trace: impl Trace,
) -> Option<&'f FoundToken<'r>> {
    let is_usable = |token: &str| is_plausible(token) && !memory.was_refused(token);
    let usable = found.refresh.iter().rev().find(|candidate| is_usable(&candidate.token));
    trace.note(Observation::RefreshToken(usable, found.refresh.len()));
    usable
}

/// Whether a refresh token is visible ASCII of limited length; Cognito's are about 1,900 characters long.
fn is_plausible(token: &str) -> bool {
    !token.is_empty() && token.len() <= 16_384 && token.bytes().all(|b| b.is_ascii_graphic())
}

fn examine(
    kind: TokenKind,
    candidates: &[FoundToken<'_>],
    now: UnixTime,
    trace: impl Trace,
    mut verify: impl FnMut(&str) -> Result<Claims, TokenError>,
) -> TokenState {
    trace.note(Observation::Candidates(kind, candidates.len()));
    let mut best = TokenState::Absent;
    for (place, candidate) in candidates.iter().take(MAX_CANDIDATES).enumerate() {
        let state = match verify(&candidate.token) {
            // The layout `amplify` names the user in the cookie's name: the token must be that user's.
            Ok(claims) if !candidate.may_belong_to(claims.username().as_str()) => {
                trace.note(Observation::Token(kind, candidate, TokenVerdict::OfAnotherUser));
                TokenState::Forged(Reason::OfAnotherUser)
            }
            Ok(claims) => {
                trace.note(Observation::Token(kind, candidate, TokenVerdict::Alive(&claims)));
                TokenState::Alive { claims, place }
            }
            Err(error) => {
                trace.note(Observation::Token(kind, candidate, TokenVerdict::Refused(&error)));
                state_of(error, &candidate.token, now)
            }
        };
        if state.rank() > best.rank() {
            best = state;
        }
    }
    best
}

fn state_of(error: TokenError, token: &str, now: UnixTime) -> TokenState {
    match error {
        TokenError::Expired { subject, .. } => TokenState::Ended(subject),
        TokenError::NotYetValid { .. } => TokenState::FromTheFuture,
        // Its own unverified expiry is enough to ignore it: keys are not fetched for an expired token.
        TokenError::UnknownKey if is_expired_unverified(token, now) => TokenState::Absent,
        TokenError::UnknownKey => TokenState::KeyUnknown,
        error => TokenState::Forged(Reason::from(&error)),
    }
}

fn is_expired_unverified(token: &str, now: UnixTime) -> bool {
    Unverified::parse(token)
        .ok()
        .and_then(|token| token.unverified_expiry())
        .is_some_and(|expires_at| expires_at <= now)
}

impl TokenState {
    /// Ranks candidate tokens: Alive > `KeyUnknown` > Ended > `FromTheFuture` > Forged > Absent; of two alive, the later
    /// expiry.
    fn rank(&self) -> (u8, UnixTime) {
        match self {
            TokenState::Absent => (0, UnixTime(0)),
            TokenState::Forged(_) => (1, UnixTime(0)),
            TokenState::FromTheFuture => (2, UnixTime(0)),
            TokenState::Ended(_) => (3, UnixTime(0)),
            TokenState::KeyUnknown => (4, UnixTime(0)),
            TokenState::Alive { claims, .. } => (5, claims.expires_at()),
        }
    }
}
