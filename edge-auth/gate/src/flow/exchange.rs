//! Exchange: one conversation with the user pool in the middle of a request.

use cognito::{Jwks, Unverified};

use super::dress::dress;
use super::refusal::Refusal;
use super::renewal::{self, Renewal};
use super::visit::Visit;
use super::{admission, callback, sign_out};
use crate::attempt::SignInAttempt;
use crate::decision::Decision;
use crate::memory::Memory;
use crate::moment::Moment;
use crate::pool_call::{PoolAnswer, PoolCall};
use crate::return_path::ReturnPath;
use crate::token_endpoint::{TokenEndpointError, UnverifiedTokens, read_tokens};

/// What the shell must ask the user pool before the request can be decided.
///
/// [`Exchange::finish`] consumes it. What it returns holds no exchange.
pub struct Exchange<'g, 'a> {
    call: PoolCall,
    visit: Visit<'g, 'a>,
    purpose: Purpose,
    /// The token endpoint's answer, once it was read.
    tokens: Option<Result<UnverifiedTokens, TokenEndpointError>>,
}

/// What the exchange is for.
pub(super) enum Purpose {
    /// A token was signed with a key that is not known.
    Keys,
    /// Somebody comes back from the user pool with a code.
    Code { attempt: SignInAttempt, landing: Landing },
    /// A session is to be renewed.
    Renewal(Renewal),
    /// A session ends.
    Revocation,
}

/// Where a sign-in ends.
pub(super) struct Landing {
    pub(super) return_path: ReturnPath,
    /// Whether it is less than the address that was asked for.
    pub(super) is_cut: bool,
}

impl<'g, 'a> Exchange<'g, 'a> {
    pub(super) fn new(call: PoolCall, visit: Visit<'g, 'a>, purpose: Purpose) -> Exchange<'g, 'a> {
        Exchange { call, visit, purpose, tokens: None }
    }

    /// What to ask.
    #[must_use]
    pub fn call(&self) -> &PoolCall {
        &self.call
    }

    /// What to ask besides, before finishing: the keys, where the answer holds tokens under a key that is not
    /// known. It is the user pool itself that says so, so the cool-down does not count.
    #[must_use]
    pub fn keys_call(&mut self, answer: &PoolAnswer, memory: &Memory) -> Option<PoolCall> {
        if !matches!(self.purpose, Purpose::Code { .. } | Purpose::Renewal(_)) {
            return None;
        }
        let tokens = self.tokens.insert(read_tokens(answer)).as_ref().ok()?;
        let is_known = |token: &str| {
            Unverified::parse(token).is_ok_and(|token| memory.knows_key(token.unverified_kid()))
        };
        let all_known = is_known(&tokens.id_token) && is_known(&tokens.access_token);
        (!all_known).then(|| PoolCall::fetch(self.visit.config.user_pool.jwks_uri.clone()))
    }

    /// Takes the answers and decides.
    pub fn finish(
        self,
        answer: &PoolAnswer,
        keys: Option<&PoolAnswer>,
        memory: &mut Memory,
        moment: &mut Moment<'_>,
    ) -> Decision<'a> {
        let config = self.visit.config;
        let is_head = self.visit.request.method == "HEAD";
        if let Some(keys) = keys {
            memory.keys_are_asked_for(moment.now);
            // Tokens under a key that stays unknown are refused further down.
            take_keys(keys, memory);
        }
        let tokens = self.tokens;
        let tokens = || tokens.unwrap_or_else(|| read_tokens(answer));
        let decision = match self.purpose {
            Purpose::Keys if take_keys(answer, memory) => admission::decide(self.visit, memory, moment),
            Purpose::Keys => self.visit.refuse(Refusal::Pool("keys_unavailable")),
            Purpose::Code { attempt, landing } => {
                callback::finish(&self.visit, &attempt, &landing, tokens(), memory, moment)
            }
            Purpose::Renewal(renewal) => renewal::finish(self.visit, renewal, tokens(), memory, moment),
            Purpose::Revocation => sign_out::finish(&self.visit, answer, memory, moment),
        };
        dress(config, decision, is_head)
    }
}

/// Replaces the keys by those of the answer. Keys that cannot be used are none; the old ones stay then.
fn take_keys(answer: &PoolAnswer, memory: &mut Memory) -> bool {
    let PoolAnswer::Answered { status: 200, body } = answer else { return false };
    match Jwks::parse(body) {
        Ok(keys) if !keys.is_empty() => {
            memory.replace_keys(keys);
            true
        }
        _ => false,
    }
}
