//! Exchange: one request to the user pool in the middle of a decision. It is data; `finish.rs` hands it on to the flow
//! that began it.

use cognito::Unverified;

use super::renewal_plan::RenewalPlan;
use super::visit::Visit;
use crate::attempt::SignInAttempt;
use crate::decision::Decision;
use crate::memory::Memory;
use crate::pool_call::{PoolAnswer, PoolCall};
use crate::return_path::ReturnPath;
use crate::token_endpoint::{TokenEndpointError, UnverifiedTokens, read_tokens};
use crate::trace::{Trace, Untraced};

/// What comes of a request at first.
#[expect(
    clippy::large_enum_variant,
    reason = "most requests are decided at once; a box would cost each of them"
)]
pub enum Step<'g, 'a, T = Untraced> {
    /// It is decided.
    Decided(Decision<'a>),
    /// The user pool must be asked first.
    Exchange(Box<Exchange<'g, 'a, T>>),
}

/// What the shell must ask the user pool before the request can be decided.
///
/// [`Exchange::finish`] consumes it. What it returns holds no exchange.
pub struct Exchange<'g, 'a, T = Untraced> {
    pub(super) call: PoolCall,
    pub(super) visit: Visit<'g, 'a, T>,
    pub(super) purpose: Purpose,
    /// The token endpoint's answer, once it was read.
    pub(super) tokens: Option<Result<UnverifiedTokens, TokenEndpointError>>,
}

/// What the exchange is for.
pub(super) enum Purpose {
    /// A token was signed with a key that is not known.
    Keys,
    /// Somebody comes back from the user pool with a code.
    Code { attempt: SignInAttempt, landing: Landing },
    /// A session is to be renewed.
    Renewal(RenewalPlan),
    /// A session ends.
    Revocation,
}

/// Where a sign-in ends.
pub(super) struct Landing {
    pub(super) return_path: ReturnPath,
    /// Whether it is less than the address that was asked for.
    pub(super) is_cut: bool,
}

impl<'g, 'a, T: Trace> Exchange<'g, 'a, T> {
    pub(super) fn begin(call: PoolCall, visit: Visit<'g, 'a, T>, purpose: Purpose) -> Step<'g, 'a, T> {
        Step::Exchange(Box::new(Exchange { call, visit, purpose, tokens: None }))
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
}
