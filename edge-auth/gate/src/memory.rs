//! Memory: the state that an instance keeps between events: JWKS, verified tokens, refused refresh tokens, cool-downs.
//!
//! All of it is bounded, and decisions do not depend on it: a new instance decides alike, only slower.

mod verified_tokens;

use std::collections::VecDeque;
use std::sync::Arc;

use cognito::{AccessClaims, ClientId, IdClaims, Jwks, TokenError, UnixTime, Unverified, UserPool};
use ring::digest::{Digest, SHA256, digest};
use verified_tokens::VerifiedTokens;

/// Cool-down between two fetches of the JWKS, in seconds. Tokens with random key ids cause at most one fetch in this time,
/// and a key that really rotated is found within it.
pub const KEYS_COOL_DOWN: u64 = 10;

/// Pause between a failed renewal of a living session and the next attempt, in seconds.
pub const RENEWAL_PAUSE: u64 = 30;

/// Lifetime of the site's own 404 page in memory, in seconds.
pub const NOT_FOUND_PAGE_LIFETIME: u64 = 60;

/// How many refused refresh tokens are remembered.
const REFUSED_TOKENS: usize = 64;

/// An instance's memory.
pub struct Memory {
    keys: Jwks,
    keys_asked_at: Option<UnixTime>,
    keys_were_given: bool,
    id_tokens: VerifiedTokens<IdClaims>,
    access_tokens: VerifiedTokens<AccessClaims>,
    refused_refresh_tokens: VecDeque<Digest>,
    renewals_paused_until: UnixTime,
    not_found_page: Option<(Option<Arc<str>>, UnixTime)>,
}

impl Memory {
    /// A memory with the package's JWKS.
    #[must_use]
    pub fn new(keys: Jwks) -> Memory {
        Memory {
            keys,
            keys_asked_at: None,
            keys_were_given: true,
            id_tokens: VerifiedTokens::new(),
            access_tokens: VerifiedTokens::new(),
            refused_refresh_tokens: VecDeque::new(),
            renewals_paused_until: UnixTime(0),
            not_found_page: None,
        }
    }

    /// Verifies an ID token, or finds it among the verified ones.
    ///
    /// # Errors
    ///
    /// As [`UserPool::verify_id_token`].
    pub fn id_token(
        &mut self,
        pool: &UserPool,
        token: &str,
        now: UnixTime,
    ) -> Result<Arc<IdClaims>, TokenError> {
        if let Some(claims) = self.id_tokens.find(token) {
            return alive(now, claims.expires_at(), claims.subject()).map(|()| claims);
        }
        let claims = Arc::new(pool.verify_id_token(&Unverified::parse(token)?, &self.keys, now)?);
        self.id_tokens.keep(token, &claims);
        Ok(claims)
    }

    /// Verifies an access token, or finds it among the verified ones.
    ///
    /// # Errors
    ///
    /// As [`UserPool::verify_access_token`].
    pub fn access_token(
        &mut self,
        pool: &UserPool,
        token: &str,
        now: UnixTime,
        also_accepted: &[ClientId],
    ) -> Result<Arc<AccessClaims>, TokenError> {
        if let Some(claims) = self.access_tokens.find(token) {
            let is_accepted =
                *claims.client_id() == pool.client_id || also_accepted.contains(claims.client_id());
            if is_accepted {
                return alive(now, claims.expires_at(), claims.subject()).map(|()| claims);
            }
        }
        let token_read = Unverified::parse(token)?;
        let claims = Arc::new(pool.verify_access_token(&token_read, &self.keys, now, also_accepted)?);
        self.access_tokens.keep(token, &claims);
        Ok(claims)
    }

    /// Whether the keys may be asked for.
    #[must_use]
    pub fn may_ask_for_keys(&self, now: UnixTime) -> bool {
        self.keys_asked_at.is_none_or(|asked_at| now.since(asked_at) >= KEYS_COOL_DOWN || now < asked_at)
    }

    /// Notes that the keys are being asked for: the cool-down begins, whatever comes of it.
    pub fn keys_are_asked_for(&mut self, now: UnixTime) {
        self.keys_asked_at = Some(now);
        self.keys_were_given = false;
    }

    /// Whether keys were asked for a moment ago and none were given: a key that is unknown may be a good one.
    #[must_use]
    pub fn keys_are_unavailable(&self, now: UnixTime) -> bool {
        !self.keys_were_given && !self.may_ask_for_keys(now)
    }

