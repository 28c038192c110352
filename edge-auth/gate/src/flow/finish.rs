//! Finishing an exchange: the user pool's answer goes to the flow that asked for it.

use cognito::Jwks;

use super::answer_headers::complete;
use super::exchange::{Exchange, Purpose};
use super::refusal::Refusal;
use super::{admission, callback, renewal, sign_out};
use crate::decision::Decision;
use crate::memory::Memory;
use crate::moment::Moment;
use crate::pool_call::PoolAnswer;
use crate::reason::Reason;
use crate::token_endpoint::read_tokens;
use crate::trace::Trace;

impl<'a> Exchange<'_, 'a> {
    /// Takes the answers and decides. Not generic, so that the function holds its machine code once.
    pub fn finish(
        self,
        answer: &PoolAnswer,
        keys: Option<&PoolAnswer>,
        memory: &mut Memory,
        moment: &mut Moment<'_>,
    ) -> Decision<'a> {
        self.finish_traced(answer, keys, memory, moment)
    }
}

impl<'a, T: Trace> Exchange<'_, 'a, T> {
    /// Decides like [`Exchange::finish`], and tells what it finds out on the way.
    pub fn finish_traced(
        self,
        answer: &PoolAnswer,
        keys: Option<&PoolAnswer>,
        memory: &mut Memory,
        moment: &mut Moment<'_>,
    ) -> Decision<'a> {
        let Exchange { visit, purpose, tokens, .. } = self;
        let config = visit.config;
        let is_head = visit.request.method == "HEAD";
        if let Some(keys) = keys {
            memory.keys_are_asked_for(moment.now);
            // Tokens under a key that stays unknown are refused further down.
            take_keys(keys, memory);
        }
        let tokens = || tokens.unwrap_or_else(|| read_tokens(answer));
        let decision = match purpose {
            Purpose::Keys if take_keys(answer, memory) => admission::decide(visit, memory, moment),
            Purpose::Keys => visit.refuse(Refusal::Pool(Reason::KeysUnavailable)),
            Purpose::Code { attempt, landing } => {
                callback::finish(&visit, &attempt, &landing, tokens(), memory, moment)
            }
            Purpose::Renewal(plan) => renewal::finish(visit, plan, tokens(), memory, moment),
            Purpose::Revocation => sign_out::finish(&visit, answer, memory, moment),
        };
        complete(config, decision, is_head)
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
