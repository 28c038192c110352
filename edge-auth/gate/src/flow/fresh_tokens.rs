//! Fresh tokens: verifies what the token endpoint issued before a cookie is set (security case 29).

use std::sync::Arc;

use cognito::{AccessClaims, IdClaims, TokenError, UnixTime};

use super::refusal::Refusal;
use super::visit::Visit;
use crate::config::Config;
use crate::cookie::{FreshTokens, SetCookie};
use crate::memory::Memory;
use crate::moment::Moment;
use crate::reason::Reason;
use crate::session::Claims;
use crate::token_endpoint::UnverifiedTokens;
use crate::trace::Trace;

/// The longest that the tokens of one session may be together, in bytes. A browser sends them back in a header
/// section of which CloudFront takes 20,480 bytes, and an answer that sets them must stay under 40 KB: a session that
/// is longer would shut its owner out.
const MAX_SESSION: usize = 14_000;

/// The claims of both tokens.
pub(super) struct FreshClaims {
    pub(super) id: Arc<IdClaims>,
    access: Arc<AccessClaims>,
}

impl FreshClaims {
    /// Whether they are due for renewal at once: then a clock is wrong.
    pub(super) fn are_nearly_over(&self, config: &Config, now: UnixTime) -> bool {
        [Claims::Id(Arc::clone(&self.id)), Claims::Access(Arc::clone(&self.access))]
            .iter()
            .any(|claims| claims.renewal_is_due(config.renew_within, now))
    }
}

/// Verifies both tokens, and that they are of one person (OpenID Connect Core 3.1.3.7 and 12.2).
pub(super) fn verify(
    config: &Config,
    tokens: &UnverifiedTokens,
    memory: &mut Memory,
    moment: &Moment<'_>,
) -> Result<FreshClaims, Refusal> {
    let pool = &config.user_pool.tokens;
    let id = memory.id_token(pool, &tokens.id_token, moment.now).map_err(refusal_of)?;
    let access = memory.access_token(pool, &tokens.access_token, moment.now, &[]).map_err(refusal_of)?;
    if id.subject() != access.subject() {
        return Err(Refusal::Pool(Reason::TokensOfTwoPeople));
    }
    Ok(FreshClaims { id, access })
}

/// The cookies that keep the tokens. A renewal that brings no refresh token keeps `earlier`.
pub(super) fn cookies(
    visit: &Visit<'_, '_, impl Trace>,
    tokens: UnverifiedTokens,
    claims: &FreshClaims,
    earlier: Option<&str>,
) -> Result<Vec<SetCookie>, Refusal> {
    let fresh = FreshTokens {
        id: tokens.id_token,
        access: tokens.access_token,
        refresh: tokens.refresh_token.or_else(|| earlier.map(str::to_owned)),
        username: claims.id.username().as_str().to_owned(),
    };
    let length = fresh.id.len() + fresh.access.len() + fresh.refresh.as_ref().map_or(0, String::len);
    let cookies = visit.config.cookies.write(&fresh, &visit.pairs(), visit.host);
    if length > MAX_SESSION || cookies.iter().any(|cookie| !cookie.fits_a_browser()) {
        return Err(Refusal::SessionTooLong);
    }
    Ok(cookies)
}

/// The refusal for a fresh token's error: one that is expired or not yet valid means a wrong clock (security case 64).
fn refusal_of(error: TokenError) -> Refusal {
    match error {
        TokenError::Expired { .. } | TokenError::NotYetValid { .. } => Refusal::ClockWrong,
        error => Refusal::Pool(Reason::from(&error)),
    }
}
