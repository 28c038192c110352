//! Sign-in attempt: id, code verifier and nonce of an authorization request, kept until its callback.
//!
//! Two sealed texts carry it. The cookie holds the browser's secrets: the code verifier (RFC 7636), the
//! nonce (OpenID Connect Core 3.1.2.1) and the attempt's id. `state` (RFC 6749 section 10.12) travels through the
//! user pool and holds the same id and the return path. A callback counts only where both are there and agree.
//!
//! The return path is in `state`, so that a callback loaded a second time still knows where to lead.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cognito::UnixTime;
use subtle::ConstantTimeEq;

use crate::cookie::{Pair, SIGN_IN_SLOTS, SetCookie, sign_in_cookie_name, sign_in_slot};
use crate::host::Host;
use crate::moment::Moment;
use crate::pkce::{CodeVerifier, VERIFIER_BYTES};
use crate::return_path::ReturnPath;
use crate::seal::{SealingKeys, Unsealable};

/// How long an attempt may take, in seconds.
pub const ATTEMPT_LIFETIME: u64 = 600;

/// How far in the future an attempt may seem to have begun, in seconds: another instance's clock may be ahead.
const CLOCK_DRIFT: u64 = 60;

const ID_BYTES: usize = 16;
const NONCE_BYTES: usize = 16;
const TIME_BYTES: usize = 8;

/// A sign-in under way in one browser.
pub struct SignInAttempt {
    id: [u8; ID_BYTES],
    verifier: CodeVerifier,
    nonce: [u8; NONCE_BYTES],
    started_at: UnixTime,
}

/// The opened `state` parameter.
pub struct ReturnedState {
    id: [u8; ID_BYTES],
    /// Whether the attempt was itself begun because an earlier one could not be found.
    pub is_second: bool,
    /// Whether a part of the address was too long to be kept.
    pub is_cut: bool,
    /// Where the viewer wanted to go.
    pub return_path: ReturnPath,
}

/// Flags in `state`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct StateFlags {
    /// Whether the attempt was itself begun because an earlier one could not be found.
    pub is_second: bool,
    /// Whether a part of the address was too long to be kept.
    pub is_cut: bool,
}

impl StateFlags {
    fn to_byte(self) -> u8 {
        u8::from(self.is_second) | u8::from(self.is_cut) << 1
    }

    fn from_byte(byte: u8) -> StateFlags {
        StateFlags { is_second: byte & 1 == 1, is_cut: byte & 2 == 2 }
    }
}

/// Why an attempt that was found cannot be finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stale {
    /// It began more than [`ATTEMPT_LIFETIME`] ago.
    TooOld,
    /// It seems to begin in the future.
    FromTheFuture,
}

impl SignInAttempt {
    /// Begins an attempt.
    #[must_use]
    pub fn begin(moment: &mut Moment<'_>) -> SignInAttempt {
        SignInAttempt {
            id: moment.draw(),
            verifier: CodeVerifier::draw(moment),
            nonce: moment.draw(),
            started_at: moment.now,
        }
    }

