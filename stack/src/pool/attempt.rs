//! What a browser is in the middle of: a sign-in or a reset that needs a further code.

use std::collections::HashMap;

use super::random;

/// The longest that Cognito's authentication session can be set to.
pub(crate) const ATTEMPT_SECONDS: u64 = 900;

/// What comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// The password was right; the address is not yet confirmed.
    Confirm,
    /// The password was right; the second factor is missing.
    SecondFactor,
    /// A new password was asked for; nothing is proven.
    Reset,
}

/// One attempt. Of an unknown user it has no name, and goes on all the same, so that nobody learns who exists.
#[derive(Clone)]
pub(crate) struct Attempt {
    pub(crate) username: Option<String>,
    /// What was typed, to be shown again.
    pub(crate) login: String,
    pub(crate) step: Step,
    expires_at: u64,
}

/// Attempts by their cookie's value.
#[derive(Default)]
pub(crate) struct Attempts(HashMap<String, Attempt>);

impl Attempts {
    /// Starts an attempt; the returned id goes into a cookie.
    pub(crate) fn start(&mut self, username: Option<&str>, login: &str, step: Step, now: u64) -> String {
        self.0.retain(|_, attempt| now < attempt.expires_at);
        let id = random::token();
        let expires_at = now + ATTEMPT_SECONDS;
        let username = username.map(str::to_owned);
        self.0.insert(id.clone(), Attempt { username, login: login.to_owned(), step, expires_at });
        id
    }

    pub(crate) fn at(&self, id: &str, step: Step, now: u64) -> Option<Attempt> {
        self.0.get(id).filter(|attempt| attempt.step == step && now < attempt.expires_at).cloned()
    }

    pub(crate) fn end(&mut self, id: &str) {
        self.0.remove(id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attempt_serves_its_own_step_until_it_expires() {
        let mut attempts = Attempts::default();
        let id = attempts.start(Some("reader"), "reader", Step::SecondFactor, 1_000);
        assert!(attempts.at(&id, Step::SecondFactor, 1_000 + 899).is_some());
        assert!(attempts.at(&id, Step::SecondFactor, 1_000 + 900).is_none());
        assert!(attempts.at(&id, Step::Confirm, 1_000).is_none());
    }
}