    /// Takes fresh keys. What was verified with the old ones is verified anew.
    pub fn replace_keys(&mut self, keys: Jwks) {
        self.keys = keys;
        self.keys_were_given = true;
        self.id_tokens = VerifiedTokens::new();
        self.access_tokens = VerifiedTokens::new();
    }

    /// Whether a key is known.
    #[must_use]
    pub fn knows_key(&self, kid: &str) -> bool {
        self.keys.contains(kid)
    }

    /// Notes that the user pool refused a refresh token for good.
    pub fn refuse_refresh_token(&mut self, token: &str) {
        if self.refused_refresh_tokens.len() >= REFUSED_TOKENS {
            self.refused_refresh_tokens.pop_front();
        }
        self.refused_refresh_tokens.push_back(digest(&SHA256, token.as_bytes()));
    }

    /// Whether the user pool refused this refresh token before.
    #[must_use]
    pub fn was_refused(&self, token: &str) -> bool {
        if self.refused_refresh_tokens.is_empty() {
            return false;
        }
        let asked = digest(&SHA256, token.as_bytes());
        self.refused_refresh_tokens.iter().any(|refused| refused.as_ref() == asked.as_ref())
    }

    /// The site's own page for what is not there, if that is known: the inner value is none where the site has none.
    #[must_use]
    pub fn not_found_page(&self, now: UnixTime) -> Option<Option<Arc<str>>> {
        let (page, read_at) = self.not_found_page.as_ref()?;
        (now.since(*read_at) < NOT_FOUND_PAGE_LIFETIME && now >= *read_at).then(|| page.clone())
    }

    /// Keeps the site's own page for [`NOT_FOUND_PAGE_LIFETIME`], or that there is none.
    pub fn keep_not_found_page(&mut self, page: Option<Arc<str>>, now: UnixTime) {
        self.not_found_page = Some((page, now));
    }

    /// Leaves living sessions alone for [`RENEWAL_PAUSE`].
    pub fn pause_renewals(&mut self, now: UnixTime) {
        self.renewals_paused_until = now.plus(RENEWAL_PAUSE);
    }

    /// Whether living sessions are left alone.
    #[must_use]
    pub fn renewals_are_paused(&self, now: UnixTime) -> bool {
        now < self.renewals_paused_until
    }
}

fn alive(now: UnixTime, expires_at: UnixTime, subject: &cognito::Subject) -> Result<(), TokenError> {
    if now < expires_at {
        return Ok(());
    }
    Err(TokenError::Expired { subject: subject.clone(), expired_at: expires_at })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_asked_for_once_in_the_cool_down() {
        let mut memory = Memory::new(Jwks::default());
        assert!(memory.may_ask_for_keys(UnixTime(100)));
        memory.keys_are_asked_for(UnixTime(100));
        assert!(!memory.may_ask_for_keys(UnixTime(109)));
        assert!(memory.may_ask_for_keys(UnixTime(110)));
        assert!(memory.may_ask_for_keys(UnixTime(99)), "a clock set back must not stop fetches for good");
    }

    #[test]
    fn keys_are_unavailable_until_they_may_be_asked_for_again() {
        let mut memory = Memory::new(Jwks::default());
        assert!(!memory.keys_are_unavailable(UnixTime(100)));
        memory.keys_are_asked_for(UnixTime(100));
        assert!(memory.keys_are_unavailable(UnixTime(109)));
        assert!(!memory.keys_are_unavailable(UnixTime(110)));
        memory.replace_keys(Jwks::default());
        assert!(!memory.keys_are_unavailable(UnixTime(105)));
    }

    #[test]
    fn refused_refresh_tokens_are_bounded() {
        let mut memory = Memory::new(Jwks::default());
        for number in 0..=REFUSED_TOKENS {
            memory.refuse_refresh_token(&number.to_string());
        }
        assert!(memory.was_refused("1") && !memory.was_refused("0"));
    }

    #[test]
    fn renewals_pause_and_go_on() {
        let mut memory = Memory::new(Jwks::default());
        memory.pause_renewals(UnixTime(100));
        assert!(memory.renewals_are_paused(UnixTime(129)));
        assert!(!memory.renewals_are_paused(UnixTime(130)));
    }
}