    /// Finds the attempt that `state` belongs to among the request's cookies.
    #[must_use]
    pub fn find(
        state: &ReturnedState,
        pairs: &[Pair<'_>],
        keys: &SealingKeys,
        host: &Host,
    ) -> Option<SignInAttempt> {
        attempts(pairs, keys, host)
            .map(|(_, attempt)| attempt)
            .find(|attempt| bool::from(attempt.id.ct_eq(&state.id)))
    }

    /// Whether it may still be finished.
    ///
    /// # Errors
    ///
    /// Why not.
    pub fn check_age(&self, now: UnixTime) -> Result<(), Stale> {
        if self.started_at > now.plus(CLOCK_DRIFT) {
            return Err(Stale::FromTheFuture);
        }
        if now.since(self.started_at) > ATTEMPT_LIFETIME {
            return Err(Stale::TooOld);
        }
        Ok(())
    }

    /// The `state` of the authorization request.
    ///
    /// # Errors
    ///
    /// [`Unsealable`], which a return path of limited length never is.
    pub fn state(
        &self,
        return_path: &ReturnPath,
        flags: StateFlags,
        keys: &SealingKeys,
        host: &Host,
        moment: &mut Moment<'_>,
    ) -> Result<String, Unsealable> {
        let mut plain = self.id.to_vec();
        plain.push(flags.to_byte());
        plain.extend_from_slice(return_path.as_str().as_bytes());
        keys.seal(&state_context(host), &plain, moment)
    }

    /// The cookie that keeps the attempt: in a free slot, else in the place of the oldest one.
    ///
    /// # Errors
    ///
    /// [`Unsealable`], which a text of this length never is.
    pub fn cookie(
        &self,
        pairs: &[Pair<'_>],
        keys: &SealingKeys,
        host: &Host,
        moment: &mut Moment<'_>,
    ) -> Result<SetCookie, Unsealable> {
        let mut plain = self.id.to_vec();
        plain.extend_from_slice(self.verifier.as_bytes());
        plain.extend_from_slice(&self.nonce);
        plain.extend_from_slice(&self.started_at.seconds().to_be_bytes());
        let sealed = keys.seal(&cookie_context(host), &plain, moment)?;
        let slot = choose_slot(pairs, keys, host, moment);
        let lifetime = i64::try_from(ATTEMPT_LIFETIME).unwrap_or(i64::MAX);
        Ok(SetCookie::set(&sign_in_cookie_name(slot), &sealed, lifetime))
    }

    /// Takes this attempt's cookie away.
    #[must_use]
    pub fn clear(&self, pairs: &[Pair<'_>], keys: &SealingKeys, host: &Host) -> Option<SetCookie> {
        attempts(pairs, keys, host)
            .find(|(_, attempt)| bool::from(attempt.id.ct_eq(&self.id)))
            .map(|(slot, _)| SetCookie::delete(&sign_in_cookie_name(slot)))
    }

    /// The secret for the token request.
    #[must_use]
    pub fn verifier(&self) -> &CodeVerifier {
        &self.verifier
    }

    /// The nonce of the authorization request.
    #[must_use]
    pub fn nonce(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.nonce)
    }

    /// Whether an ID token carries this attempt's nonce (OpenID Connect Core 3.1.3.7, step 11).
    #[must_use]
    pub fn is_answered_by(&self, nonce: &str) -> bool {
        self.nonce().as_bytes().ct_eq(nonce.as_bytes()).into()
    }

    fn from_plain(plain: &[u8]) -> Option<SignInAttempt> {
        let (id, rest) = plain.split_first_chunk::<ID_BYTES>()?;
        let (verifier, rest) = rest.split_first_chunk::<VERIFIER_BYTES>()?;
        let (nonce, rest) = rest.split_first_chunk::<NONCE_BYTES>()?;
        let started_at = <[u8; TIME_BYTES]>::try_from(rest).ok()?;
        Some(SignInAttempt {
            id: *id,
            verifier: CodeVerifier::from_bytes(*verifier),
            nonce: *nonce,
            started_at: UnixTime(u64::from_be_bytes(started_at)),
        })
    }
}

impl ReturnedState {
    /// Opens `state`. Nothing but a `state` of this gate, for this host, unchanged, opens.
    #[must_use]
    pub fn open(state: &str, keys: &SealingKeys, host: &Host) -> Option<ReturnedState> {
        let plain = keys.open(&state_context(host), state)?;
        let (id, rest) = plain.split_first_chunk::<ID_BYTES>()?;
        let (flag, return_path) = rest.split_first()?;
        let return_path = ReturnPath::parse(std::str::from_utf8(return_path).ok()?)?;
        let StateFlags { is_second, is_cut } = StateFlags::from_byte(*flag);
        Some(ReturnedState { id: *id, is_second, is_cut, return_path })
    }
}

/// The browser's attempts that can be opened, with their slots.
fn attempts<'r>(
    pairs: &'r [Pair<'_>],
    keys: &'r SealingKeys,
    host: &Host,
) -> impl Iterator<Item = (u8, SignInAttempt)> + 'r {
    let context = cookie_context(host);
    pairs.iter().filter_map(move |pair| {
        let slot = sign_in_slot(pair.name)?;
        let attempt = SignInAttempt::from_plain(&keys.open(&context, pair.value)?)?;
        Some((slot, attempt))
    })
}

/// A free slot at random, since requests sent at once see the same cookies; else the oldest attempt's.
fn choose_slot(pairs: &[Pair<'_>], keys: &SealingKeys, host: &Host, moment: &mut Moment<'_>) -> u8 {
    let is_taken = |slot: &u8| pairs.iter().any(|pair| sign_in_slot(pair.name) == Some(*slot));
    let free: Vec<u8> = (0..SIGN_IN_SLOTS).filter(|slot| !is_taken(slot)).collect();
    let [drawn] = moment.draw::<1>();
    let chosen = usize::from(drawn).checked_rem(free.len()).and_then(|position| free.get(position));
    chosen.copied().unwrap_or_else(|| {
        let oldest = attempts(pairs, keys, host).min_by_key(|(_, attempt)| attempt.started_at);
        oldest.map_or(drawn % SIGN_IN_SLOTS, |(slot, _)| slot)
    })
}

fn state_context(host: &Host) -> String {
    format!("parapet state 1 {host}")
}

fn cookie_context(host: &Host) -> String {
    format!("parapet sign-in attempt 1 {host}")
}

#[cfg(test)]
mod tests;
